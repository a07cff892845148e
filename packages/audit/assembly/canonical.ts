import { DATA_COUNT } from "./labels";
import { EXTRAS, LABELS, LENGTH, TEXT, TEXT_BYTES, UNESCAPED, UNESCAPED_BYTES, VALUES } from "./layout";
import { compare, ESCAPED, extras, present } from "./members";
import { copy, unescape } from "./text";

// The canonical text that is signed.

/** Writes the canonical text of the members into a lane (SIG-002, SIG-003); false where it does not fit. */
export function canonical(lane: usize): bool {
  let to = lane + TEXT;
  let next = 0;
  spare = lane + UNESCAPED;
  textEnd = to + TEXT_BYTES - 128;
  spareEnd = spare + UNESCAPED_BYTES;
  for (let place = 0; place < DATA_COUNT; place += 1) {
    if ((present & (1 << place)) == 0) continue;
    const name = LABELS + (<usize>place << 5) + 1, nameLength = <usize>load<u8>(name, 30) - 3;
    while (next < extras) {
      const other = EXTRAS + (<usize>next << 5);
      if (compare(load<u32>(other), load<u32>(other, 4), name, nameLength) > 0) break;
      to = pair(load<u32>(other), load<u32>(other, 4), other + 8, to);
      if (to == 0) return false;
      next += 1;
    }
    to = pair(name, nameLength, VALUES + (<usize>place << 4), to);
    if (to == 0) return false;
  }
  while (next < extras) {
    const other = EXTRAS + (<usize>next << 5);
    to = pair(load<u32>(other), load<u32>(other, 4), other + 8, to);
    if (to == 0) return false;
    next += 1;
  }
  store<u32>(lane + LENGTH, <u32>(to - lane - TEXT));
  return true;
}

let textEnd: usize = 0;
// Where the next text without its escapes goes.
let spare: usize = 0;
let spareEnd: usize = 0;

/** Writes one pair; returns where it ends, 0 where it does not fit. */
@inline function pair(name: usize, nameLength: usize, value: usize, to: usize): usize {
  if (load<u32>(value, 8) & ESCAPED && !plain(value)) return 0;
  const from = <usize>load<u32>(value), length = <usize>load<u32>(value, 4);
  const middle = to + nameLength + 1, end = middle + length;
  if (end > textEnd) return 0;
  copy(to, name, nameLength);
  store<u8>(middle - 1, 0x3d);
  copy(middle, from, length);
  return end;
}

/** Writes a value without its escapes; it is known by that from then on. */
function plain(value: usize): bool {
  const from = <usize>load<u32>(value), length = <usize>load<u32>(value, 4);
  if (spare + length > spareEnd) return false;
  const end = unescape(from, from + length, spare);
  if (end == 0) return false;
  store<u32>(value, <u32>spare);
  store<u32>(value, <u32>(end - spare), 4);
  spare = end;
  return true;
}
