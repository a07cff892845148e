import type { Shelf } from "../input/lines.js";
import type { ChunkTable } from "../order/chunk-table.js";
import { type OrderListener, Reducer } from "../order/reduce.js";
import { PARTITIONS } from "../order/rows.js";
import { type SpillFolder, SpillWriter } from "../order/spill.js";
import type { Finding } from "../record/finding.js";
import type { KeyRing } from "../record/key-ring.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { type EngineName, makeEngine } from "./make.js";
import { PartReader } from "./part-reader.js";
import { WorkerPool } from "./worker-pool.js";

export type Facts = "spilled" | "returned" | "dropped";

export interface PoolOptions {
  readonly engine: EngineName;
  readonly ring: KeyRing;
  /** 0: in this thread. */
  readonly workers: number;
  /** What becomes of the facts: they are spilled, come back with the results, or are of no use. */
  readonly facts: Facts;
  /** Where they are spilled. */
  readonly spill: SpillFolder | null;
  /** Where the memory of chunks goes that are done. */
  readonly shelf: Shelf;
}

/** Takes chunks, and gives their results in the chunks' own order; then judges the orders of what was spilled. */
export interface Pool {
  /** Hands a chunk over; resolves as soon as another can be taken. */
  submit(chunk: Chunk): Promise<void>;
  /** Resolves when every chunk is done and every fact is on disk. */
  finish(table: ChunkTable): Promise<void>;
  /** Judges the orders, partition by partition; resolves with how many there are. */
  reduce(table: ChunkTable, take: (finding: Finding) => void, listener?: OrderListener): Promise<number>;
  /** Lets the workers end. */
  close(): void;
}

/** Opens a pool; `take` is called with each result in order. A result's rows are to be used before it returns. */
export function openPool(options: PoolOptions, take: (seq: number, result: ChunkResult) => void): Pool {
  return options.workers === 0 ? new InThread(options, take) : new WorkerPool(options, take);
}

class InThread implements Pool {
  private readonly engine;
  private readonly reader;
  private readonly writer;
  private readonly options: PoolOptions;
  private readonly take: (seq: number, result: ChunkResult) => void;

  constructor(options: PoolOptions, take: (seq: number, result: ChunkResult) => void) {
    this.options = options;
    this.take = take;
    this.engine = makeEngine(options.engine, options.ring);
    this.reader = new PartReader(this.engine);
    this.writer = options.spill && new SpillWriter(options.spill.path, "main");
  }

  async submit(chunk: Chunk): Promise<void> {
    const result = this.engine.run(this.reader.read(chunk));
    if (this.writer) for (const part of result.rows) this.writer.write(part);
    this.take(chunk.seq, result);
    if (!chunk.part) this.options.shelf.give(chunk.bytes.buffer);
    await new Promise(setImmediate);
  }

  async finish(): Promise<void> {
    this.reader.close();
    if (this.writer) this.options.spill?.add(this.writer.close());
  }

  async reduce(
    table: ChunkTable,
    take: (finding: Finding) => void,
    listener?: OrderListener,
  ): Promise<number> {
    return reduceHere(this.options.spill, table, take, listener);
  }

  close(): void {}
}

/** Judges the orders of a spill folder in this thread. */
export async function reduceHere(
  spill: SpillFolder | null,
  table: ChunkTable,
  take: (finding: Finding) => void,
  listener?: OrderListener,
): Promise<number> {
  if (!spill) return 0;
  const reducer = new Reducer(spill.path, (seq) => table.start(seq), take, undefined, listener);
  let orders = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    orders += reducer.reduce(partition, spill.extents(partition));
    await new Promise(setImmediate);
  }
  return orders;
}
