import { ENDPOINTS } from "@ksherproof/spec";
import type { AuditOptions, AuditResult, Listener } from "./audit-options.js";
import { addCounts, type Chunk, type ChunkResult, type Counts, noCounts } from "./engine/chunk.js";
import { openPool, type Pool } from "./engine/pool.js";
import { threadsFor } from "./engine/threads.js";
import { type Input, type Read, readInput } from "./input/inputs.js";
import { Shelf } from "./input/lines.js";
import { type ByteRange, rangesOf } from "./input/shard.js";
import { ChunkTable } from "./order/chunk-table.js";
import { SpillFolder } from "./order/spill.js";
import { reportKeys, weakKeyFindings } from "./output/report.js";
import type { Position, RunState } from "./resume/run-state.js";

/** Audits inputs: every record, and then every order (unless they are not wanted, or the listener takes the facts itself). */
export async function audit(options: AuditOptions, listener: Listener): Promise<AuditResult> {
  const judges = options.orders && !listener.rows;
  const spill = judges ? new SpillFolder(options.temp ?? undefined, options.resume?.spilled) : null;
  try {
    return await new Run(options, listener, spill).run();
  } finally {
    await spill?.discard();
  }
}

/** A read that is under way, until its chunk's result comes. */
interface Pending {
  readonly input: number;
  readonly read: Read;
}

class Run {
  private readonly sum: Counts;
  private readonly keyUses: number[];
  private readonly inputs: (Input & { records: number })[];
  private readonly shelf = new Shelf();
  private readonly table: ChunkTable;
  private readonly pending = new Map<number, Pending>();
  private readonly options: AuditOptions;
  private readonly listener: Listener;
  private readonly spill: SpillFolder | null;
  private exact: number;
  private bytes: number;
  private seq: number;
  private position: Position | null;
  private stopped = false;

  constructor(options: AuditOptions, listener: Listener, spill: SpillFolder | null) {
    const { resume, ring } = options;
    this.options = options;
    this.listener = listener;
    this.spill = spill;
    this.sum = { ...(resume?.records ?? noCounts()) };
    this.keyUses = [...(resume?.keyUses ?? ring.gateway.map(() => 0))];
    this.inputs = (resume?.inputs ?? []).map((input) => ({ ...input }));
    this.table = resume ? ChunkTable.of(resume.table) : new ChunkTable();
    this.exact = resume?.exact ?? 0;
    this.bytes = resume?.bytes ?? 0;
    this.seq = resume?.seq ?? 0;
    this.position = resume?.position ?? null;
  }

  async run(): Promise<AuditResult> {
    const { options, spill, listener } = this;
    const ranges = options.shard ? rangesOf(options.files, options.shard) : null;
    const { engine, ring } = options;
    const threads = threadsFor(options.files, options.workers);
    const take = (seq: number, result: ChunkResult): void => this.take(seq, result);
    const facts = spill ? "spilled" : listener.rows ? "returned" : "dropped";
    const pool = openPool(
      { engine, ring, ...threads, facts, spill, first: this.seq, shelf: this.shelf },
      take,
    );
    let orders: number | null = null;
    try {
      const done = this.inputs.length - (this.position ? 1 : 0);
      for (const file of options.files.slice(done)) {
        const range = ranges?.get(file) ?? null;
        if (ranges === null || range !== null) await this.readFile(file, range, pool);
        if (this.stopped) break;
      }
      await pool.finish();
      if (this.stopped && listener.pause) await listener.pause(this.state);
      else if (spill)
        orders = await pool.reduce(this.table, (found) => listener.finding(found), listener.orders);
    } finally {
      pool.close();
    }
    const { sum: records, keyUses, inputs, stopped, exact } = this;
    const keys = reportKeys(options.ring, keyUses);
    const paused = stopped && listener.pause !== undefined;
    if (!listener.rows && !paused) for (const found of weakKeyFindings(keys)) listener.finding(found);
    return { records, orders, keys, inputs, stopped, exact };
  }

  private get state(): RunState {
    const { sum: records, keyUses, exact, bytes, seq, inputs, position, spill } = this;
    const { state: table } = this.table;
    return { records, keyUses, exact, bytes, seq, inputs, position, table, spilled: spill?.all ?? [] };
  }

  private async readFile(file: string, range: ByteRange | null, pool: Pool): Promise<void> {
    const { options, position: from } = this;
    const input = this.inputs.length - (from ? 1 : 0);
    const unknown: Input = {
      file,
      format: options.format ?? "lines",
      compression: "none",
      bytes: 0,
      sha256: null,
    };
    if (!from) this.inputs.push({ ...unknown, records: 0 });
    this.position = null;
    const reads = readInput(file, { ...options, shelf: this.shelf }, range, options.stdin, from);
    let count = from?.reads ?? 0;
    const endpoint =
      options.endpoint ?? (options.format === "webhook" ? ENDPOINTS.mch_notify_url.name : null);
    for (;;) {
      const step = await reads.next();
      if (step.done) {
        Object.assign(this.inputs[input] ?? {}, step.value);
        return;
      }
      count += 1;
      await pool.submit(this.chunkOf(file, input, step.value, endpoint));
      const chunk = step.value.kind === "chunk" ? step.value : null;
      if (chunk && this.listener.stopped?.()) {
        this.stopped = true;
        this.position = { offset: chunk.offset + chunk.length, reads: count, plain: chunk.part !== null };
        await reads.return(unknown);
        return;
      }
    }
  }

  /** Notes a read as pending; the chunk that a pool makes something of, an empty one for a finding. */
  private chunkOf(file: string, input: number, read: Read, endpoint: string | null): Chunk {
    const { seq } = this;
    this.seq += 1;
    this.pending.set(seq, { input, read });
    const chunk = read.kind === "chunk" ? read : null;
    this.table.begin(seq, file, chunk?.offset ?? 0);
    this.bytes += chunk?.length ?? 0;
    const { bytes = new Uint8Array(), part = null, places = null } = chunk ?? {};
    return { seq, bytes, part, places, endpoint };
  }

  private take(seq: number, result: ChunkResult): void {
    const pending = this.pending.get(seq);
    this.pending.delete(seq);
    if (!pending) return;
    const { read } = pending;
    const input = this.inputs[pending.input];
    if (read.kind === "finding") {
      this.table.count(seq, read.lineBase, read.lines);
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
    if (this.listener.rows) this.facts(result.rows);
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
    const startOf = (chunk: number) => this.table.start(chunk);
    for (const part of rows)
      this.listener.rows?.(Buffer.from(part.buffer, part.byteOffset, part.length), startOf);
  }
}
