import { Rows, SAYINGS } from "@ksherproof/audit/browser";
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
    const rows = new Rows(bytes as never);
    for (let row = 0; row < bytes.length; row = rows.next(row)) {
      if (rows.isNonce(row)) continue;
      const says = rows.says(row);
      const name = SAYINGS[says] ?? "nothing";
      if (says === 0) continue;
      this.results.set(name, (this.results.get(name) ?? 0) + 1);
      const day = dayOf(rows, row);
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
function dayOf(rows: Rows, row: number): string | null {
  const time = rows.at(row);
  if (!Number.isNaN(time)) return new Date(Math.floor(time / DAY) * DAY).toISOString().slice(0, 10);
  if (rows.length(row, TIME_END) < 10) return null;
  const from = rows.start(row, TIME_END);
  const day = String.fromCharCode(...rows.bytes.subarray(from, from + 10));
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : null;
}
