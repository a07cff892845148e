import { encodeFact, LISTS, listOf } from "../order/rows.js";
import type { Finding } from "../record/finding.js";
import { judgeRecord } from "../record/judge.js";
import type { ReadyRing } from "../record/signature.js";
import { type Chunk, type ChunkResult, type Counts, type Engine, noCounts } from "./chunk.js";

/** Gathers what becomes of a chunk's records. */
export class Tally {
  readonly counts: Counts = noCounts();
  readonly keyUses: number[];
  readonly findings: Finding[] = [];
  readonly rows: Uint8Array[][] = Array.from({ length: LISTS }, () => []);
  exact = 0;
  private readonly ready: ReadyRing;
  private readonly chunk: Chunk;

  constructor(chunk: Chunk, ready: ReadyRing) {
    this.chunk = chunk;
    this.ready = ready;
    this.keyUses = ready.gateway.map(() => 0);
  }

  /** Judges the record at these bytes of the chunk, exactly; `index` counts the chunk's lines from 0. */
  judge(start: number, end: number, index: number): void {
    const { bytes, places, endpoint, seq } = this.chunk;
    const line = places?.[2 * index] ?? index;
    const offset = places?.[2 * index + 1] ?? start;
    const place = { file: "", line, offset };
    const judged = judgeRecord(bytes.subarray(start, end), place, this.ready, endpoint);
    this.exact += 1;
    this.counts.total += 1;
    if (judged.verdict !== "unsigned") this.counts[judged.verdict] += 1;
    if (judged.key >= 0) this.used(judged.key, 1);
    this.findings.push(...judged.findings);
    for (const fact of judged.facts) {
      const row = encodeFact(fact, seq, places !== null);
      this.rows[listOf(row.readUInt32LE(8))]?.push(row);
    }
  }

  /** Counts records that a gateway key verified. */
  used(key: number, records: number): void {
    this.keyUses[key] = (this.keyUses[key] ?? 0) + records;
  }

  result(lines: number): ChunkResult {
    const { counts, keyUses, findings, exact } = this;
    return {
      counts,
      lines,
      keyUses,
      findings,
      rows: this.rows.map((list) => (list.length === 1 && list[0] ? list[0] : Buffer.concat(list))),
      exact,
    };
  }
}

/** The reference engine: every record goes the exact path, with node:crypto. */
export function nodeEngine(ready: ReadyRing): Engine {
  return {
    name: "node",
    run(chunk) {
      const tally = new Tally(chunk, ready);
      const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.length);
      let lines = 0;
      for (let start = 0; start < bytes.length; lines += 1) {
        const newline = bytes.indexOf(10, start);
        const end = newline < 0 ? bytes.length : newline;
        if (!isBlank(bytes, start, end)) tally.judge(start, end, lines);
        start = end + 1;
      }
      return tally.result(lines);
    },
  };
}

/** Whether a line holds nothing but white space: no record. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
