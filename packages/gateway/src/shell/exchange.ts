import type { Params } from "@ksherproof/core";
import type { Fault } from "../faults/fault.js";
import type { LedgerEvent } from "../ledger.js";
import type { Refusal, SignatureVerdict } from "../request.js";
import type { WireAnswer } from "../wire.js";

/** A request as it came over a connection, bytes and all. */
export interface ArrivedRequest {
  readonly method: string;
  /** The whole target, `/t/c-17/api/cancel_order?x=1`. */
  readonly target: string;
  /** The target's path. */
  readonly path: string;
  readonly httpVersion: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Which connection of the listener, from 1. */
  readonly connection: number;
  readonly tls: boolean;
  /** Milliseconds since the listener started, with fractions. */
  readonly startedAt: number;
}

/** How an answer ended on the wire. */
export type Ending = "complete" | "no_answer" | "cut" | "client_gone" | "running";

/** One exchange as the gateway saw it: the evidence on which the harness judges. */
export interface Exchange {
  /** From 1 in its world. */
  readonly seq: number;
  readonly startedAt: number;
  /** When the last byte was handed to the socket; null while the answer runs. */
  endedAt: number | null;
  readonly request: ArrivedRequest;
  /** The endpoint's path, or null. */
  endpoint: string | null;
  /** The faults that were applied, in turn; empty for most. */
  readonly faults: readonly Fault[];
  /** Whether the gateway took it and wrote it into its ledger: false where a fault came first, or it was no call. */
  committed: boolean;
  params: Params | null;
  canonical: string | null;
  signature: SignatureVerdict;
  refusal: Refusal | null;
  /** The line in the ledger. */
  event: LedgerEvent | null;
  /** The answer that the gateway meant, before any fault; null where it was not asked. */
  meant: WireAnswer | null;
  /** The answer as a fault left it; null where nothing was sent. */
  sent: WireAnswer | null;
  /** Bytes of body that were handed to the socket. */
  sentBytes: number;
  ending: Ending;
}
