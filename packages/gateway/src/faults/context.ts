import type { Signer } from "@ksherproof/core";
import type { WireAnswer } from "../wire.js";
import type { Forgery } from "./fault.js";

/** What faults need beside the answer: keys to sign other things with, and what was answered before. */
export interface FaultContext {
  /** The endpoint's path, `/cancel_order`. */
  readonly path: string;
  /** The gateway's own key. */
  readonly signer: Signer;
  /** A key that nobody trusts. */
  readonly otherSigner: Signer;
  /** The merchant's own key, where there is one to be had. */
  readonly merchantSigner?: Signer;
  /** Makes signatures whose encoding is forged, with the gateway's key; see `signatureForger`. */
  readonly forge?: (message: Uint8Array, forgery: Forgery) => Uint8Array;
  /** The answer that the same call for the same order got before. */
  readonly previous?: WireAnswer;
  /** Whether the client offered to take gzip. */
  readonly takesGzip: boolean;
}
