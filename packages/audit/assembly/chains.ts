import { CHAIN_ROWS, CHAIN_SLOTS, OUT } from "./layout";
import { isLong, isNonce, kindOf, LENGTH, linkOf, nextOf, rowAt, sameKey } from "./row";
import { shows } from "./screen";

// Chains the rows of spilled facts by their first hash, as ScriptChainer of order/chains.ts does, and passes over the chains
// that can show nothing. It runs once no chunk is to be judged any more: the memory of all else is used.

/** Longer chains are looked at in JavaScript. */
const LONGEST: u32 = 16;

/** Chains so many bytes of rows; returns how many chains are to be looked at, their heads being listed; OUT: orders that are done. */
export function chain(bytes: u32): u32 {
  let slots: u32 = 16;
  while (slots * 24 < bytes) slots <<= 1;
  memory.fill(CHAIN_SLOTS, 0, <usize>slots << 2);
  const end = CHAIN_ROWS + <usize>bytes;
  for (let row = CHAIN_ROWS; row < end; row += <usize>(kindOf(row) & LENGTH)) {
    const slot = CHAIN_SLOTS + <usize>((load<u32>(row, 4) & (slots - 1)) << 2);
    store<u32>(linkOf(row), load<u32>(slot));
    store<u32>(slot, <u32>(row - CHAIN_ROWS) + 1);
  }
  let heads: u32 = 0;
  let orders: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot += 1) {
    const head = load<u32>(CHAIN_SLOTS + <usize>(slot << 2));
    if (head == 0) continue;
    const done = ordersOf(rowAt(head));
    if (done < 0) {
      store<u32>(CHAIN_SLOTS + <usize>(heads << 2), head - 1);
      heads += 1;
    } else orders += done;
  }
  store<u32>(OUT, orders);
  return heads;
}

/** The orders of a chain that can show nothing; -1 where that is not certain. */
function ordersOf(head: usize): i32 {
  let orders = 0;
  let length: u32 = 0;
  for (let row = head; row != 0; row = nextOf(row)) {
    length += 1;
    if (length > LONGEST || isLong(row)) return -1;
  }
  for (let row = head; row != 0; row = nextOf(row)) {
    if (!isFirst(head, row)) continue;
    if (shows(row)) return -1;
    if (!isNonce(row)) orders += 1;
  }
  return orders;
}

/** Whether no row before this one in its chain has its key. */
function isFirst(head: usize, row: usize): bool {
  for (let one = head; one != row; one = nextOf(one)) if (sameKey(one, row)) return false;
  return true;
}
