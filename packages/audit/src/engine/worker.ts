import { parentPort, workerData } from "node:worker_threads";
import type { ChunkTableState } from "../order/chunk-table.js";
import type { SpillFile } from "../order/spill.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { Lane, type LaneStart, type Reduced } from "./lane.js";

/** What a worker is asked: to judge a chunk; to close its spill; to judge a partition of it; null: to end. */
export type WorkerTask =
  | { readonly kind: "chunk"; readonly chunk: Chunk }
  | { readonly kind: "close" }
  | { readonly kind: "prepare"; readonly table: ChunkTableState; readonly spilled: readonly SpillFile[] }
  | { readonly kind: "reduce"; readonly partition: number }
  | null;

/** What a worker answers, in the order in which it was asked. */
export type WorkerAnswer =
  | {
      readonly kind: "chunk";
      readonly seq: number;
      readonly result: ChunkResult;
      /** The memory of a chunk that was handed over. */
      readonly memory: ArrayBuffer | null;
    }
  | { readonly kind: "close"; readonly spilled: SpillFile | null }
  | { readonly kind: "prepare" }
  | { readonly kind: "reduce"; readonly partition: number; readonly reduced: Reduced };

const port = parentPort;
if (port) {
  const lane = new Lane(workerData as LaneStart);
  const answer = (one: WorkerAnswer, memory: readonly ArrayBuffer[] = []): void =>
    port.postMessage(one, memory);
  port.on("message", (task: WorkerTask) => {
    switch (task?.kind) {
      case "chunk": {
        const { chunk } = task;
        const result = lane.judge(chunk);
        const memory = chunk.part ? null : chunk.bytes.buffer;
        return answer({ kind: "chunk", seq: chunk.seq, result, memory }, memory ? [memory] : []);
      }
      case "close":
        return answer({ kind: "close", spilled: lane.close() });
      case "prepare":
        lane.prepare(task.table, task.spilled);
        return answer({ kind: "prepare" });
      case "reduce": {
        const { partition } = task;
        return answer({ kind: "reduce", partition, reduced: lane.reduce(partition) });
      }
      default:
        port.close();
    }
  });
}
