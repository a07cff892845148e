import { key, keyLength, name, skip } from "./cursor";
import { GUESSES, LABELS } from "./layout";
import { same } from "./text";

// The names that objects may have. A label is `"name":` in 32 bytes, the last of them its length. An object's members
// mostly come in the order that they had in the record before, so each is looked for where it was then.

/** First label and number of labels of each kind of object; a table's guesses begin where its labels do. */
export const DATA: usize = 0, DATA_COUNT: i32 = 16;
export const ENVELOPE: usize = 16, ENVELOPE_COUNT: i32 = 9;
export const EXCHANGE: usize = 32, EXCHANGE_COUNT: i32 = 5;
export const REQUEST: usize = 48, REQUEST_COUNT: i32 = 6;

/** The label that was read last, counted from its table's first; -1 for a name that is not in the table. */
export let found: i32 = 0;

/** Reads the name of a table's label; returns where its value is, 0 where there is no name. */
@inline export function label(p: usize, table: usize, count: i32, index: usize): usize {
  const guess = GUESSES + (table << 1) + (index & 31);
  const at = LABELS + ((table + load<u8>(guess)) << 5);
  const length = <i32>load<u8>(at, 31), wanted = (1 << length) - 1;
  const equal = i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(at))) | (i8x16.bitmask(i8x16.eq(v128.load(p, 16), v128.load(at, 16))) << 16);
  if ((equal & wanted) != wanted) return search(p, table, count, guess);
  found = load<u8>(guess);
  return skip(p + length);
}

function search(p: usize, table: usize, count: i32, guess: usize): usize {
  const value = name(p);
  found = -1;
  if (value == 0) return 0;
  for (let i = 0; i < count; i += 1) {
    const at = LABELS + ((table + i) << 5);
    if (same(key, keyLength, at + 1, <usize>load<u8>(at, 31) - 3)) {
      found = i;
      store<u8>(guess, <u8>i);
    }
  }
  return value;
}
