import type { Chainer } from "../order/chains.js";
import type { RowBlocks } from "../order/row-blocks.js";
import type { Finding } from "../record/finding.js";

/** A piece of an input that ends where a line ends: what is handed to a worker. */
export interface Chunk {
  /** The chunk's number in the whole audit, from 0. */
  readonly seq: number;
  /** Its bytes; none yet where it is a part of a file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The part of a plain file that it is; null where the bytes were handed over. */
  readonly part?: FilePart | null;
  /** Line and offset of each record, in pairs, where the chunk was made from another format; null for plain lines. */
  readonly places: Float64Array | null;
  /** The endpoint of records that name none. */
  readonly endpoint: string | null;
}

/** Bytes of a plain file from one offset to another. */
export interface FilePart {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Counts of records by verdict. `unsigned` ones are in `total` only. */
export interface Counts {
  total: number;
  valid: number;
  invalid: number;
  missing: number;
  unreadable: number;
}

/** No records. */
export function noCounts(): Counts {
  return { total: 0, valid: 0, invalid: 0, missing: 0, unreadable: 0 };
}

/** Adds counts to others in place. */
export function addCounts(sum: Counts, more: Counts): void {
  for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += more[name];
}

/** What an engine makes of a chunk. Places of findings and rows are within the chunk unless it brought its own. */
export interface ChunkResult {
  readonly counts: Counts;
  /** Lines in the chunk, blank ones too. */
  readonly lines: number;
  /** Records that each gateway key verified, in the ring's order. */
  readonly keyUses: readonly number[];
  readonly findings: readonly Finding[];
  /** The facts as rows (order/rows.ts) in lists by hash; only those that the engine does not gather. */
  readonly rows: readonly Uint8Array[];
  /** Records that went the exact path. */
  readonly exact: number;
}

/** Judges chunks. */
export interface Engine {
  readonly name: "node" | "wasm";
  /** Memory that a chunk may be read into before it is run: it need not be copied then. */
  readonly room?: Uint8Array<ArrayBuffer>;
  /**
   * From now on the engine keeps the facts that it finds itself: none of them (`full` null), or in blocks of its own memory,
   * and calls `full` to have them emptied.
   */
  gather?(full: (() => void) | null): RowBlocks;
  run(chunk: Chunk): ChunkResult;
  /** What chains the facts once all chunks are done, in the engine's own memory: nothing can be run after it. */
  chainer?(): Chainer;
}
