import { mark } from "./cursor";
import { facts } from "./facts";
import {
  END, EXCEPTIONS, INPUT, LANE_BYTES, LANES, LINE, MOST_EXCEPTIONS, MOST_SLOTS, OUT, SLOT_BYTES, SLOTS, START, UNSIGNED,
  USES, WAITING,
} from "./layout";
import { md5 } from "./md5";
import { read, unsignedFields } from "./record";
import { verify } from "./rsa";

export { chain } from "./chains";
export { setHint, setMerchants } from "./exchange";
export { setFacts } from "./facts";
export { verify } from "./rsa";

// Judges a chunk of lines: what is ordinary and valid is counted and becomes facts; all else is listed as an exception.
// OUT: 0 records that are done, 4 of them valid, 8 exceptions, 12 lines.

let chunk: u32 = 0;

/**
 * Runs over the input's bytes from `first`, at which a line begins, to `length`; returns where to go on, before the end
 * where no more exceptions fit. `lines` were there before.
 */
export function run(first: u32, length: u32, lines: u32, seq: u32): u32 {
  chunk = seq;
  memory.fill(OUT, 0, 16);
  for (let slot = 0; slot < MOST_SLOTS; slot += 1) {
    store<u32>(slotAt(slot) + WAITING, 0);
    store<u32>(slotAt(slot) + USES, 0);
  }
  const stop = INPUT + length;
  let start = INPUT + first;
  let line = lines;
  while (start < stop && load<u32>(OUT + 8) < MOST_EXCEPTIONS) {
    const end = mark(start);
    if (load<u8>(start) == 0x7b || !isBlank(start, end)) take(start, end, line);
    line += 1;
    start = end + 1;
  }
  for (let slot = 0; slot < MOST_SLOTS; slot += 1) if (load<u32>(slotAt(slot) + WAITING) != 0) flush(slotAt(slot));
  store<u32>(OUT + 12, line);
  return <u32>(start - INPUT);
}

@inline function slotAt(slot: i32): usize {
  return SLOTS + <usize>slot * SLOT_BYTES;
}

function isBlank(from: usize, end: usize): bool {
  for (let p = from; p < end; p += 1) {
    const byte = load<u8>(p);
    if (byte != 0x20 && byte != 0x09 && byte != 0x0d) return false;
  }
  return true;
}

function take(start: usize, end: usize, line: u32): void {
  const found = read(start, end, line);
  if (found == -1) {
    except(start, end, line);
    return;
  }
  if (found == -2) {
    unsignedFields(UNSIGNED);
    store<u32>(UNSIGNED + START, <u32>start);
    store<u32>(UNSIGNED + LINE, line);
    facts(UNSIGNED, chunk);
    store<u32>(OUT, load<u32>(OUT) + 1);
    return;
  }
  const slot = slotAt(found);
  const waiting = load<u32>(slot + WAITING) + 1;
  store<u32>(slot + WAITING, waiting);
  if (waiting == 8) flush(slot);
}

function except(start: usize, end: usize, line: u32): void {
  const count = load<u32>(OUT + 8);
  const at = EXCEPTIONS + <usize>count * 12;
  store<u32>(at, <u32>(start - INPUT));
  store<u32>(at + 4, <u32>(end - INPUT));
  store<u32>(at + 8, line);
  store<u32>(OUT + 8, count + 1);
}

/** Verifies the messages that wait in a slot. */
function flush(slot: usize): void {
  const waiting = load<u32>(slot + WAITING);
  md5(slot + LANES);
  const valid = verify(slot);
  for (let i: u32 = 0; i < waiting; i += 1) {
    const lane = slot + LANES + <usize>i * LANE_BYTES;
    if (valid & (1 << i)) {
      facts(lane, chunk);
      store<u32>(OUT, load<u32>(OUT) + 1);
      store<u32>(OUT + 4, load<u32>(OUT + 4) + 1);
      store<u32>(slot + USES, load<u32>(slot + USES) + 1);
    } else except(load<u32>(lane + START), load<u32>(lane + END), load<u32>(lane + LINE));
  }
  store<u32>(slot + WAITING, 0);
}
