import { FACT_TEXTS, type Fact, type Form, SAYINGS } from "../record/fact.js";

/**
 * Facts as rows of bytes, little-endian, each a multiple of 4 long: what the order stage spills to disk. The WebAssembly
 * module writes the same rows (assembly/facts.ts), byte for byte.
 *
 *  0 u32 bytes in the row (20 bits), then what {@link ROW} names
 *  4 u32 hash   8 u32 second hash   12 u32 chunk   16 u32 line within the chunk   20 u32 offset within the chunk
 * 24 u8 lengths of appid, id, total_fee, fee_type, time_end, pay_mch_order_no, time_stamp, about
 * 32 f64 at, where the record has a time; then the texts as UTF-8
 *
 * In a long row the lengths are u16, and the offset follows them, at 40, as f64.
 */
export const ROW = {
  length: 0xfffff,
  nonce: 1 << 20,
  form: 21,
  long: 1 << 23,
  says: 24,
  timed: 1 << 29,
  /** Line and offset are those of the input. */
  absolute: 1 << 30,
} as const;

/** Where lengths begin, and what follows them in a short row and in a long one. */
export const LENGTHS = 24;
export const BEHIND_SHORT = 32;
export const BEHIND_LONG = 48;

/** How many lists an engine's rows come in, by hash. */
export const LISTS = 8;

/** How many partitions the spilled facts have, by hash: each is judged on its own. */
export const PARTITIONS = 128;

export const FORMS: readonly Form[] = ["bare", "exchange", "webhook"];

/** Longer texts are cut: an order number has 32 characters. */
const LONGEST = 60_000;

/**
 * The two hashes of an appid and an id, 32 bits each, over both texts as words of four bytes with zeros behind them: the
 * same key always lands in the same partition.
 */
export function hashOf(appid: Uint8Array, id: Uint8Array, of: number): readonly [number, number] {
  const words = new Uint8Array((appid.length + id.length + 3) & ~3);
  words.set(appid);
  words.set(id, appid.length);
  const view = new DataView(words.buffer);
  let a = 0x811c9dc5 ^ of ^ (appid.length << 8);
  let b = 0x01234567 ^ of ^ (id.length << 8);
  for (let at = 0; at < words.length; at += 4) {
    const word = view.getUint32(at, true);
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x85ebca77);
    b ^= b >>> 13;
  }
  a = Math.imul(a, 0xc2b2ae3d);
  b = Math.imul(b, 0x27d4eb2f);
  return [(a ^ (a >>> 16)) >>> 0, (b ^ (b >>> 15)) >>> 0];
}

/** The list that a row belongs to, by its second hash. */
export function listOf(hash: number): number {
  return (hash >>> 8) % LISTS;
}

/** Encodes one fact; `chunk` as the chunk table has it. */
export function encodeFact(fact: Fact, chunk: number, absolute: boolean): Buffer {
  const texts = FACT_TEXTS.map((name) => Buffer.from(fact[name], "utf8").subarray(0, LONGEST));
  const { line, offset } = fact.place;
  const long = absolute || offset > 0xffffffff || texts.some(({ length }) => length > 255);
  const timed = fact.at !== null && !Number.isNaN(fact.at);
  let at = (long ? BEHIND_LONG : BEHIND_SHORT) + (timed ? 8 : 0);
  const row = Buffer.alloc((texts.reduce((sum, text) => sum + text.length, at) + 3) & ~3);
  const nonce = fact.of === "nonce";
  const [first, second] = hashOf(texts[0] ?? row, texts[1] ?? row, nonce ? 1 : 0);
  const kind =
    (nonce ? ROW.nonce : 0) | (long ? ROW.long : 0) | (timed ? ROW.timed : 0) | (absolute ? ROW.absolute : 0);
  const form = FORMS.indexOf(fact.form) << ROW.form;
  row.writeUInt32LE(row.length | kind | form | (SAYINGS.indexOf(fact.says) << ROW.says), 0);
  row.writeUInt32LE(first, 4);
  row.writeUInt32LE(second, 8);
  row.writeUInt32LE(chunk, 12);
  row.writeUInt32LE(line, 16);
  if (long) row.writeDoubleLE(offset, 40);
  else row.writeUInt32LE(offset, 20);
  if (timed) row.writeDoubleLE(fact.at, at - 8);
  for (const [i, text] of texts.entries()) {
    if (long) row.writeUInt16LE(text.length, LENGTHS + 2 * i);
    else row[LENGTHS + i] = text.length;
    text.copy(row, at);
    at += text.length;
  }
  return row;
}

/** Where a chunk began: what turns a row's place into one of the input. */
export interface ChunkStart {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}
