import { CHAIN_NEXT, CHAIN_ROWS, CHAIN_SLOTS, OUT } from "./layout";

// Chains the rows of spilled facts by their first hash, as ScriptChainer of order/chains.ts does, once no chunk is to be
// judged any more: the memory of all else is used.

const LENGTH: u32 = 0xfffff;
const NONCE: u32 = 1 << 20;
const SHORT_CHAIN: u32 = 8;

/** Chains so many bytes of rows; returns how many chains are to be looked at, their heads being listed; OUT: orders that are done. */
export function chain(bytes: u32, ordinary: u32, telling: u32): u32 {
  let slots: u32 = 16;
  while (slots * 24 < bytes) slots <<= 1;
  memory.fill(CHAIN_SLOTS, 0, <usize>slots << 2);
  for (let row: u32 = 0; row < bytes; row += load<u32>(CHAIN_ROWS + row) & LENGTH) {
    const slot = CHAIN_SLOTS + <usize>((load<u32>(CHAIN_ROWS + row, 4) & (slots - 1)) << 2);
    store<u32>(next(row), load<u32>(slot));
    store<u32>(slot, row + 1);
  }
  let heads: u32 = 0;
  let orders: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot += 1) {
    const head = load<u32>(CHAIN_SLOTS + (slot << 2));
    if (head == 0) continue;
    const done = alone(head - 1, ordinary, telling);
    if (done < 0) {
      store<u32>(CHAIN_SLOTS + (heads << 2), head - 1);
      heads += 1;
    } else orders += done;
  }
  store<u32>(OUT, orders);
  return heads;
}

@inline function next(row: u32): usize {
  return CHAIN_NEXT + <usize>((row >> 5) << 2);
}

/** The orders of a chain in which every row is the only one of its key and shows nothing; -1 where that is not certain. */
function alone(head: u32, ordinary: u32, telling: u32): i32 {
  let orders = 0;
  let length: u32 = 0;
  for (let one = head + 1; one != 0; one = load<u32>(next(one - 1))) {
    const kind = load<u32>(CHAIN_ROWS + one - 1), hash = load<u32>(CHAIN_ROWS + one - 1, 4);
    length += 1;
    if ((kind & ordinary) == telling || length > SHORT_CHAIN) return -1;
    if ((kind & NONCE) == 0) orders += 1;
    for (let other = load<u32>(next(one - 1)); other != 0; other = load<u32>(next(other - 1)))
      if (load<u32>(CHAIN_ROWS + other - 1, 4) == hash) return -1;
  }
  return orders;
}
