import { parentPort, workerData } from "node:worker_threads";
import { SpillWriter } from "../order/spill.js";
import type { KeyRing } from "../record/key-ring.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { type EngineName, makeEngine } from "./make.js";

/** What a worker is started with. */
export interface WorkerStart {
  readonly engine: EngineName;
  readonly ring: KeyRing;
  /** The spill folder, or null where the rows go back to whoever asked. */
  readonly spill: string | null;
  readonly writer: string;
}

/** What a worker answers; the chunk's memory goes back with it. */
export interface WorkerAnswer {
  readonly seq: number;
  readonly result: ChunkResult;
  readonly memory: ArrayBuffer;
}

const port = parentPort;
const start = workerData as WorkerStart;
if (port) {
  const engine = makeEngine(start.engine, start.ring);
  const writer = start.spill === null ? null : new SpillWriter(start.spill, start.writer);
  port.on("message", (chunk: Chunk | null) => {
    if (chunk === null) {
      writer?.close();
      port.close();
      return;
    }
    const result = engine.run(chunk);
    writer?.write(result.rows);
    const memory = chunk.bytes.buffer;
    const answer: WorkerAnswer = {
      seq: chunk.seq,
      result: writer ? { ...result, rows: [] } : result,
      memory,
    };
    port.postMessage(answer, [memory]);
  });
}
