import { join } from "node:path";
import { PLAIN_TRANSPORT, readArrival, sendAnswer, textAnswer } from "@ksherproof/gateway";
import { type Authority, type CertificateFlaw, createAuthority } from "./authority.js";
import type { Call } from "./call.js";
import { type ChildEnd, runChild } from "./child.js";
import { childEnvironment } from "./child-environment.js";
import {
  type Containment,
  type ContainmentAsked,
  canStart,
  contain,
  loopbackAddress,
} from "./containment.js";
import type { Counterpart } from "./counterpart.js";
import { GATEWAY_HOSTS, hostRule } from "./hosts.js";
import { type ProxySight, startProxy } from "./proxy.js";

/** Something that was seen while a session ran, in order. */
export type SessionEvent =
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "sight"; readonly sight: ProxySight };

export interface SessionOptions {
  readonly counterpart: Counterpart;
  /** The simulated gateway's public key, PEM. */
  readonly gatewayKey: string;
  /** Gateway hosts beside the documented ones. */
  readonly addedHosts: readonly string[];
  readonly flaw?: CertificateFlaw;
  readonly containment: ContainmentAsked;
  readonly authority?: Authority;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly tell?: (event: SessionEvent) => void;
}

/** A proxy that runs, and an environment in which any command is intercepted. */
export interface Session {
  readonly calls: readonly Call[];
  readonly sights: readonly ProxySight[];
  readonly folder: string;
  /** What makes the gateway's names lead here for the child, whatever it opens connections with. */
  readonly containment: Containment;
  run(
    command: readonly [string, ...string[]],
    how: {
      readonly output: "inherit" | "stderr" | "capture";
      readonly timeoutMs: number;
      readonly cwd?: string;
    },
  ): Promise<ChildEnd>;
  close(): Promise<void>;
}

/**
 * Opens a session: proxy, authority, private folder. Close it, or the folder stays. Throws `EnvironmentError`, also where
 * the containment that is required cannot be had.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { counterpart } = options;
  const hosts = [...GATEWAY_HOSTS, ...options.addedHosts];
  const authority = options.authority ?? createAuthority(options.now);
  const calls: Call[] = [];
  const sights: ProxySight[] = [];
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const see = (sight: ProxySight): void => {
    sights.push(sight);
    options.tell?.({ kind: "sight", sight });
  };
  const proxy = await startProxy({
    hosts,
    authority,
    ...(options.flaw === undefined ? {} : { flaw: options.flaw }),
    see,
    answer(message, response, arrival) {
      const startedAt = elapsed();
      void (async () => {
        const { connection, scheme } = arrival;
        const request = await readArrival(message, { connection, tls: scheme === "https", startedAt });
        if (request === null) return;
        if (request === "too_large") {
          see({ kind: "not_http", reason: "a request body of more than 1 MiB was refused" });
          await sendAnswer(
            response,
            textAnswer(413, "text/plain", "The request is too large.\n"),
            PLAIN_TRANSPORT,
          );
          return;
        }
        const { answer, transport, call } = await counterpart.answer(request, arrival);
        calls.push(call);
        options.tell?.({ kind: "call", call });
        const sent = await sendAnswer(response, answer, transport);
        call.ending = sent.ending;
        call.endedAt = elapsed();
      })().catch((thrown: unknown) => {
        see({ kind: "not_http", reason: (thrown as Error).message });
        response.destroy();
      });
    },
  });
  const isolated = options.containment === "isolated";
  const address = isolated ? loopbackAddress() : proxy.directAddress;
  const environment = await madeOrClosed(proxy, () =>
    childEnvironment({
      authority,
      hosts,
      port: proxy.port,
      directAddress: address,
      gatewayKey: options.gatewayKey,
      now: options.now,
      inherited: options.env,
    }),
  );
  const close = async (): Promise<void> => {
    await proxy.close();
    environment.remove();
  };
  let containment: Containment;
  try {
    const socket = join(environment.folder, "proxy.sock");
    if (isolated) await proxy.listenOn(socket);
    containment = contain({
      asked: options.containment,
      folder: environment.folder,
      hosts,
      address,
      isolation: {
        socket,
        port: proxy.port,
        address: address ?? "127.0.0.1",
        refusedFile: environment.refusedFile,
        nodeOptions: environment.variables.NODE_OPTIONS ?? "",
      },
    });
  } catch (thrown) {
    await close();
    throw thrown;
  }
  let reported = 0;
  return {
    calls,
    sights,
    folder: environment.folder,
    containment,
    async run(command, how) {
      const env = { ...options.env, ...environment.variables };
      const known = canStart(command[0], env.PATH ?? "", how.cwd ?? process.cwd());
      const wrapped = containment.by !== "none" && known ? containment.wrap(command) : command;
      try {
        return await runChild({ command: wrapped, env, ...how });
      } finally {
        const refused = environment.refusedHosts();
        for (const line of refused.slice(reported)) {
          const [host = "", port = "0"] = line.split(" ");
          if (hostRule(host, hosts) === "refused")
            see({ kind: "refused_host", host, port: Number(port) || 0 });
        }
        reported = refused.length;
      }
    },
    close,
  };
}

/** What is made beside the proxy; where that fails the proxy is closed, or it would keep the process. */
async function madeOrClosed<T>(proxy: { close(): Promise<void> }, make: () => T): Promise<T> {
  try {
    return make();
  } catch (thrown) {
    await proxy.close();
    throw thrown;
  }
}
