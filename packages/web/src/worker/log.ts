import {
  type Fact,
  FINDING_KINDS,
  type Finding,
  judgeGroup,
  judgeRecord,
  type RecordVerdict,
} from "@ksherproof/audit/browser";
import { type LogLine, linesOf } from "./lines.js";
import { ringOf } from "./ring.js";
import { Tally } from "./tally.js";

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
  readonly detail: string;
}

/** What the audit of a log found. */
export interface LogReport {
  readonly name: string;
  readonly records: Readonly<Record<RecordVerdict | "total", number>>;
  readonly orders: number;
  readonly milliseconds: number;
  readonly results: readonly (readonly [result: string, count: number])[];
  readonly days: readonly Day[];
  readonly kinds: readonly (readonly [kind: string, says: string, count: number])[];
  readonly findings: readonly ShownFinding[];
  /** The lives of the orders with findings: what was said of them, in the order of time. */
  readonly lives: Readonly<Record<string, readonly { readonly at: number | null; readonly says: string }[]>>;
}

/** Every this many lines the page hears how far it is. */
const PROGRESS_LINES = 2000;

/** Audits a log in the page: each record by the exact path of `ksherproof audit`, then each order (performance is the page's). */
export async function auditLog(
  file: Blob,
  name: string,
  keys: readonly string[],
  progress: (progress: LogProgress) => void,
): Promise<LogReport> {
  const began = performance.now();
  const ring = ringOf(keys);
  const tally = new Tally();
  let read = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      read += chunk.length;
      controller.enqueue(chunk);
    },
  });
  let next = PROGRESS_LINES;
  for await (const lines of linesOf(await opened(file.stream().pipeThrough(counter), file))) {
    for (const line of lines) judgeLine(line, name, ring, tally);
    if (tally.total < next) continue;
    next = tally.total + PROGRESS_LINES;
    progress({ bytes: read, of: file.size, records: tally.total });
  }
  const groups = tally.groups();
  const about = groups.flatMap((facts) => judgeGroup(facts));
  const all = [...tally.findings, ...about];
  const orders = groups.filter(([first]) => first?.of === "order");
  return {
    name,
    records: tally.counts,
    orders: orders.length,
    milliseconds: performance.now() - began,
    results: [...tally.results].sort(([, a], [, b]) => b - a),
    days: tally.days(),
    kinds: kindsOf(all),
    findings: all.map(shownOf),
    lives: livesOf(about, orders),
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

function judgeLine(line: LogLine, file: string, ring: ReturnType<typeof ringOf>, tally: Tally): void {
  const { bytes, number, offset } = line;
  const whole = bytes[bytes.length - 1] === 13 ? bytes.subarray(0, -1) : bytes;
  if (whole.every((byte) => byte === 32 || byte === 9)) return;
  tally.add(judgeRecord(whole, { file, line: number, offset }, ring, null));
}

function kindsOf(all: readonly Finding[]): LogReport["kinds"] {
  const counts = new Map<string, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => [kind, FINDING_KINDS[kind as keyof typeof FINDING_KINDS].says, count]);
}

function shownOf(one: Finding): ShownFinding {
  const { kind, level, requirement, place, mch_order_no, total_fee, detail, evidence } = one;
  const line = place?.line ?? evidence[0]?.line ?? null;
  return { kind, level, requirement, line, mch_order_no, total_fee, detail };
}

/** At most so many lives are drawn. */
const MOST_LIVES = 200;

function livesOf(about: readonly Finding[], orders: readonly (readonly Fact[])[]): LogReport["lives"] {
  const wanted = new Set(about.map(({ mch_order_no }) => mch_order_no).slice(0, MOST_LIVES));
  const lives: Record<string, { readonly at: number | null; readonly says: string }[]> = {};
  for (const facts of orders) {
    const id = facts[0]?.id ?? "";
    if (!wanted.has(id)) continue;
    lives[id] = facts
      .map(({ at, says }) => ({ at, says }))
      .sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY));
  }
  return lives;
}
