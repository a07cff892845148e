import type { Chainer } from "../order/chains.js";
import { ChunkTable, type ChunkTableState } from "../order/chunk-table.js";
import { type OrderListener, Reducer } from "../order/reduce.js";
import { extentsOf, type SpillFile, SpillWriter } from "../order/spill.js";
import type { Finding } from "../record/finding.js";
import type { KeyRing } from "../record/key-ring.js";
import type { Chunk, ChunkResult, Engine } from "./chunk.js";
import { type EngineName, makeEngine } from "./make.js";
import { PartReader } from "./part-reader.js";

/** What becomes of the facts: they are spilled, come back with the results, or are of no use. */
export type Facts = "spilled" | "returned" | "dropped";

/** What a thread that judges is started with. */
export interface LaneStart {
  readonly engine: EngineName;
  readonly ring: KeyRing;
  readonly facts: Facts;
  /** The spill folder, where there is one. */
  readonly spill: string | null;
  /** What its file in the spill folder is called. */
  readonly writer: string;
}

/** What a partition came to. */
export interface Reduced {
  readonly orders: number;
  readonly findings: readonly Finding[];
}

/** What one thread does: judges chunks, spills their facts, and then judges orders, partition by partition. */
export class Lane {
  private readonly start: LaneStart;
  private engine: Engine | null;
  private reader: PartReader | null;
  private writer: SpillWriter | null;
  /** What the engine leaves for the orders. */
  private chainer: Chainer | undefined;
  private reducer: Reducer | null = null;
  private spilled: readonly SpillFile[] = [];
  private findings: Finding[] = [];

  constructor(start: LaneStart) {
    this.start = start;
    this.engine = makeEngine(start.engine, start.ring);
    this.reader = new PartReader(this.engine);
    this.writer = start.spill === null ? null : this.spillTo(start.spill);
    if (start.facts === "dropped") this.engine.gather?.(null);
  }

  /** Judges a chunk; its rows are in the result where they are to be returned, else they are spilled or dropped. */
  judge(chunk: Chunk): ChunkResult {
    if (!this.engine || !this.reader) throw new Error("The lane is closed.");
    const result = this.engine.run(this.reader.read(chunk));
    if (this.writer) for (const part of result.rows) this.writer.write(part);
    return this.start.facts === "returned" ? result : { ...result, rows: [] };
  }

  /** Facts are spilled from where the engine gathers them, if it does. */
  private spillTo(folder: string): SpillWriter {
    const gathered = this.engine?.gather?.(() => writer.flush()) ?? null;
    const writer = new SpillWriter(folder, this.start.writer, undefined, gathered);
    return writer;
  }

  /** Ends the judging of chunks; tells where the facts were spilled. */
  close(): SpillFile | null {
    const spilled = this.writer?.close() ?? null;
    this.reader?.close();
    this.chainer = this.engine?.chainer?.();
    this.engine = null;
    this.reader = null;
    this.writer = null;
    return spilled;
  }

  /** Prepares to judge the orders of what was spilled to some files. */
  prepare(state: ChunkTableState, spilled: readonly SpillFile[], listener?: OrderListener): void {
    this.spilled = spilled;
    const table = ChunkTable.of(state);
    const startOf = (seq: number) => table.start(seq);
    const take = (found: Finding): void => void this.findings.push(found);
    this.chainer ??= this.engine?.chainer?.();
    this.reducer = new Reducer(this.start.spill ?? "", startOf, take, undefined, listener, this.chainer);
  }

  /** Judges the orders of one partition. */
  reduce(partition: number): Reduced {
    this.findings = [];
    const extents = this.spilled.flatMap((file) => extentsOf(file, partition));
    const orders = this.reducer?.reduce(partition, extents) ?? 0;
    return { orders, findings: this.findings };
  }
}
