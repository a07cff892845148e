import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { EnvironmentError } from "@ksherproof/core";
import type { Certificate } from "../authority.js";
import { PLAIN_TRANSPORT, type Transport } from "../faults/transport.js";
import { textAnswer, type WireAnswer } from "../wire.js";
import { readArrival } from "./arrival.js";
import type { ArrivedRequest } from "./exchange.js";
import { type Sent, sendAnswer } from "./send.js";

/** What a route gives: an answer, perhaps with a transport fault, or a hand that takes the response over (event streams). */
export type Routed =
  | {
      readonly answer: WireAnswer;
      readonly transport?: Transport;
      /** Told how the answer went out, and when (milliseconds since the listener started). */
      readonly finish?: (sent: Sent, endedAt: number) => void;
    }
  | { readonly takeOver: (response: ServerResponse) => void };

/** Decides what a request gets. */
export type Route = (request: ArrivedRequest) => Promise<Routed> | Routed;

export interface ServerOptions {
  /** 127.0.0.1 where it is not given. */
  readonly host?: string;
  /** Any free port where it is not given or 0. */
  readonly port?: number;
  /** PEM texts; the listener speaks HTTPS with them. A function is asked at each connection. */
  readonly tls?: Certificate | (() => Certificate);
  readonly route: Route;
  /** At most so many bytes of a request's body are read, by its target; `MOST_REQUEST_BYTES` where it is not given. */
  readonly mostBytes?: (target: string) => number;
}

/** A listener that runs. */
export interface RunningServer {
  /** `http://127.0.0.1:40211`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Milliseconds since the listener started, with fractions: the clock of its exchanges. */
  elapsed(): number;
  /** Ends every connection, hung ones too. */
  close(): Promise<void>;
}

/** Starts the HTTP shell. Throws `EnvironmentError` where the address cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const connections = new WeakMap<object, number>();
  const open = new Set<Socket>();
  const tls = options.tls !== undefined;
  let count = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = connections.get(request.socket) ?? 0;
    const startedAt = elapsed();
    // A client may write the whole address, as to a proxy; a server takes it for the path (RFC 9112, 3.2.2).
    request.url = request.url?.replace(/^https?:\/\/[^/?#]*(?=\/)/i, "");
    void (async () => {
      const arrived = await readArrival(
        request,
        { connection, tls, startedAt },
        options.mostBytes?.(request.url ?? "/"),
      );
      if (arrived === null) return;
      const routed: Routed =
        arrived === "too_large"
          ? { answer: textAnswer(413, "text/plain", "The request is too large.\n") }
          : await options.route(arrived);
      if ("takeOver" in routed) return routed.takeOver(response);
      const sent = await sendAnswer(response, routed.answer, routed.transport ?? PLAIN_TRANSPORT);
      routed.finish?.(sent, elapsed());
    })().catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain" }).end(`${(thrown as Error)?.message}\n`);
    });
  };
  // Longer than a run: a client that takes up a kept connection the moment it is closed would say `unknown` for no fault.
  const settings = { requireHostHeader: false, keepAliveTimeout: 600_000, noDelay: true } as const;
  const server = options.tls
    ? httpsServer(options.tls, settings, onRequest)
    : createHttpServer(settings, onRequest);
  server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
    count += 1;
    connections.set(socket, count);
  });
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  });
  server.on("tlsClientError", () => {});
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(cannotListen(host, options.port ?? 0, cause)));
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
    host,
    port,
    elapsed,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** The certificate is chosen before Node wraps the connection in TLS: its own listener comes after this one. */
function httpsServer(
  tls: Certificate | (() => Certificate),
  settings: object,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): HttpsServer {
  if (typeof tls !== "function") return createHttpsServer({ ...tls, ...settings }, onRequest);
  let shown: Certificate | undefined;
  const server = createHttpsServer(settings, onRequest);
  server.prependListener("connection", () => {
    const next = tls();
    if (next !== shown) server.setSecureContext({ ...next });
    shown = next;
  });
  return server;
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): EnvironmentError {
  const taken = cause.code === "EADDRINUSE";
  return new EnvironmentError(
    "cannot_listen",
    taken ? `Port ${port} on ${host} is taken.` : `Cannot listen on ${host}, port ${port}: ${cause.message}.`,
    { cause, hint: taken ? "Give another --port, or 0 for any free one." : "Give another address or port." },
  );
}
