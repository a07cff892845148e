/** What the shell does with an answer besides sending it. */
export interface Transport {
  /** Waits so long before the first byte. */
  readonly delayMs: number;
  /** How it ends once the bytes up to `cutAt` are out. */
  readonly ending: "complete" | "reset" | "close" | "hang";
  /** Body bytes to send before an ending other than `complete`; null sends nothing, not even the head. */
  readonly cutAt: number | null;
  /** Sends the body in pieces of so many bytes, one a tick. */
  readonly pace: { readonly bytesPerTick: number; readonly tickMs: number } | null;
  /** Sends the body in chunks of these sizes, in turn. */
  readonly chunks: readonly number[] | null;
  /** Bytes to stream after the body, never held in memory. */
  readonly padBytes: number;
  /** Which byte those are; a blank where it is not given. */
  readonly padWith?: number;
  /** What comes after them. */
  readonly tail?: Uint8Array;
}

/** The answer as it is, at once. */
export const PLAIN_TRANSPORT: Transport = {
  delayMs: 0,
  ending: "complete",
  cutAt: null,
  pace: null,
  chunks: null,
  padBytes: 0,
};
