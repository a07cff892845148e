import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Shelf } from "../input/lines.js";
import { SpillWriter } from "../order/spill.js";
import type { KeyRing } from "../record/key-ring.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { ENGINE_FOLDER } from "./files.js";
import { type EngineName, makeEngine } from "./make.js";
import type { WorkerAnswer, WorkerStart } from "./worker.js";

export interface PoolOptions {
  readonly engine: EngineName;
  readonly ring: KeyRing;
  /** 0: in this thread. */
  readonly workers: number;
  readonly spill: string | null;
  /** Where the memory of chunks goes that are done. */
  readonly shelf: Shelf;
}

/** Takes chunks, and gives their results in the chunks' own order. */
export interface Pool {
  /** Hands a chunk over; resolves as soon as another can be taken. */
  submit(chunk: Chunk): Promise<void>;
  /** Resolves when every chunk is done. */
  finish(): Promise<void>;
}

/** Chunks under way for each worker: one in hand, one waiting. */
const DEPTH = 2;

/** Opens a pool; `take` is called with each result in order. */
export function openPool(options: PoolOptions, take: (seq: number, result: ChunkResult) => void): Pool {
  return options.workers === 0 ? inThread(options, take) : inWorkers(options, take);
}

function inThread(options: PoolOptions, take: (seq: number, result: ChunkResult) => void): Pool {
  const engine = makeEngine(options.engine, options.ring);
  const writer = options.spill === null ? null : new SpillWriter(options.spill, "main");
  return {
    async submit(chunk) {
      const result = engine.run(chunk);
      writer?.write(result.rows);
      take(chunk.seq, result);
      options.shelf.give(chunk.bytes.buffer);
      await new Promise(setImmediate);
    },
    async finish() {
      writer?.close();
    },
  };
}

function inWorkers(options: PoolOptions, take: (seq: number, result: ChunkResult) => void): Pool {
  const file = fileURLToPath(new URL("worker.bundle.js", ENGINE_FOLDER));
  const loads = Array.from({ length: options.workers }, () => 0);
  const done = new Map<number, ChunkResult>();
  let nextSeq = 0;
  let failure: Error | null = null;
  let wake: () => void = () => {};
  const workers = loads.map((_, i) => {
    const { engine, ring, spill } = options;
    const workerData: WorkerStart = { engine, ring, spill, writer: `worker${i}` };
    const worker = new Worker(file, {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    worker.on("message", ({ seq, result, memory }: WorkerAnswer) => {
      options.shelf.give(memory);
      loads[i] = (loads[i] ?? 0) - 1;
      done.set(seq, result);
      for (let ready = done.get(nextSeq); ready; ready = done.get(nextSeq)) {
        done.delete(nextSeq);
        take(nextSeq, ready);
        nextSeq += 1;
      }
      wake();
    });
    worker.on("error", (cause) => {
      failure = cause as Error;
      wake();
    });
    return worker;
  });
  const until = async (free: () => boolean): Promise<void> => {
    while (!free()) {
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure) throw failure;
  };
  return {
    async submit(chunk) {
      await until(() => Math.min(...loads) < DEPTH);
      const least = loads.indexOf(Math.min(...loads));
      loads[least] = (loads[least] ?? 0) + 1;
      const memory = [chunk.bytes.buffer, ...(chunk.places ? [chunk.places.buffer as ArrayBuffer] : [])];
      workers[least]?.postMessage(chunk, memory);
    },
    async finish() {
      await until(() => loads.every((load) => load === 0));
      await Promise.all(
        workers.map(async (worker) => {
          const exit = once(worker, "exit");
          worker.postMessage(null);
          await exit;
        }),
      );
    },
  };
}
