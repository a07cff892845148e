import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ChunkTable } from "../order/chunk-table.js";
import type { OrderListener } from "../order/reduce.js";
import { PARTITIONS } from "../order/rows.js";
import type { Finding } from "../record/finding.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { ENGINE_FOLDER } from "./files.js";
import { type Pool, type PoolOptions, reduceHere } from "./pool.js";
import type { WorkerAnswer, WorkerStart, WorkerTask } from "./worker.js";

/** Tasks under way for each worker: one in hand, one waiting. */
const DEPTH = 2;

/** Gives results in the order of their numbers, whatever order they come in. */
class InOrder<T> {
  private readonly done = new Map<number, T>();
  private readonly take: (seq: number, result: T) => void;
  private next = 0;

  constructor(take: (seq: number, result: T) => void) {
    this.take = take;
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

type Answer<K extends WorkerAnswer["kind"]> = WorkerAnswer & { readonly kind: K };

/** A pool of worker threads. */
export class WorkerPool implements Pool {
  private readonly options: PoolOptions;
  private readonly workers: readonly Worker[];
  private readonly loads: number[];
  private readonly results: InOrder<ChunkResult>;
  private reduced: InOrder<Answer<"reduce">> | null = null;
  private failure: Error | null = null;
  private wake: () => void = () => {};

  constructor(options: PoolOptions, take: (seq: number, result: ChunkResult) => void) {
    const { engine, ring, facts } = options;
    const spill = options.spill?.path ?? null;
    const file = fileURLToPath(new URL("worker.bundle.js", ENGINE_FOLDER));
    this.options = options;
    this.results = new InOrder(take);
    this.loads = Array.from({ length: options.workers }, () => 0);
    this.workers = this.loads.map((_, i) => {
      const workerData: WorkerStart = { engine, ring, facts, spill, writer: `worker${i}` };
      const worker = new Worker(file, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 2 } });
      worker.on("message", (answer: WorkerAnswer) => this.answered(i, answer));
      worker.on("error", (cause) => {
        this.failure = cause as Error;
        this.wake();
      });
      return worker;
    });
  }

  async submit(chunk: Chunk): Promise<void> {
    const handed = chunk.part ? [] : [chunk.bytes.buffer];
    await this.hand(
      { kind: "chunk", chunk },
      chunk.places ? [...handed, chunk.places.buffer as ArrayBuffer] : handed,
    );
  }

  async finish(table: ChunkTable): Promise<void> {
    await this.until(() => this.loads.every((load) => load === 0));
    for (const i of this.workers.keys()) this.post(i, { kind: "close", table: table.state });
    await this.until(() => this.loads.every((load) => load === 0));
  }

  async reduce(
    table: ChunkTable,
    take: (finding: Finding) => void,
    listener?: OrderListener,
  ): Promise<number> {
    const { spill } = this.options;
    if (!spill || listener) return reduceHere(spill, table, take, listener);
    let orders = 0;
    this.reduced = new InOrder((_, answer) => {
      orders += answer.orders;
      for (const found of answer.findings) take(found);
    });
    for (let partition = 0; partition < PARTITIONS; partition += 1)
      await this.hand({ kind: "reduce", partition, extents: spill.extents(partition) });
    await this.until(() => this.loads.every((load) => load === 0));
    return orders;
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
    } else if (answer.kind === "reduce") this.reduced?.put(answer.partition, answer);
    else if (answer.spilled) this.options.spill?.add(answer.spilled);
    this.wake();
  }

  /** Gives a task to whichever worker has the least to do; resolves as soon as another can be taken. */
  private async hand(task: WorkerTask, memory: readonly ArrayBuffer[] = []): Promise<void> {
    await this.until(() => Math.min(...this.loads) < DEPTH);
    this.post(this.loads.indexOf(Math.min(...this.loads)), task, memory);
  }

  private post(i: number, task: WorkerTask, memory: readonly ArrayBuffer[] = []): void {
    this.loads[i] = (this.loads[i] ?? 0) + 1;
    this.workers[i]?.postMessage(task, memory);
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
