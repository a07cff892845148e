import { canonical } from "./canonical";
import { high, mark, skip } from "./cursor";
import { code, hasCode, hasMembers, reset, sign, signDigits } from "./envelope";
import { appid, appidLength, at, endpoint, nonce, nonceLength, order, orderLength, record, stamp, stampLength, wrapped } from "./exchange";
import {
  AT, DIGITS, END, FIELDS, FORM, FROM, LANE_BYTES, LANES, LINE, MOST_SLOTS, RESULTS, SAYS, SLOT_BYTES, SLOTS, START, UNTIL, VALUES,
  WAITING,
} from "./layout";
import { present } from "./members";
import { decode } from "./signature";
import { isUtf8, same } from "./text";

// Reads one record as far as it is ordinary. Whatever is not gives -1, and the record goes to the exact path.

const ALL: u32 = 0xffff;
let says: i32 = 0;

/** What became of a record: -1 for the exact path, -2 unsigned and done, else the slot that it waits in. */
export function read(start: usize, end: usize, line: u32): i32 {
  if (high && !isUtf8(start, end)) return -1;
  reset();
  says = 0;
  const brace = skip(start);
  if (load<u8>(brace) != 0x7b) return -1;
  const last = record(brace);
  if (last == 0 || skip(last) != end || !hasCode) return -1;
  return sign == 0 ? unsigned() : signed(start, end, line);
}

// The places of the members that facts are made of, in signing order.
const APPID = 0, FEE_TYPE = 6, MCH_ORDER_NO = 8, PAY_MCH_ORDER_NO = 11, RESULT = 13, TIME_END = 14, TOTAL_FEE = 15;

@inline function valueAt(place: i32): usize {
  return <usize>load<u32>(VALUES + (<usize>place << 4));
}
@inline function lengthAt(place: i32): usize {
  return <usize>load<u32>(VALUES + (<usize>place << 4) + 4);
}

/** An answer of cancel_order, or a refusal: not signed by design. */
function unsigned(): i32 {
  if (hasMembers) return -1;
  if (endpoint != 3) return code == 0 && endpoint != 0 ? -1 : -2;
  says = 10 - code;
  return -2;
}

function signed(start: usize, end: usize, line: u32): i32 {
  if (!hasMembers || endpoint == 3) return -1;
  const complete = present == ALL;
  if (!complete && (endpoint != 0 || !(present & (1 << MCH_ORDER_NO)) || present == 0)) return -1;
  let slot = slotFor(signDigits);
  if (slot < 0) return -1;
  const base = SLOTS + <usize>slot * SLOT_BYTES;
  const from = load<f64>(base + FROM), until = load<f64>(base + UNTIL);
  if (at < from || at > until) return -1;
  const lane = load<u32>(base + WAITING);
  const here = base + LANES + <usize>lane * LANE_BYTES;
  if (!decode(base, here)) return -1;
  if (!canonical(here)) return -1;
  if (!meaning()) return -1;
  if (!fields(here)) return -1;
  store<u32>(here + START, <u32>start);
  store<u32>(here + END, <u32>end);
  store<u32>(here + LINE, line);
  store<u8>(here + SAYS, <u8>says);
  store<u8>(here + FORM, endpoint == 2 ? 2 : wrapped ? 1 : 0);
  store<f64>(here + AT, at);
  return slot;
}

function slotFor(digits: usize): i32 {
  for (let slot = 0; slot < MOST_SLOTS; slot += 1) {
    if (<usize>load<u32>(SLOTS + <usize>slot * SLOT_BYTES + DIGITS) == digits) return slot;
  }
  return -1;
}

/** The answer is about the order that was asked for, and its result is documented. */
function meaning(): bool {
  if (order != 0 && present & (1 << MCH_ORDER_NO) && !same(order, orderLength, valueAt(MCH_ORDER_NO), lengthAt(MCH_ORDER_NO))) return false;
  if (appid != 0 && present & (1 << APPID) && !same(appid, appidLength, valueAt(APPID), lengthAt(APPID))) return false;
  if ((present & (1 << RESULT)) == 0) return true;
  for (let i: usize = 0; i < 9; i += 1) {
    const known = RESULTS + (i << 5);
    if (same(valueAt(RESULT), lengthAt(RESULT), known, load<u8>(known + 16))) {
      says = load<u8>(known + 17);
      return true;
    }
  }
  return false;
}

@inline function field(lane: usize, index: usize, from: usize, length: usize): void {
  store<u32>(lane + FIELDS + (index << 3), <u32>from);
  store<u32>(lane + FIELDS + (index << 3) + 4, <u32>length);
}
@inline function member(lane: usize, index: usize, place: i32): void {
  const there = (present & (1 << place)) != 0 && says != 0;
  field(lane, index, there ? valueAt(place) : 0, there ? lengthAt(place) : 0);
}

/** The texts of a fact have less than 256 bytes: rows hold their lengths in a byte each. */
@inline function short(place: i32): bool {
  return (present & (1 << place)) == 0 || lengthAt(place) < 256;
}

/** What the fact of a signed answer is made of. */
function fields(lane: usize): bool {
  const merchant = appid != 0 ? appidLength : present & (1 << APPID) ? lengthAt(APPID) : 0;
  const number = order != 0 ? orderLength : present & (1 << MCH_ORDER_NO) ? lengthAt(MCH_ORDER_NO) : 0;
  if (merchant > 255 || number > 255) return false;
  field(lane, 0, appid != 0 ? appid : valueAt(APPID), merchant);
  field(lane, 1, order != 0 ? order : valueAt(MCH_ORDER_NO), number);
  member(lane, 2, TOTAL_FEE);
  member(lane, 3, FEE_TYPE);
  member(lane, 4, TIME_END);
  member(lane, 5, PAY_MCH_ORDER_NO);
  field(lane, 6, stamp, stamp != 0 ? stampLength : 0);
  field(lane, 7, nonce, nonce != 0 ? nonceLength : 0);
  return short(TOTAL_FEE) && short(FEE_TYPE) && short(TIME_END) && short(PAY_MCH_ORDER_NO);
}

/** The same for a record that nobody signs: written to the place that facts of one record are made from. */
export function unsignedFields(lane: usize): void {
  field(lane, 0, appid, appid != 0 ? appidLength : 0);
  field(lane, 1, order, order != 0 ? orderLength : 0);
  for (let i: usize = 2; i < 6; i += 1) field(lane, i, 0, 0);
  field(lane, 6, stamp, stamp != 0 ? stampLength : 0);
  field(lane, 7, nonce, nonce != 0 ? nonceLength : 0);
  store<u8>(lane + SAYS, <u8>says);
  store<u8>(lane + FORM, endpoint == 2 ? 2 : wrapped ? 1 : 0);
  store<f64>(lane + AT, at);
}
