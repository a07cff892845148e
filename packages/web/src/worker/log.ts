import {
  type ChunkResult,
  ChunkTable,
  type Fact,
  FINDING_KINDS,
  type Finding,
  groupRows,
  judgeGroup,
} from "@ksherproof/audit/browser";
import { Buffer } from "../portable/buffer.js";
import { chunksOf } from "./chunks.js";
import { engineFor } from "./engine.js";
import { ringOf } from "./ring.js";
import { RowSummary } from "./row-summary.js";

/** How far the reading is. */
export interface LogProgress {
  readonly bytes: number;
  /** Compressed bytes in all; `bytes` counts what was read of them. */
  readonly of: number;
  readonly records: number;
}

/** A column of a chart: the records of one day, by verdict. */
export interface Day {
  readonly day: string;
  readonly valid: number;
  readonly bad: number;
  readonly other: number;
}

/** A finding as the page shows and saves it. */
export interface ShownFinding {
  readonly kind: string;
  readonly level: string;
  readonly requirement: string | null;
  readonly line: number | null;
  readonly mch_order_no: string | null;
  readonly total_fee: string | null;
  readonly fee_type: string | null;
  readonly reason: string;
  readonly detail: string;
}

/** What the audit of a log found. */
export interface LogReport {
  readonly name: string;
  readonly records: Readonly<
    Record<"total" | "valid" | "invalid" | "missing" | "unsigned" | "unreadable", number>
  >;
  readonly orders: number;
  readonly milliseconds: number;
  readonly results: readonly (readonly [result: string, count: number])[];
  readonly days: readonly Day[];
  readonly kinds: readonly (readonly [kind: string, says: string, count: number])[];
  readonly findings: readonly ShownFinding[];
  /** The lives of the orders with findings: what was said of them, in the order of time. */
  readonly lives: Readonly<Record<string, readonly { readonly at: number | null; readonly says: string }[]>>;
}

/** The findings that say of a record that it is not to be trusted. */
const BAD: readonly string[] = ["signature_invalid", "signature_missing", "unreadable"];

/** Audits a log in the page as `ksherproof audit` does: the WebAssembly engine, the exact path behind it, then each order. */
export async function auditLog(
  file: Blob,
  name: string,
  keys: readonly string[],
  progress: (progress: LogProgress) => void,
): Promise<LogReport> {
  const began = performance.now();
  const engine = await engineFor(ringOf(keys));
  const table = new ChunkTable();
  const summary = new RowSummary();
  const records = { total: 0, valid: 0, invalid: 0, missing: 0, unreadable: 0 };
  const findings: Finding[] = [];
  const rows: Uint8Array[][] = [];
  let read = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      read += piece.length;
      controller.enqueue(piece);
    },
  });
  let seq = 0;
  for await (const { bytes, offset } of chunksOf(await opened(file.stream().pipeThrough(counter), file))) {
    table.begin(seq, name, offset);
    const result = engine.run({ seq, bytes, places: null, endpoint: null });
    table.count(seq, null, result.lines);
    take(result, table.start(seq));
    seq += 1;
    progress({ bytes: read, of: file.size, records: records.total });
  }

  function take(result: ChunkResult, start: { readonly line: number; readonly offset: number }): void {
    for (const verdict of Object.keys(records) as (keyof typeof records)[])
      records[verdict] += result.counts[verdict];
    for (const one of result.findings) {
      const { place } = one;
      const moved = place && {
        file: name,
        line: place.line + start.line,
        offset: place.offset + start.offset,
      };
      findings.push({ ...one, place: moved });
      if (BAD.includes(one.kind) && one.at !== null) summary.addBad(one.at);
    }
    for (const [partition, part] of result.rows.entries()) {
      summary.add(part);
      rows[partition] ??= [];
      rows[partition].push(part.slice());
    }
  }

  const lives: Record<string, Life> = {};
  let orders = 0;
  for (const part of rows) {
    orders += groupRows(
      Buffer.concat(part) as never,
      (chunk) => table.start(chunk),
      (facts) => {
        const found = judgeGroup(facts);
        findings.push(...found);
        if (found.length > 0 && Object.keys(lives).length < MOST_LIVES) addLife(lives, facts);
      },
    );
  }
  const told = records.valid + records.invalid + records.missing + records.unreadable;
  return {
    name,
    records: { ...records, unsigned: records.total - told },
    orders,
    milliseconds: performance.now() - began,
    results: [...summary.results].sort(([, a], [, b]) => b - a),
    days: summary.days(),
    kinds: kindsOf(findings),
    findings: findings.map(shownOf),
    lives,
  };
}

/** The stream as it is, or unpacked where it begins as gzip does. */
async function opened(stream: ReadableStream<Uint8Array>, file: Blob): Promise<ReadableStream<Uint8Array>> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (head[0] !== 0x1f || head[1] !== 0x8b) return stream;
  return stream.pipeThrough(
    new DecompressionStream("gzip") as unknown as TransformStream<Uint8Array, Uint8Array>,
  );
}

function kindsOf(all: readonly Finding[]): LogReport["kinds"] {
  const counts = new Map<string, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => [kind, FINDING_KINDS[kind as keyof typeof FINDING_KINDS].says, count]);
}

function shownOf(one: Finding): ShownFinding {
  const { kind, level, requirement, place, mch_order_no, total_fee, fee_type, reason, detail, evidence } =
    one;
  const line = place?.line ?? evidence[0]?.line ?? null;
  return { kind, level, requirement, line, mch_order_no, total_fee, fee_type, reason, detail };
}

type Life = readonly { readonly at: number | null; readonly says: string }[];

/** At most so many lives are drawn. */
const MOST_LIVES = 200;

function addLife(lives: Record<string, Life>, facts: readonly Fact[]): void {
  const [first] = facts;
  if (first?.of !== "order") return;
  lives[first.id] = facts
    .map(({ at, says }) => ({ at, says }))
    .sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY));
}
