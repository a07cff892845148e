import type { Counts } from "./engine/chunk.js";
import type { EngineName } from "./engine/make.js";
import type { Input, ReadOptions } from "./input/inputs.js";
import type { Shard } from "./input/shard.js";
import type { OrderListener } from "./order/reduce.js";
import type { ChunkStart } from "./order/rows.js";
import type { ReportKey } from "./output/report.js";
import type { Finding } from "./record/finding.js";
import type { KeyRing } from "./record/key-ring.js";
import type { RunState } from "./resume/run-state.js";

export interface AuditOptions extends Omit<ReadOptions, "shelf"> {
  readonly files: readonly string[];
  readonly ring: KeyRing;
  readonly engine: EngineName;
  /** Threads that judge, 0 and 1: this one; null: as many as fit the machine and the input. */
  readonly workers: number | null;
  /** Whether to judge the orders too, not the records alone. */
  readonly orders: boolean;
  readonly shard: Shard | null;
  /** The endpoint of records that name none. */
  readonly endpoint: string | null;
  /** Where facts are kept while the audit runs; null: the system's folder for such files. */
  readonly temp: string | null;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The state of the same audit when it was stopped, to go on from there. */
  readonly resume: RunState | null;
}

/** What hears of an audit as it runs. */
export interface Listener {
  /** Each finding about a record in the log's order, then those about orders. */
  finding(finding: Finding): void;
  /** The facts, as rows (order/rows.ts); where it is there, the orders are not judged here (`map`). */
  rows?(rows: Buffer, startOf: (chunk: number) => ChunkStart): void;
  /** What else is heard of the orders as they are judged. */
  readonly orders?: OrderListener;
  /** The counts of each chunk of records, in the log's order. */
  chunk?(counts: Counts): void;
  /** Called after each chunk with the bytes and records read so far. */
  progress?(bytes: number, records: number): void;
  /** Whether to stop with what is done. */
  stopped?(): boolean;
  /** Hears of an audit that was stopped, and keeps what `resume` needs; no order is judged then. */
  pause?(state: RunState): Promise<void>;
}

/** One input with what was read of it. */
export type AuditedInput = Input & { readonly records: number };

/** What an audit found out, beside its findings. */
export interface AuditResult {
  readonly records: Counts;
  /** How many orders there are; null where they were not judged. */
  readonly orders: number | null;
  /** The gateway's keys with the records that each verified. */
  readonly keys: readonly ReportKey[];
  readonly inputs: readonly AuditedInput[];
  /** Whether it was stopped before the end. */
  readonly stopped: boolean;
  /** Records that went the exact path: all of them with the node engine. */
  readonly exact: number;
}
