import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ChunkTable } from "../order/chunk-table.js";
import type { OrderListener } from "../order/reduce.js";
import { PARTITIONS } from "../order/rows.js";
import type { Finding } from "../record/finding.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { ENGINE_FOLDER } from "./files.js";
import { Lane, type Reduced } from "./lane.js";
import { laneStart, type Pool, type PoolOptions, reduceHere } from "./pool.js";
import type { WorkerAnswer, WorkerTask } from "./worker.js";

/** Tasks under way for each worker where bytes are handed over: one in hand, one waiting. */
const DEPTH = 2;

/** The same where this thread judges too, and answers late: nothing but names and numbers is handed over then. */
const DEPTH_BESIDE = 4;

/** Gives results in the order of their numbers, whatever order they come in. */
class InOrder<T> {
  private readonly done = new Map<number, T>();
  private readonly take: (seq: number, result: T) => void;
  private next: number;

  constructor(take: (seq: number, result: T) => void, first = 0) {
    this.take = take;
    this.next = first;
  }

  put(seq: number, result: T): void {
    this.done.set(seq, result);
    for (let ready = this.done.get(this.next); ready !== undefined; ready = this.done.get(this.next)) {
      this.done.delete(this.next);
      this.take(this.next, ready);
      this.next += 1;
    }
  }
}

/** Worker threads, and this thread beside them where it has nothing to read. */
export class ThreadPool implements Pool {
  private readonly options: PoolOptions;
  private readonly workers: readonly Worker[];
  /** What this thread judges with. */
  private readonly lane: Lane | null;
  private readonly loads: number[];
  private readonly results: InOrder<ChunkResult>;
  private reduced: InOrder<Reduced> | null = null;
  private failure: Error | null = null;
  private wake: () => void = () => {};

  constructor(options: PoolOptions, take: (seq: number, result: ChunkResult) => void) {
    const file = fileURLToPath(new URL("worker.bundle.js", ENGINE_FOLDER));
    this.options = options;
    this.results = new InOrder(take, options.first);
    this.loads = Array.from({ length: options.workers }, () => 0);
    this.workers = this.loads.map((_, i) => {
      const workerData = laneStart(options, `worker${i}`);
      // What was loaded before the program (--import) is not loaded for each thread again.
      const worker = new Worker(file, {
        workerData,
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb: 2 },
      });
      worker.on("message", (answer: WorkerAnswer) => this.answered(i, answer));
      worker.on("error", (cause) => {
        this.failure = cause as Error;
        this.wake();
      });
      return worker;
    });
    this.lane = options.here ? new Lane(laneStart(options, "main")) : null;
  }

  async submit(chunk: Chunk): Promise<void> {
    const task = { kind: "chunk", chunk } as const;
    const places = chunk.places ? [chunk.places.buffer as ArrayBuffer] : [];
    await this.hand(task, chunk.part ? places : [chunk.bytes.buffer, ...places], (lane) => {
      if (chunk.part) this.results.put(chunk.seq, lane.judge(chunk));
      return chunk.part !== null;
    });
  }

  async finish(): Promise<void> {
    const { spill } = this.options;
    await this.idle();
    for (const i of this.workers.keys()) this.post(i, { kind: "close" });
    const spilled = this.lane?.close();
    if (spilled) spill?.add(spilled);
    await this.idle();
  }

  async reduce(
    table: ChunkTable,
    take: (finding: Finding) => void,
    listener?: OrderListener,
  ): Promise<number> {
    const { spill, ...rest } = this.options;
    if (!spill) return 0;
    const lane = this.lane ?? new Lane({ ...laneStart({ ...rest, spill: null }, ""), spill: null });
    if (listener) return reduceHere(lane, spill, table, take, listener);
    let sum = 0;
    this.reduced = new InOrder((_, { orders, findings }) => {
      sum += orders;
      for (const found of findings) take(found);
    });
    for (const i of this.workers.keys())
      this.post(i, { kind: "prepare", table: table.state, spilled: spill.all });
    this.lane?.prepare(table.state, spill.all);
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      await this.hand({ kind: "reduce", partition }, [], (here) => {
        this.reduced?.put(partition, here.reduce(partition));
        return true;
      });
    }
    await this.idle();
    return sum;
  }

  close(): void {
    for (const worker of this.workers) {
      worker.postMessage(null);
      worker.unref();
    }
  }

  private answered(i: number, answer: WorkerAnswer): void {
    this.loads[i] = (this.loads[i] ?? 0) - 1;
    if (answer.kind === "chunk") {
      if (answer.memory) this.options.shelf.give(answer.memory);
      this.results.put(answer.seq, answer.result);
    } else if (answer.kind === "reduce") this.reduced?.put(answer.partition, answer.reduced);
    else if (answer.kind === "close" && answer.spilled) this.options.spill?.add(answer.spilled);
    this.wake();
  }

  /**
   * Gives a task to whichever worker has the least to do. Where all have enough, `here` may do it in this thread (false: it
   * can't); else this waits for a worker.
   */
  private async hand(
    task: WorkerTask,
    memory: readonly ArrayBuffer[],
    here: (lane: Lane) => boolean,
  ): Promise<void> {
    const depth = this.lane ? DEPTH_BESIDE : DEPTH;
    const free = (): boolean => Math.min(...this.loads) < depth;
    if (this.lane) await new Promise(setImmediate);
    if (!free() && this.lane && !this.failure && here(this.lane)) return;
    await this.until(free);
    this.post(this.loads.indexOf(Math.min(...this.loads)), task, memory);
  }

  private post(i: number, task: WorkerTask, memory: readonly ArrayBuffer[] = []): void {
    this.loads[i] = (this.loads[i] ?? 0) + 1;
    this.workers[i]?.postMessage(task, memory);
  }

  private async idle(): Promise<void> {
    await this.until(() => this.loads.every((load) => load === 0));
  }

  private async until(free: () => boolean): Promise<void> {
    while (!this.failure && !free()) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.failure) throw this.failure;
  }
}
