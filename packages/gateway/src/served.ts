import { decodeForm, type Signer } from "@ksherproof/core";
import type { Gateway } from "./contract.js";
import { applyFaults } from "./faults/apply.js";
import type { FaultContext } from "./faults/context.js";
import type { Fault } from "./faults/fault.js";
import { firstAnswers } from "./faults/first-answers.js";
import { createSchedule, type FaultSchedule } from "./faults/schedule.js";
import { PLAIN_TRANSPORT } from "./faults/transport.js";
import type { ArrivedRequest, Exchange } from "./shell/exchange.js";
import type { Routed } from "./shell/server.js";
import { textAnswer } from "./wire.js";

/** The keys that faults sign with beside the gateway's own. */
export type FaultKeys = Pick<FaultContext, "otherSigner" | "merchantSigner" | "forge">;

/** A gateway as it is served: its faults, and the log of what came in. */
export interface Served {
  readonly id: string;
  readonly gateway: Gateway;
  readonly faults: FaultSchedule;
  readonly exchanges: readonly Exchange[];
  /** Answers one call of the protocol; `path` is the endpoint's, `/cancel_order`. */
  route(request: ArrivedRequest, path: string): Promise<Routed>;
  /** Calls back when an exchange begins and when it has ended; gives what ends that. */
  watch(listener: (exchange: Exchange) => void): () => void;
  forgetExchanges(): void;
}

export interface ServedOptions {
  readonly id: string;
  readonly gateway: Gateway;
  readonly keys: FaultKeys;
  readonly faults?: FaultSchedule;
  /** The signer of a merchant, where there are several; `keys.merchantSigner` where it is not given. */
  readonly merchantSigner?: (appid: string) => Signer | undefined;
  /** Keeps at most so many exchanges, the newest; all where it is not given. */
  readonly keep?: number;
}

/** Serves a gateway: applies its faults and keeps the log of its exchanges. */
export function serve(options: ServedOptions): Served {
  const { gateway, keys } = options;
  const faults = options.faults ?? createSchedule();
  const exchanges: Exchange[] = [];
  const first = firstAnswers();
  const listeners = new Set<(exchange: Exchange) => void>();
  let seq = 0;
  const tell = (exchange: Exchange): void => {
    for (const listener of listeners) listener(exchange);
  };
  return {
    id: options.id,
    gateway,
    faults,
    exchanges,
    async route(request, path) {
      const decoded = decodeForm(request.body);
      const sent = decoded.ok ? decoded.value : undefined;
      const number = sent?.get("mch_order_no");
      const due = faults.next({ endpoint: path, mch_order_no: number });
      seq += 1;
      const exchange: Exchange = {
        seq,
        startedAt: request.startedAt,
        endedAt: null,
        request,
        endpoint: path,
        faults: due,
        committed: false,
        params: null,
        canonical: null,
        signature: "unchecked",
        refusal: null,
        event: null,
        meant: null,
        sent: null,
        sentBytes: 0,
        ending: "running",
      };
      exchanges.push(exchange);
      if (options.keep !== undefined && exchanges.length > options.keep) exchanges.shift();
      for (const fault of due) await waitBefore(fault);
      const dropped = due.find((fault) => fault.kind === "drop_before_commit");
      const handled = dropped ? null : gateway.take({ ...request, path, form: decoded });
      if (handled) {
        const { params, canonical, signature, refusal, event, endpoint, answer } = handled;
        Object.assign(exchange, { params, canonical, signature, refusal, event, endpoint, meant: answer });
        exchange.committed = handled.event !== null;
      } else if (sent) Object.assign(exchange, { params: sent });
      const key = JSON.stringify([path, sent?.get("appid"), number]);
      const before = first.get(key);
      const meant = handled?.answer ?? textAnswer(200, "text/plain", "");
      const { answer, transport } =
        due.length === 0
          ? { answer: meant, transport: PLAIN_TRANSPORT }
          : applyFaults(meant, due, {
              path,
              signer: gateway.signer,
              ...keys,
              ...merchantKey(options, sent?.get("appid")),
              takesGzip: /\bgzip\b/.test(request.headers["accept-encoding"] ?? ""),
              ...(before ? { previous: before } : {}),
            });
      if (handled) first.keep(key, handled.answer);
      exchange.sent = transport.ending === "complete" || transport.cutAt !== null ? answer : null;
      tell(exchange);
      return {
        answer,
        transport,
        finish({ bytes, ending }, endedAt) {
          exchange.endedAt = endedAt;
          exchange.sentBytes = bytes;
          exchange.ending = ending;
          tell(exchange);
        },
      };
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forgetExchanges() {
      exchanges.splice(0);
    },
  };
}

function merchantKey(
  options: ServedOptions,
  appid: string | undefined,
): Pick<FaultContext, "merchantSigner"> {
  const merchantSigner = options.merchantSigner?.(appid ?? "");
  return merchantSigner ? { merchantSigner } : {};
}

async function waitBefore(fault: Fault): Promise<void> {
  if (fault.kind !== "delay" || fault.point !== "before_commit") return;
  await new Promise((resolve) => setTimeout(resolve, fault.ms));
}
