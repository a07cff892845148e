import { HEADER, SAYINGS } from "@ksherproof/audit/browser";
import type { Day } from "./log.js";

const DAY = 86_400_000;
const TIME_END = 4;
/** Sayings up to here are those of trusted answers about an order; later ones are codes of cancels. */
const LAST_RESULT = 9;

/** Counts what rows of facts say, by result and by day, without decoding them. */
export class RowSummary {
  readonly results = new Map<string, number>();
  private readonly byDay = new Map<string, { valid: number; bad: number; other: number }>();

  /** Counts a record that is not to be trusted: its rows, where it has any, say nothing. */
  addBad(at: string): void {
    this.count(at.slice(0, 10), "bad");
  }

  add(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += view.getUint32(at, true)) {
      if (bytes[at + 12] !== 0) continue;
      const says = bytes[at + 13] ?? 0;
      const name = SAYINGS[says] ?? "nothing";
      if (says === 0) continue;
      this.results.set(name, (this.results.get(name) ?? 0) + 1);
      const day = dayOf(view, bytes, at);
      if (day !== null) this.count(day, says <= LAST_RESULT ? "valid" : "other");
    }
  }

  private count(day: string, verdict: "valid" | "bad" | "other"): void {
    const counts = this.byDay.get(day) ?? { valid: 0, bad: 0, other: 0 };
    counts[verdict] += 1;
    this.byDay.set(day, counts);
  }

  days(): readonly Day[] {
    return [...this.byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts }));
  }
}

/** The day of a row: of the record's own time, else of the payment's. */
function dayOf(view: DataView, bytes: Uint8Array, at: number): string | null {
  const time = view.getFloat64(at + 16, true);
  if (!Number.isNaN(time)) return new Date(Math.floor(time / DAY) * DAY).toISOString().slice(0, 10);
  let from = at + HEADER;
  for (let i = 0; i < TIME_END; i += 1) from += view.getUint16(at + 40 + 2 * i, true);
  if (view.getUint16(at + 40 + 2 * TIME_END, true) < 10) return null;
  const day = String.fromCharCode(...bytes.subarray(from, from + 10));
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : null;
}
