import { parentPort, workerData } from "node:worker_threads";
import { ChunkTable, type ChunkTableState } from "../order/chunk-table.js";
import { Reducer } from "../order/reduce.js";
import { type Extent, type SpillFile, SpillWriter } from "../order/spill.js";
import type { Finding } from "../record/finding.js";
import type { KeyRing } from "../record/key-ring.js";
import type { Chunk, ChunkResult } from "./chunk.js";
import { type EngineName, makeEngine } from "./make.js";
import { PartReader } from "./part-reader.js";
import type { Facts } from "./pool.js";

/** What a worker is started with. */
export interface WorkerStart {
  readonly engine: EngineName;
  readonly ring: KeyRing;
  readonly facts: Facts;
  /** The spill folder, where there is one. */
  readonly spill: string | null;
  readonly writer: string;
}

/** What a worker is asked: to judge a chunk; to close its spill; to judge a partition; null: to end. */
export type WorkerTask =
  | { readonly kind: "chunk"; readonly chunk: Chunk }
  | { readonly kind: "close"; readonly table: ChunkTableState }
  | { readonly kind: "reduce"; readonly partition: number; readonly extents: readonly Extent[] }
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
  | {
      readonly kind: "reduce";
      readonly partition: number;
      readonly orders: number;
      readonly findings: readonly Finding[];
    };

const port = parentPort;
const start = workerData as WorkerStart;
if (port) {
  const { spill } = start;
  const engine = makeEngine(start.engine, start.ring);
  const reader = new PartReader(engine);
  const writer = spill === null ? null : new SpillWriter(spill, start.writer);
  let findings: Finding[] = [];
  let reducer: Reducer | null = null;

  const judge = (chunk: Chunk): void => {
    const result = engine.run(reader.read(chunk));
    const rows = start.facts === "returned" ? result.rows.map((part) => part.slice()) : [];
    if (writer) for (const part of result.rows) writer.write(part);
    const memory = chunk.part ? null : chunk.bytes.buffer;
    const answer: WorkerAnswer = { kind: "chunk", seq: chunk.seq, result: { ...result, rows }, memory };
    port.postMessage(answer, memory ? [memory] : []);
  };

  const close = (state: ChunkTableState): void => {
    const spilled = writer?.close() ?? null;
    const table = ChunkTable.of(state);
    reader.close();
    if (spill !== null)
      reducer = new Reducer(
        spill,
        (seq) => table.start(seq),
        (found) => findings.push(found),
      );
    port.postMessage({ kind: "close", spilled } satisfies WorkerAnswer);
  };

  const reduce = (partition: number, extents: readonly Extent[]): void => {
    findings = [];
    const orders = reducer?.reduce(partition, extents) ?? 0;
    port.postMessage({ kind: "reduce", partition, orders, findings } satisfies WorkerAnswer);
  };

  port.on("message", (task: WorkerTask) => {
    if (task === null) port.close();
    else if (task.kind === "chunk") judge(task.chunk);
    else if (task.kind === "close") close(task.table);
    else reduce(task.partition, task.extents);
  });
}
