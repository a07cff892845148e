import type { Shelf } from "../input/lines.js";
import type { ChunkTable } from "../order/chunk-table.js";
import type { OrderListener } from "../order/reduce.js";
import { PARTITIONS } from "../order/rows.js";
import type { SpillFolder } from "../order/spill.js";
import type { Finding } from "../record/finding.js";
import type { KeyRing } from "../record/key-ring.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { type Facts, Lane, type LaneStart } from "./lane.js";
import type { EngineName } from "./make.js";
import { ThreadPool } from "./thread-pool.js";

export interface PoolOptions {
  readonly engine: EngineName;
  readonly ring: KeyRing;
  /** Worker threads. */
  readonly workers: number;
  /** Whether this thread judges too: chunks that need not be read here. */
  readonly here: boolean;
  readonly facts: Facts;
  /** Where facts are spilled. */
  readonly spill: SpillFolder | null;
  /** The number of the first chunk. */
  readonly first: number;
  /** Where the memory of chunks goes that are done. */
  readonly shelf: Shelf;
}

/** Takes chunks, and gives their results in the chunks' own order; then judges the orders of what was spilled. */
export interface Pool {
  /** Hands a chunk over; resolves as soon as another can be taken. */
  submit(chunk: Chunk): Promise<void>;
  /** Resolves when every chunk is done and every fact is on disk. */
  finish(): Promise<void>;
  /** Judges the orders, partition by partition; resolves with how many there are. */
  reduce(table: ChunkTable, take: (finding: Finding) => void, listener?: OrderListener): Promise<number>;
  /** Lets the workers end. */
  close(): void;
}

/** Opens a pool; `take` is called with each result in order. */
export function openPool(options: PoolOptions, take: (seq: number, result: ChunkResult) => void): Pool {
  return options.workers === 0 ? new InThread(options, take) : new ThreadPool(options, take);
}

/** What the thread of this name starts with. */
export function laneStart({ engine, ring, facts, spill }: PoolOptions, name: string): LaneStart {
  return { engine, ring, facts, spill: spill?.path ?? null, writer: name };
}

class InThread implements Pool {
  private readonly lane: Lane;
  private readonly options: PoolOptions;
  private readonly take: (seq: number, result: ChunkResult) => void;

  constructor(options: PoolOptions, take: (seq: number, result: ChunkResult) => void) {
    this.options = options;
    this.take = take;
    this.lane = new Lane(laneStart(options, "main"));
  }

  async submit(chunk: Chunk): Promise<void> {
    this.take(chunk.seq, this.lane.judge(chunk));
    if (!chunk.part) this.options.shelf.give(chunk.bytes.buffer);
    await new Promise(setImmediate);
  }

  async finish(): Promise<void> {
    const spilled = this.lane.close();
    if (spilled) this.options.spill?.add(spilled);
  }

  async reduce(
    table: ChunkTable,
    take: (finding: Finding) => void,
    listener?: OrderListener,
  ): Promise<number> {
    return reduceHere(this.lane, this.options.spill, table, take, listener);
  }

  close(): void {}
}

/** Judges the orders of a spill folder in this thread. */
export async function reduceHere(
  lane: Lane,
  spill: SpillFolder | null,
  table: ChunkTable,
  take: (finding: Finding) => void,
  listener?: OrderListener,
): Promise<number> {
  lane.prepare(table.state, spill?.all ?? [], listener);
  let sum = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const { orders, findings } = lane.reduce(partition);
    sum += orders;
    for (const found of findings) take(found);
    await new Promise(setImmediate);
  }
  return sum;
}
