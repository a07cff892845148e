import { AT, BLOCK, BLOCK_LIMIT, FIELDS, FORM, INPUT, KEY, LINE, PARTITIONS, ROW_LENGTHS, ROWS, SAYS, START } from "./layout";
import { copy } from "./text";

// Writes facts as rows, as order/rows.ts lays them out, each into the block of its partition.

const HEADER: usize = 32;

/** Called when a block is full: empties all of them. */
@external("rows", "full")
declare function full(): void;

/** Whether facts are wanted at all. */
let wanted: bool = true;
export function setFacts(value: bool): void {
  wanted = value;
}

/** The facts of a lane's record: about its order, and about its request's nonce. */
export function facts(lane: usize, chunk: u32): void {
  if (!wanted) return;
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
  const length = load<u32>(lane + FIELDS + 4), idLength = load<u32>(id + 4);
  copy(KEY, load<u32>(lane + FIELDS), length);
  copy(KEY + length, load<u32>(id), idLength);
  const end = KEY + length + idLength;
  store<u32>(end, 0);
  let a = <u32>0x811c9dc5 ^ group ^ (length << 8), b = <u32>0x01234567 ^ group ^ (idLength << 8);
  for (let p = KEY; p < end; p += 4) {
    const word = load<u32>(p);
    a = (a ^ word) * 0x9e3779b1;
    a ^= a >> 15;
    b = (b ^ word) * 0x85ebca77;
    b ^= b >> 13;
  }
  a *= 0xc2b2ae3d;
  b *= 0x27d4eb2f;
  first = a ^ (a >> 16);
  second = b ^ (b >> 15);
}

function row(lane: usize, chunk: u32, group: u32, says: u8): void {
  const id = lane + FIELDS + (group == 0 ? 8 : 56);
  hash(lane, group, id);
  const partition = (second >> 8) % PARTITIONS;
  const lengths = ROW_LENGTHS + (<usize>partition << 2);
  const start = ROWS + <usize>(partition * BLOCK + load<u32>(lengths));
  const at = load<f64>(lane + AT), timed = !isNaN(at);
  store<u32>(start + 4, first);
  store<u32>(start + 8, second);
  store<u32>(start + 12, chunk);
  store<u32>(start + 16, load<u32>(lane + LINE));
  store<u32>(start + 20, load<u32>(lane + START) - <u32>INPUT);
  let to = start + HEADER;
  if (timed) {
    store<f64>(to, at);
    to += 8;
  }
  to = put(start, 0, lane + FIELDS, to, true);
  to = put(start, 1, id, to, true);
  for (let i: usize = 2; i < 7; i += 1) to = put(start, i, lane + FIELDS + (i << 3), to, group == 0);
  to = put(start, 7, lane + FIELDS + 8, to, group == 1);
  const end = (to + 3) & ~3;
  store<u32>(to, 0);
  const kind = (group << 20) | (<u32>load<u8>(lane + FORM) << 21) | (<u32>says << 24) | (<u32>timed << 29);
  store<u32>(start, <u32>(end - start) | kind);
  const length = load<u32>(lengths) + <u32>(end - start);
  store<u32>(lengths, length);
  if (length > BLOCK_LIMIT) full();
}

@inline function put(start: usize, index: usize, field: usize, to: usize, there: bool): usize {
  const length = there ? load<u32>(field + 4) : 0;
  store<u8>(start + 24 + index, <u8>length);
  if (length != 0) copy(to, load<u32>(field), length);
  return to + length;
}
