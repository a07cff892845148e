import { FACT_TEXTS, type Fact, SAYINGS } from "../record/fact.js";
import { BEHIND_LONG, BEHIND_SHORT, type ChunkStart, FORMS, LENGTHS, ROW } from "./rows.js";

/** Reads rows of bytes (rows.ts) where they lie; a row is known by the offset at which it begins. */
export class Rows {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  private readonly view: DataView;

  /** The bytes must begin at a multiple of four of their memory. */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Where the row behind a row begins. */
  next(row: number): number {
    return row + (this.kind(row) & ROW.length);
  }

  isNonce(row: number): boolean {
    return (this.kind(row) & ROW.nonce) !== 0;
  }

  /** The place of what a row says among the sayings. */
  says(row: number): number {
    return (this.kind(row) >> ROW.says) & 31;
  }

  /** The place of its form among the forms. */
  form(row: number): number {
    return (this.kind(row) >> ROW.form) & 3;
  }

  /** Milliseconds since 1970, or NaN. */
  at(row: number): number {
    return this.kind(row) & ROW.timed ? this.view.getFloat64(row + this.behind(row), true) : Number.NaN;
  }

  /** Bytes of a text. */
  length(row: number, text: number): number {
    return this.kind(row) & ROW.long
      ? this.view.getUint16(row + LENGTHS + 2 * text, true)
      : (this.bytes[row + LENGTHS + text] ?? 0);
  }

  /** Where a text begins. */
  start(row: number, text: number): number {
    let at = row + this.behind(row) + (this.kind(row) & ROW.timed ? 8 : 0);
    for (let i = 0; i < text; i += 1) at += this.length(row, i);
    return at;
  }

  /** The line and the offset of the record in its input. */
  place(row: number, start: ChunkStart): { readonly line: number; readonly offset: number } {
    const kind = this.kind(row);
    const line = this.words[(row >> 2) + 4] ?? 0;
    const offset = kind & ROW.long ? this.view.getFloat64(row + 40, true) : (this.words[(row >> 2) + 5] ?? 0);
    return kind & ROW.absolute
      ? { line, offset }
      : { line: start.line + line, offset: start.offset + offset };
  }

  /** The number of its chunk. */
  chunk(row: number): number {
    return this.words[(row >> 2) + 3] ?? 0;
  }

  /** Compares a text of two rows as `Buffer.compare` does. */
  compare(a: number, b: number, text: number): number {
    const [x, y] = [this.start(a, text), this.start(b, text)];
    return this.bytes.compare(this.bytes, y, y + this.length(b, text), x, x + this.length(a, text));
  }

  /** Whether two rows are about the same order, or the same nonce. */
  sameKey(a: number, b: number): boolean {
    const { bytes, words } = this;
    const [x, y] = [a >> 2, b >> 2];
    if (words[x + 1] !== words[y + 1] || words[x + 2] !== words[y + 2]) return false;
    if (this.isNonce(a) !== this.isNonce(b) || this.length(a, 0) !== this.length(b, 0)) return false;
    const length = this.length(a, 1);
    if (this.length(b, 1) !== length) return false;
    const [from, other] = [this.start(a, 0), this.start(b, 0)];
    const end = this.length(a, 0) + length;
    for (let i = 0; i < end; i += 1) if (bytes[from + i] !== bytes[other + i]) return false;
    return true;
  }

  /** The row as a fact. */
  fact(row: number, startOf: (chunk: number) => ChunkStart): Fact {
    let from = this.start(row, 0);
    const texts = FACT_TEXTS.map((_, i) => {
      const length = this.length(row, i);
      if (length === 0) return "";
      from += length;
      return this.bytes.toString("utf8", from - length, from);
    });
    const [appid = "", id = "", total_fee = "", fee_type = "", time_end = "", pay_mch_order_no = ""] = texts;
    const at = this.at(row);
    const start = startOf(this.chunk(row));
    return {
      of: this.isNonce(row) ? "nonce" : "order",
      appid,
      id,
      says: SAYINGS[this.says(row)] ?? "nothing",
      form: FORMS[this.form(row)] ?? "bare",
      at: Number.isNaN(at) ? null : at,
      total_fee,
      fee_type,
      time_end,
      pay_mch_order_no,
      time_stamp: texts[6] ?? "",
      about: texts[7] ?? "",
      place: { file: start.file, ...this.place(row, start) },
    };
  }

  private kind(row: number): number {
    return this.words[row >> 2] ?? 0;
  }

  /** What is before the time, or the texts where there is no time. */
  private behind(row: number): number {
    return this.kind(row) & ROW.long ? BEHIND_LONG : BEHIND_SHORT;
  }
}
