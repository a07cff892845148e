import { escaped, key, keyLength, more, skip, stringEndNoEquals } from "./cursor";
import { DATA, DATA_COUNT, found, label } from "./labels";
import { BUSINESS_MODE, EXTRAS, LABELS, NAME_TYPES, SPARE, VALUES } from "./layout";
import { same } from "./text";
import { digit } from "./time";

// Reads the members of `data`: texts without `=`, and plain integers.

// What a value is.
export const TEXT: u32 = 1, INTEGER: u32 = 2, ESCAPED: u32 = 4;

/** A bit for each documented member that is there. */
export let present: u32 = 0;
/** How many there are that are not documented. */
export let extras: i32 = 0;

/** Returns where the object at a brace ends, 0 for what is unusual. */
export function members(start: usize): usize {
  extras = 0;
  let there: u32 = 0;
  let p = start;
  let again = 1;
  let index: usize = 0;
  while (again == 1) {
    p = label(p + 1, DATA, DATA_COUNT, index);
    if (p == 0) return 0;
    index += 1;
    const place = found;
    if (place < 0) {
      p = value(p, SPARE);
      if (p == 0 || !extra()) return 0;
    } else {
      const bit = 1 << place, to = VALUES + (<usize>place << 4);
      if (there & bit) return 0;
      there |= bit;
      p = value(p, to);
      if (p == 0 || (load<u8>(NAME_TYPES + place) & load<u8>(to, 8)) == 0) return 0;
    }
    p = skip(p);
    again = more(load<u8>(p));
  }
  present = there;
  return again == 0 ? p + 1 : 0;
}

/** Keeps where a value is, its length, and its kind: 1 for a text, 5 for one with escapes, 2 for an integer. */
@inline function value(from: usize, to: usize): usize {
  if (load<u8>(from) == 0x22) {
    const end = stringEndNoEquals(from + 1);
    if (end == 0) return 0;
    store<u32>(to, <u32>from + 1);
    store<u32>(to, <u32>(end - from) - 1, 4);
    store<u32>(to, escaped ? TEXT | ESCAPED : TEXT, 8);
    return end + 1;
  }
  const first = load<u8>(from) == 0x2d ? from + 1 : from;
  const digits = i8x16.lt_u(i8x16.sub(v128.load(first), i8x16.splat(0x30)), i8x16.splat(10));
  const count = <usize>ctz(~i8x16.bitmask(digits));
  if (count == 0 || count > 15 || (count > 1 && load<u8>(first) == 0x30)) return 0;
  const p = first + count;
  const after = load<u8>(p);
  if (after != 0x2c && after != 0x7d && after != 0x20) return 0;
  store<u32>(to, <u32>from);
  store<u32>(to, <u32>(p - from), 4);
  store<u32>(to, INTEGER, 8);
  return p;
}

/** Keeps a member that is not documented, in order of names; not where its name ends in a documented one. */
function extra(): bool {
  if (extras >= 16 || keyLength == 0 || keyLength > 64 || same(key, keyLength, BUSINESS_MODE, 13)) return false;
  for (let place = 0; place < DATA_COUNT; place += 1) {
    const known = LABELS + (<usize>place << 5), length = <usize>load<u8>(known, 31) - 3;
    if (keyLength >= length && same(key + keyLength - length, length, known + 1, length)) return false;
  }
  let at = extras;
  while (at > 0) {
    const before = EXTRAS + (<usize>(at - 1) << 5);
    const order = compare(key, keyLength, load<u32>(before), load<u32>(before + 4));
    if (order == 0) return false;
    if (order > 0) break;
    memory.copy(before + 32, before, 32);
    at -= 1;
  }
  const place = EXTRAS + (<usize>at << 5);
  store<u32>(place, <u32>key);
  store<u32>(place + 4, <u32>keyLength);
  v128.store(place + 8, v128.load(SPARE));
  extras += 1;
  return true;
}

/** Orders two texts by their bytes. */
export function compare(a: usize, aLength: usize, b: usize, bLength: usize): i32 {
  const shorter = min(aLength, bLength);
  for (let i: usize = 0; i < shorter; i += 1) {
    const difference = <i32>load<u8>(a + i) - <i32>load<u8>(b + i);
    if (difference != 0) return difference;
  }
  return <i32>aLength - <i32>bLength;
}
