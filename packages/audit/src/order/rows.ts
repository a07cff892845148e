import { type Fact, type Form, SAYINGS } from "../record/fact.js";

/**
 * Facts as rows of bytes, little-endian, each a multiple of 8 long: what the order stage spills to disk. The WebAssembly
 * module writes the same rows (assembly/facts.ts), byte for byte.
 *
 *  0 u32 bytes in the row    4 u32 hash   8 u32 second hash
 * 12 u8 of   13 u8 says   14 u8 form   15 u8 1 where the place is absolute
 * 16 f64 at (NaN: none)   24 u32 chunk   28 u32 line   32 f64 offset, both within the chunk unless absolute
 * 40 u16 lengths of appid, id, total_fee, fee_type, time_end, pay_mch_order_no, time_stamp, about; then their UTF-8
 */
export const HEADER = 56;

/** How many lists an engine's rows come in, by hash. */
export const LISTS = 8;

/** How many partitions the spilled facts have, by hash: each is judged on its own. */
export const PARTITIONS = 256;

const TEXTS = [
  "appid",
  "id",
  "total_fee",
  "fee_type",
  "time_end",
  "pay_mch_order_no",
  "time_stamp",
  "about",
] as const;
export const FORMS: readonly Form[] = ["bare", "exchange", "webhook"];

/** Longer texts are cut: an order number has 32 characters. */
const LONGEST = 60_000;

/** The two hashes of an appid and an id (FNV-1a, 32 bits, two starts): the same key always lands in the same partition. */
export function hashOf(appid: Uint8Array, id: Uint8Array, of: number): readonly [number, number] {
  let a = 0x811c9dc5 ^ of;
  let b = 0x01234567 ^ of;
  const eat = (byte: number): void => {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x01000193) ^ (b >>> 15);
  };
  for (const byte of appid) eat(byte);
  eat(0);
  for (const byte of id) eat(byte);
  return [a >>> 0, b >>> 0];
}

/** The list that a row belongs to, by its second hash. */
export function listOf(hash: number): number {
  return (hash >>> 8) % LISTS;
}

/** Encodes one fact; `chunk` as the chunk table has it. */
export function encodeFact(fact: Fact, chunk: number, absolute: boolean): Buffer {
  const texts = TEXTS.map((name) => Buffer.from(fact[name], "utf8").subarray(0, LONGEST));
  const length = texts.reduce((sum, text) => sum + text.length, HEADER);
  const row = Buffer.alloc((length + 7) & ~7);
  const of = fact.of === "order" ? 0 : 1;
  const [first, second] = hashOf(texts[0] ?? row, texts[1] ?? row, of);
  row.writeUInt32LE(row.length, 0);
  row.writeUInt32LE(first, 4);
  row.writeUInt32LE(second, 8);
  row[12] = of;
  row[13] = SAYINGS.indexOf(fact.says);
  row[14] = FORMS.indexOf(fact.form);
  row[15] = absolute ? 1 : 0;
  if (fact.at === null) row.writeUInt32LE(0x7ff80000, 20);
  else row.writeDoubleLE(fact.at, 16);
  row.writeUInt32LE(chunk, 24);
  row.writeUInt32LE(fact.place.line, 28);
  row.writeDoubleLE(fact.place.offset, 32);
  let at = HEADER;
  for (const [i, text] of texts.entries()) {
    row.writeUInt16LE(text.length, 40 + 2 * i);
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

/** Decodes the row at an offset. */
export function decodeFact(bytes: Buffer, start: number, startOf: (chunk: number) => ChunkStart): Fact {
  const at = bytes.readDoubleLE(start + 16);
  const chunk = startOf(bytes.readUInt32LE(start + 24));
  const absolute = bytes[start + 15] === 1;
  const line = bytes.readUInt32LE(start + 28);
  const offset = bytes.readDoubleLE(start + 32);
  let from = start + HEADER;
  const [
    appid = "",
    id = "",
    total_fee = "",
    fee_type = "",
    time_end = "",
    pay_mch_order_no = "",
    time_stamp = "",
    about = "",
  ] = TEXTS.map((_, i) => {
    const length = bytes.readUInt16LE(start + 40 + 2 * i);
    if (length === 0) return "";
    from += length;
    return bytes.toString("utf8", from - length, from);
  });
  return {
    of: bytes[start + 12] === 0 ? "order" : "nonce",
    appid,
    id,
    says: SAYINGS[bytes[start + 13] ?? 0] ?? "nothing",
    form: FORMS[bytes[start + 14] ?? 0] ?? "bare",
    at: Number.isNaN(at) ? null : at,
    total_fee,
    fee_type,
    time_end,
    pay_mch_order_no,
    time_stamp,
    about,
    place: {
      file: chunk.file,
      line: absolute ? line : chunk.line + line,
      offset: absolute ? offset : chunk.offset + offset,
    },
  };
}
