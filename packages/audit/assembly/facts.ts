import { AT, FIELDS, FORM, INPUT, LINE, OUT, ROWS, ROWS_BYTES, SAYS, START } from "./layout";
import { copy } from "./text";

// Writes facts as rows, as order/rows.ts lays them out.

const HEADER: usize = 56;
const PARTITIONS: u32 = 8;
/** Within OUT: the bytes in each partition. */
export const ROW_LENGTHS: usize = 0x100;

/** The facts of a lane's record: about its order, and about its request's nonce. */
export function facts(lane: usize, chunk: u32): void {
  const number = load<u32>(lane + FIELDS + 12);
  const stamp = load<u32>(lane + FIELDS + 52);
  const says = load<u8>(lane + SAYS);
  if (number != 0 && (says != 0 || stamp != 0)) row(lane, chunk, 0, says);
  if (load<u32>(lane + FIELDS + 60) != 0) row(lane, chunk, 1, 0);
}

// The two hashes of rows.ts, of what was hashed last.
let first: u32 = 0;
let second: u32 = 0;

function hash(lane: usize, group: u32, id: usize): void {
  let a = <u32>0x811c9dc5 ^ group, b = <u32>0x01234567 ^ group;
  let field = lane + FIELDS;
  while (true) {
    const from = <usize>load<u32>(field), end = from + load<u32>(field, 4);
    for (let p = from; p < end; p += 1) {
      const byte = <u32>load<u8>(p), old = b;
      a = (a ^ byte) * 0x01000193;
      b = ((b ^ byte) * 0x01000193) ^ (old >> 15);
    }
    if (field == id) break;
    // A zero byte between the two texts.
    const old = b;
    a = a * 0x01000193;
    b = (b * 0x01000193) ^ (old >> 15);
    field = id;
  }
  first = a;
  second = b;
}

function row(lane: usize, chunk: u32, group: u32, says: u8): void {
  const id = lane + FIELDS + (group == 0 ? 8 : 56);
  hash(lane, group, id);
  const partition = (second >> 8) % PARTITIONS;
  const lengths = OUT + ROW_LENGTHS + (<usize>partition << 2);
  const start = ROWS + <usize>partition * ROWS_BYTES + load<u32>(lengths);
  store<u32>(start + 4, first);
  store<u32>(start + 8, second);
  store<u8>(start + 12, <u8>group);
  store<u8>(start + 13, says);
  store<u8>(start + 14, load<u8>(lane + FORM));
  store<u8>(start + 15, 0);
  store<u32>(start + 24, chunk);
  store<u32>(start + 28, load<u32>(lane + LINE));
  store<f64>(start + 32, <f64>(load<u32>(lane + START) - <u32>INPUT));
  store<u64>(start + 16, isNaN(load<f64>(lane + AT)) ? 0x7ff8000000000000 : reinterpret<u64>(load<f64>(lane + AT)));
  let to = start + HEADER;
  to = put(start, 0, lane + FIELDS, to, true);
  to = put(start, 1, id, to, true);
  for (let i: usize = 2; i < 7; i += 1) to = put(start, i, lane + FIELDS + (i << 3), to, group == 0);
  to = put(start, 7, lane + FIELDS + 8, to, group == 1);
  const end = (to + 7) & ~7;
  store<u64>(to, 0);
  store<u32>(start, <u32>(end - start));
  store<u32>(lengths, load<u32>(lengths) + <u32>(end - start));
}

@inline function put(start: usize, index: usize, field: usize, to: usize, there: bool): usize {
  const length = there ? load<u32>(field + 4) : 0;
  store<u16>(start + 40 + (index << 1), <u16>length);
  if (length != 0) copy(to, load<u32>(field), length);
  return to + length;
}

/** Whether every partition has room for what the rest of a chunk can bring: two rows of one record at the most. */
export function hasRoom(): bool {
  for (let i: usize = 0; i < 8; i += 1) if (load<u32>(OUT + ROW_LENGTHS + (i << 2)) > <u32>ROWS_BYTES - 0x8000) return false;
  return true;
}
