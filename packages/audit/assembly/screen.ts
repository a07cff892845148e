import { SCREEN } from "./layout";
import { formOf, isNonce, kindOf, lengthOf, nextOf, sameKey, sameText, saysOf, textOf, timeOf } from "./row";

// Says whether the rows of one order, or one nonce, could show something, as order/screen.ts does: a yes may be wrong, a no
// never is. What the sayings are is written into memory.

@inline function mask(index: usize): u32 {
  return load<u32>(SCREEN + (index << 2));
}
// In the order of SCREEN_MASKS in order/screen.ts.
const PAID = 0, SETTLED = 1, CLOSED = 2, OPEN = 3, CANCELLED = 4, CANCEL = 5, REFUSED = 6, ALREADY_PAID = 7, UNKNOWN = 8, UNSIGNED_TEXTS = 9;
const ORDINARY = 10, TELLING = 11;
const EXCHANGE: u32 = 1;
const TOTAL_FEE: usize = 2, FEE_TYPE: usize = 3, PAY_MCH_ORDER_NO: usize = 5, TIME_STAMP: usize = 6;

/** The next row of a chain that has the key of `row`, from `other` on; 0 where there is none. */
@inline function likewise(row: usize, other: usize): usize {
  let one = other;
  while (one != 0 && !sameKey(row, one)) one = nextOf(one);
  return one;
}

/** Whether the rows of the key of `first`, which is the first of them in its chain, could show something. */
export function shows(first: usize): bool {
  let row = likewise(first, nextOf(first));
  if (row == 0) return (kindOf(first) & mask(ORDINARY)) == mask(TELLING);
  if (isNonce(first)) return true;
  let all: u32 = 0, cancels = 0;
  let exchange = false;
  let settled = Infinity, closed = Infinity, open = -Infinity;
  for (row = first; row != 0; row = likewise(first, nextOf(row))) {
    const says = saysOf(row), at = timeOf(row);
    all |= says;
    if (says & mask(CANCEL)) cancels += 1;
    if (formOf(row) == EXCHANGE) exchange = true;
    if (says & mask(SETTLED) && at < settled) settled = at;
    if (says & mask(CLOSED) && at < closed) closed = at;
    if (says & mask(OPEN) && at > open) open = at;
  }
  const refused = (all & mask(REFUSED)) != 0 || ((all & mask(ALREADY_PAID)) != 0 && (all & mask(OPEN)) != 0);
  if ((all & mask(PAID)) != 0 && ((all & (mask(CANCELLED) | mask(CLOSED))) != 0 || refused)) return true;
  if ((all & mask(CLOSED)) != 0 && (all & mask(CANCELLED)) == 0 && exchange) return true;
  if (open > settled || open > closed || cancels > 1 || (all & mask(UNKNOWN)) != 0) return true;
  return contradicts(first, TOTAL_FEE) || contradicts(first, FEE_TYPE) || contradicts(first, PAY_MCH_ORDER_NO) || stampsBack(first);
}

/** Whether signed answers disagree on a text. */
function contradicts(first: usize, text: usize): bool {
  let before: usize = 0;
  for (let row = first; row != 0; row = likewise(first, nextOf(row))) {
    if (saysOf(row) & mask(UNSIGNED_TEXTS) || lengthOf(row, TOTAL_FEE) == 0 || lengthOf(row, text) == 0) continue;
    if (before == 0) before = row;
    else if (!sameText(before, row, text)) return true;
  }
  return false;
}

/** Whether a later request carries an earlier time stamp. */
function stampsBack(first: usize): bool {
  for (let a = first; a != 0; a = likewise(first, nextOf(a))) {
    if (lengthOf(a, TIME_STAMP) != 14) continue;
    for (let b = first; b != 0; b = likewise(first, nextOf(b)))
      if (lengthOf(b, TIME_STAMP) == 14 && timeOf(a) < timeOf(b) && isAfter(textOf(a, TIME_STAMP), textOf(b, TIME_STAMP))) return true;
  }
  return false;
}

/** Whether one text of 14 bytes comes after another. */
function isAfter(a: usize, b: usize): bool {
  const high = bswap<u64>(load<u64>(a)), other = bswap<u64>(load<u64>(b));
  return high != other ? high > other : bswap<u64>(load<u64>(a, 6)) > bswap<u64>(load<u64>(b, 6));
}
