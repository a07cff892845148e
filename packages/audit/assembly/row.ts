import { CHAIN_NEXT, CHAIN_ROWS } from "./layout";
import { same } from "./text";

// Reads rows of facts (order/rows.ts) where they lie in chains; 0 is no row.

export const LENGTH: u32 = 0xfffff;
const NONCE: u32 = 1 << 20;
const LONG: u32 = 1 << 23;
const TIMED: u32 = 1 << 29;
/** Where the texts of a row begin that is not long, without its time. */
const BEHIND: usize = 32;

@inline export function kindOf(row: usize): u32 {
  return load<u32>(row);
}
@inline export function isNonce(row: usize): bool {
  return (kindOf(row) & NONCE) != 0;
}
@inline export function isLong(row: usize): bool {
  return (kindOf(row) & LONG) != 0;
}
@inline export function saysOf(row: usize): u32 {
  return 1 << ((kindOf(row) >> 24) & 31);
}
@inline export function formOf(row: usize): u32 {
  return (kindOf(row) >> 21) & 3;
}
/** Milliseconds since 1970, NaN where the record has no time. */
@inline export function timeOf(row: usize): f64 {
  return kindOf(row) & TIMED ? load<f64>(row, BEHIND) : NaN;
}

/** A row by its offset plus 1, as chains hold it. */
@inline export function rowAt(link: u32): usize {
  return link == 0 ? 0 : CHAIN_ROWS + <usize>link - 1;
}
/** Where the row behind a row in its chain is noted. */
@inline export function linkOf(row: usize): usize {
  return CHAIN_NEXT + (((row - CHAIN_ROWS) >> 5) << 2);
}
@inline export function nextOf(row: usize): usize {
  return rowAt(load<u32>(linkOf(row)));
}

/** Bytes of a text of a row that is not long. */
@inline export function lengthOf(row: usize, text: usize): usize {
  return <usize>load<u8>(row + text, 24);
}
/** Where it begins. */
export function textOf(row: usize, text: usize): usize {
  let at = row + BEHIND + (kindOf(row) & TIMED ? 8 : 0);
  for (let i: usize = 0; i < text; i += 1) at += lengthOf(row, i);
  return at;
}

/** Whether a text of two rows is the same. */
export function sameText(a: usize, b: usize, text: usize): bool {
  return same(textOf(a, text), lengthOf(a, text), textOf(b, text), lengthOf(b, text));
}

/** Whether two rows that are not long are about the same order, or the same nonce. */
export function sameKey(a: usize, b: usize): bool {
  if (load<u64>(a, 4) != load<u64>(b, 4) || isNonce(a) != isNonce(b)) return false;
  return sameText(a, b, 0) && sameText(a, b, 1);
}
