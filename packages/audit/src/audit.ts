import { ENDPOINTS } from "@ksherproof/spec";
import { addCounts, type ChunkResult, type Counts, noCounts } from "./engine/chunk.js";
import type { EngineName } from "./engine/make.js";
import { openPool, type Pool } from "./engine/pool.js";
import { threadsFor } from "./engine/threads.js";
import { type Input, type Read, type ReadOptions, readInput } from "./input/inputs.js";
import { Shelf } from "./input/lines.js";
import { type ByteRange, rangesOf, type Shard } from "./input/shard.js";
import { ChunkTable } from "./order/chunk-table.js";
import type { OrderListener } from "./order/reduce.js";
import { decodeFact } from "./order/rows.js";
import { SpillFolder } from "./order/spill.js";
import { type ReportKey, reportKeys, weakKeyFindings } from "./output/report.js";
import type { Fact } from "./record/fact.js";
import type { Finding } from "./record/finding.js";
import type { KeyRing } from "./record/key-ring.js";

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
}

/** What hears of an audit as it runs. */
export interface Listener {
  /** Each finding about a record in the log's order, then those about orders. */
  finding(finding: Finding): void;
  /** Each fact; where it is there, the orders are not judged here (`map`). */
  fact?(fact: Fact): void;
  /** What else is heard of the orders as they are judged. */
  readonly orders?: OrderListener;
  /** The counts of each chunk of records, in the log's order. */
  chunk?(counts: Counts): void;
  /** Called after each chunk with the bytes and records read so far. */
  progress?(bytes: number, records: number): void;
  /** Whether to stop with what is done. */
  stopped?(): boolean;
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

/** Audits inputs: every record, and then every order (unless they are not wanted, or the listener takes the facts itself). */
export async function audit(options: AuditOptions, listener: Listener): Promise<AuditResult> {
  const spill = options.orders && !listener.fact ? new SpillFolder(options.temp ?? undefined) : null;
  try {
    return await new Run(options, listener, spill).run();
  } finally {
    spill?.remove();
  }
}

/** A read that is under way, until its chunk's result comes. */
interface Pending {
  readonly input: number;
  readonly read: Read;
}

class Run {
  private readonly sum = noCounts();
  private readonly keyUses: number[];
  private readonly inputs: (Input & { records: number })[] = [];
  private readonly shelf = new Shelf();
  private readonly table = new ChunkTable();
  private readonly pending = new Map<number, Pending>();
  private readonly options: AuditOptions;
  private readonly listener: Listener;
  private readonly spill: SpillFolder | null;
  private exact = 0;
  private bytes = 0;
  private seq = 0;
  private stopped = false;

  constructor(options: AuditOptions, listener: Listener, spill: SpillFolder | null) {
    this.options = options;
    this.listener = listener;
    this.spill = spill;
    this.keyUses = options.ring.gateway.map(() => 0);
  }

  async run(): Promise<AuditResult> {
    const { options, spill, listener } = this;
    const ranges = options.shard ? rangesOf(options.files, options.shard) : null;
    const { engine, ring } = options;
    const threads = threadsFor(options.files, options.workers);
    const take = (seq: number, result: ChunkResult): void => this.take(seq, result);
    const facts = spill ? "spilled" : listener.fact ? "returned" : "dropped";
    const pool = openPool(
      { engine, ring, ...threads, facts, spill, first: this.seq, shelf: this.shelf },
      take,
    );
    let orders: number | null = null;
    try {
      for (const file of options.files) {
        const range = ranges?.get(file) ?? null;
        if (ranges === null || range !== null) await this.readFile(file, range, pool);
        if (this.stopped) break;
      }
      await pool.finish();
      if (spill) orders = await pool.reduce(this.table, (found) => listener.finding(found), listener.orders);
    } finally {
      pool.close();
    }
    const { sum: records, keyUses, inputs, stopped, exact } = this;
    const keys = reportKeys(options.ring, keyUses);
    if (!listener.fact) for (const found of weakKeyFindings(keys)) listener.finding(found);
    return { records, orders, keys, inputs, stopped, exact };
  }

  private async readFile(file: string, range: ByteRange | null, pool: Pool): Promise<void> {
    const { options } = this;
    const input = this.inputs.length;
    const unknown: Input = {
      file,
      format: options.format ?? "lines",
      compression: "none",
      bytes: 0,
      sha256: null,
    };
    this.inputs.push({ ...unknown, records: 0 });
    const reads = readInput(file, { ...options, shelf: this.shelf }, range, options.stdin);
    const endpoint =
      options.endpoint ?? (options.format === "webhook" ? ENDPOINTS.mch_notify_url.name : null);
    for (;;) {
      const step = await reads.next();
      if (step.done) {
        Object.assign(this.inputs[input] ?? {}, step.value);
        return;
      }
      const { seq } = this;
      this.seq += 1;
      this.pending.set(seq, { input, read: step.value });
      const chunk = step.value.kind === "chunk" ? step.value : null;
      this.table.begin(seq, file, chunk?.offset ?? 0);
      this.bytes += chunk?.length ?? 0;
      await pool.submit({
        seq,
        bytes: chunk?.bytes ?? new Uint8Array(),
        part: chunk?.part ?? null,
        places: chunk?.places ?? null,
        endpoint,
      });
      if (this.listener.stopped?.()) {
        this.stopped = true;
        await reads.return(unknown);
        return;
      }
    }
  }

  private take(seq: number, result: ChunkResult): void {
    const pending = this.pending.get(seq);
    this.pending.delete(seq);
    if (!pending) return;
    const { read } = pending;
    const input = this.inputs[pending.input];
    if (read.kind === "finding") {
      this.table.count(seq, null, read.lines);
      this.takeAside(seq, read, input);
      return;
    }
    this.table.count(seq, read.lineBase, result.lines);
    const start = this.table.start(seq);
    addCounts(this.sum, result.counts);
    this.listener.chunk?.(result.counts);
    if (input) input.records += result.counts.total;
    for (const [i, uses] of result.keyUses.entries()) this.keyUses[i] = (this.keyUses[i] ?? 0) + uses;
    this.exact += result.exact;
    for (const found of result.findings) {
      const { place } = found;
      const { file, line, offset } = start;
      const moved =
        place &&
        (read.places ? { ...place, file } : { file, line: place.line + line, offset: place.offset + offset });
      this.listener.finding({ ...found, place: moved });
    }
    if (this.listener.fact) this.facts(result.rows);
    this.listener.progress?.(this.bytes, this.sum.total);
  }

  private takeAside(
    seq: number,
    read: Read & { readonly kind: "finding" },
    input: (Input & { records: number }) | undefined,
  ): void {
    const { place } = read.finding;
    const line = read.record && place ? place.line || this.table.start(seq).line : (place?.line ?? 0);
    this.listener.finding({ ...read.finding, place: place && { ...place, line } });
    if (!read.record) return;
    const counts = { ...noCounts(), total: 1, unreadable: 1 };
    addCounts(this.sum, counts);
    this.listener.chunk?.(counts);
    if (input) input.records += 1;
  }

  private facts(rows: readonly Uint8Array[]): void {
    for (const part of rows) {
      const bytes = Buffer.from(part.buffer, part.byteOffset, part.length);
      for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at)) {
        this.listener.fact?.(decodeFact(bytes, at, (chunk) => this.table.start(chunk)));
      }
    }
  }
}
