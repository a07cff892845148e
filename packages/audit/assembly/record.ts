import {
  AT, DIGITS, END, EXTRAS, FIELDS, FORM, FROM, HEX, LANE_BYTES, LANES, LENGTH, LINE, MODULUS, MOST_SLOTS,
  NAME_LENGTHS, NAME_TABLE, NAME_TYPES, NAMES, RESULTS, SAYS, SIGNATURE, SLOT_BYTES, SLOTS, START, TEXT, TEXT_BYTES, UNESCAPED,
  UNESCAPED_BYTES, UNTIL, VALUES, WAITING,
} from "./layout";
import { copy, escaped, isUtf8, same, stringEnd, unescape } from "./text";

// Reads one record as far as it is ordinary. Whatever is not gives false, and the record goes to the exact path.

const DOCUMENTED: i32 = 16;
const ALL: u32 = 0xffff;

/** What the configuration says of records that name no endpoint: 0 nothing, 1 query, 2 webhook. */
export let hint: i32 = 0;
export function setHint(value: i32): void {
  hint = value;
}
/** Whether requests' signatures are to be verified: then a request with one is for the exact path. */
export let merchants: bool = false;
export function setMerchants(value: bool): void {
  merchants = value;
}

let p: usize = 0;
let endpoint: i32 = 0; // 0 none, 1 query, 2 webhook, 3 cancel
let wrapped: bool = false;
let at: f64 = NaN;
let code: i32 = 0;
let hasCode: bool = false;
let dataText: bool = false;
let members: usize = 0; // the place of data's opening brace, 0 for none
let sign: usize = 0;
let signDigits: usize = 0;
let present: u32 = 0;
let extras: i32 = 0;
let says: i32 = 0;
// The request's fields: pointer and length, pointer 0 where it is not there.
let appid: usize = 0, appidLength: usize = 0;
let order: usize = 0, orderLength: usize = 0;
let stamp: usize = 0, stampLength: usize = 0;
let nonce: usize = 0, nonceLength: usize = 0;

/** What became of a record: -1 for the exact path, -2 unsigned and done, else the slot that it waits in. */
export function read(start: usize, end: usize, line: u32): i32 {
  if (!isUtf8(start, end)) return -1;
  p = start;
  endpoint = hint;
  wrapped = false;
  at = NaN;
  hasCode = false;
  dataText = false;
  members = 0;
  sign = 0;
  appid = 0;
  order = 0;
  stamp = 0;
  nonce = 0;
  says = 0;
  space();
  if (load<u8>(p) != 0x7b || !top()) return -1;
  space();
  if (p != end || !hasCode) return -1;
  if (wrapped && !(orderLength < 256 && appidLength < 256)) return -1;
  if (sign == 0) return unsigned(start, end, line);
  return signed(start, end, line);
}

@inline function space(): void {
  let byte = load<u8>(p);
  while (byte == 0x20 || byte == 0x09 || byte == 0x0d) {
    p += 1;
    byte = load<u8>(p);
  }
}

let key: usize = 0;
let keyLength: usize = 0;

/** Reads `"name":` with a name that holds no escape; `p` is then at the value. */
function name(): bool {
  space();
  if (load<u8>(p) != 0x22) return false;
  key = p + 1;
  const end = stringEnd(key, true);
  if (end == 0 || escaped) return false;
  keyLength = end - key;
  p = end + 1;
  space();
  if (load<u8>(p) != 0x3a) return false;
  p += 1;
  space();
  return true;
}

/** After a value: 1 for another member, 0 for the end of the object, -1 for anything else. */
@inline function next(): i32 {
  space();
  const byte = load<u8>(p);
  p += 1;
  return byte == 0x2c ? 1 : byte == 0x7d ? 0 : -1;
}

@inline function is4(text: u32): bool {
  return keyLength == 4 && load<u32>(key) == text;
}

/** The record's object: an exchange or an envelope, by its first name. */
function top(): bool {
  const begin = p;
  p += 1;
  if (!name()) return false;
  const known = is("at") || is("endpoint") || is("request") || is("response") || is("status");
  p = begin;
  return known ? exchange() : envelope();
}

/** Whether the name in hand is this one; the texts are few and short. */
@inline function is(text: string): bool {
  if (keyLength != text.length) return false;
  for (let i = 0; i < text.length; i += 1) if (load<u8>(key + i) != <u8>text.charCodeAt(i)) return false;
  return true;
}

function exchange(): bool {
  wrapped = true;
  let seen = 0;
  let more = 1;
  p += 1;
  let named = false;
  while (more == 1) {
    if (!name()) return false;
    let bit = 0;
    if (is("at")) {
      bit = 1;
      if (!time()) return false;
    } else if (is("endpoint")) {
      bit = 2;
      if (!endpointName()) return false;
      named = true;
    } else if (is("request")) {
      bit = 4;
      if (load<u8>(p) != 0x7b || !request()) return false;
    } else if (is("response")) {
      bit = 8;
      if (load<u8>(p) != 0x7b || !envelope()) return false;
    } else if (is("status")) {
      bit = 16;
      if (load<u8>(p) != 0x32 || load<u8>(p + 1) != 0x30 || load<u8>(p + 2) != 0x30) return false;
      p += 3;
    } else return false;
    if (seen & bit) return false;
    seen |= bit;
    more = next();
  }
  return more == 0 && (seen & 8) != 0;
}

function endpointName(): bool {
  if (load<u8>(p) != 0x22) return false;
  const from = p + 1;
  const end = stringEnd(from, false);
  if (end == 0 || escaped) return false;
  let last = from;
  for (let q = from; q < end; q += 1) {
    const byte = load<u8>(q);
    if (byte == 0x3f) return false;
    if (byte == 0x2f) last = q + 1;
  }
  key = last;
  keyLength = end - last;
  endpoint = is("gateway_order_query") ? 1 : is("mch_notify_url") ? 2 : is("cancel_order") ? 3 : 0;
  p = end + 1;
  return endpoint != 0;
}

@inline function digit(q: usize): i32 {
  return <i32>load<u8>(q) - 0x30;
}
function two(q: usize): i32 {
  const a = digit(q), b = digit(q + 1);
  return <u32>a > 9 || <u32>b > 9 ? -1 : a * 10 + b;
}

/** `2024-01-01T00:00:00Z`, with or without milliseconds, or an integer of seconds or milliseconds. */
function time(): bool {
  if (load<u8>(p) != 0x22) {
    let value: f64 = 0;
    const from = p;
    while (<u32>digit(p) <= 9) {
      value = value * 10 + <f64>digit(p);
      p += 1;
    }
    if (p == from || p - from > 15 || (p - from > 1 && load<u8>(from) == 0x30)) return false;
    const after = load<u8>(p);
    if (after != 0x2c && after != 0x7d && after != 0x20) return false;
    at = value < 1e11 ? value * 1000 : value;
    return true;
  }
  const q = p + 1;
  const century = two(q), years = two(q + 2), month = two(q + 5), day = two(q + 8);
  const hour = two(q + 11), minute = two(q + 14), second = two(q + 17);
  if (century < 19 || years < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23) return false;
  if (minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  if (load<u8>(q + 4) != 0x2d || load<u8>(q + 7) != 0x2d || load<u8>(q + 10) != 0x54) return false;
  if (load<u8>(q + 13) != 0x3a || load<u8>(q + 16) != 0x3a || day > 28) {
    if (day <= 28 || day > (month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)) return false;
    if (load<u8>(q + 13) != 0x3a || load<u8>(q + 16) != 0x3a) return false;
  }
  let millis = 0;
  let end = q + 19;
  if (load<u8>(end) == 0x2e) {
    const tens = two(end + 1), ones = digit(end + 3);
    if (tens < 0 || <u32>ones > 9) return false;
    millis = tens * 10 + ones;
    end += 4;
  }
  if (load<u8>(end) != 0x5a || load<u8>(end + 1) != 0x22) return false;
  p = end + 2;
  at = <f64>days(century * 100 + years, month, day) * 86400000 + <f64>((hour * 60 + minute) * 60 + second) * 1000 + <f64>millis;
  return true;
}

/** Days since 1970 (proleptic Gregorian). */
function days(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400, ofEra = y - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}

/** A flat request of the documented fields, texts without escapes. */
function request(): bool {
  let seen = 0;
  let more = 1;
  p += 1;
  while (more == 1) {
    if (!name() || load<u8>(p) != 0x22) return false;
    const bit = is("appid") ? 1 : is("mch_order_no") ? 2 : is("nonce_str") ? 4 : is("time_stamp") ? 8 : is("sign") ? 16 : is("lang") ? 32 : 0;
    if (bit == 0 || seen & bit) return false;
    seen |= bit;
    const from = p + 1;
    const end = stringEnd(from, true);
    if (end == 0 || escaped) return false;
    const length = end - from;
    if (bit == 1) {
      appid = from;
      appidLength = length;
    } else if (bit == 2) {
      order = from;
      orderLength = length;
    } else if (bit == 4) {
      nonce = from;
      nonceLength = length;
    } else if (bit == 8) {
      stamp = from;
      stampLength = length;
    }
    p = end + 1;
    more = next();
  }
  if (more != 0 || (seen & 1) == 0) return false;
  if (appidLength > 32 || orderLength > 32 || nonceLength > 32 || stampLength > 32) return false;
  if ((seen & 16) == 0) return true;
  return !merchants && (seen & 13) == 13 && appidLength > 0 && nonceLength > 0 && stampLength > 0;
}

function envelope(): bool {
  let seen = 0;
  let more = 1;
  p += 1;
  while (more == 1) {
    if (!name()) return false;
    let bit = 0;
    const first = load<u8>(p);
    if (is("code")) {
      bit = 1;
      if (!codeNumber()) return false;
    } else if (is("data")) {
      bit = 2;
      if (first == 0x7b) {
        members = p;
        if (!data()) return false;
      } else {
        dataText = true;
        if (!text()) return false;
      }
    } else if (is("sign")) {
      bit = 4;
      sign = p + 1;
      if (!text() || escaped) return false;
      signDigits = p - 1 - sign;
      if (signDigits == 0) return false;
    } else {
      bit = is("msg") ? 8 : is("message") ? 16 : is("lang") ? 32 : is("status_msg") ? 64 : is("version") ? 128 : is("time_stamp") ? 256 : 0;
      if (bit == 0 || !text()) return false;
    }
    if (seen & bit) return false;
    seen |= bit;
    more = next();
  }
  return more == 0;
}

function text(): bool {
  if (load<u8>(p) != 0x22) return false;
  const end = stringEnd(p + 1, true);
  p = end + 1;
  return end != 0;
}

/** The documented codes, -6 to 0. */
function codeNumber(): bool {
  const negative = load<u8>(p) == 0x2d;
  if (negative) p += 1;
  const value = digit(p);
  p += 1;
  const after = load<u8>(p);
  if (after != 0x2c && after != 0x7d && after != 0x20) return false;
  if (value < 0 || value > 6 || (negative ? value == 0 : value != 0)) return false;
  code = negative ? -value : 0;
  hasCode = true;
  return true;
}

/** The members of `data`: texts without `=`, and plain integers. */
function data(): bool {
  present = 0;
  extras = 0;
  let more = 1;
  p += 1;
  space();
  while (more == 1) {
    if (!name() || keyLength == 0) return false;
    const place = documented();
    let from = p, length: usize = 0, kind: u32 = 0;
    if (load<u8>(p) == 0x22) {
      from = p + 1;
      const end = stringEnd(from, false);
      if (end == 0) return false;
      length = end - from;
      kind = escaped ? 3 : 1;
      p = end + 1;
    } else {
      if (load<u8>(p) == 0x2d) p += 1;
      const first = p;
      while (<u32>digit(p) <= 9) p += 1;
      const count = p - first;
      if (count == 0 || count > 15 || (count > 1 && load<u8>(first) == 0x30)) return false;
      const after = load<u8>(p);
      if (after != 0x2c && after != 0x7d && after != 0x20) return false;
      length = p - from;
      kind = 2;
    }
    if (place >= 0) {
      if (present & (1 << place)) return false;
      present |= 1 << place;
      if ((load<u8>(NAME_TYPES + place) & (kind & 1 ? 1 : 2)) == 0) return false;
      const value = VALUES + (<usize>place << 4);
      store<u32>(value, <u32>from);
      store<u32>(value + 4, <u32>length);
      store<u32>(value + 8, kind);
    } else if (!extra(from, length, kind)) return false;
    more = next();
  }
  return more == 0;
}

/** The place of the name in hand among the documented ones, or -1. */
@inline function documented(): i32 {
  if (keyLength > 16) return -1;
  const place = <i32>load<u8>(NAME_TABLE + (keyLength << 8) + load<u8>(key)) - 1;
  if (place < 0) return -1;
  const equal = i8x16.bitmask(i8x16.eq(v128.load(key), v128.load(NAMES + (<usize>place << 5))));
  const wanted = (1 << <i32>keyLength) - 1;
  return (equal & wanted) == wanted ? place : -1;
}

/** Keeps a member that is not documented, in order of names; not where its name ends in a documented one. */
function extra(from: usize, length: usize, kind: u32): bool {
  if (extras >= 16 || keyLength > 64 || is("business_mode")) return false;
  for (let place = 0; place < DOCUMENTED; place += 1) {
    const known = <usize>load<u8>(NAME_LENGTHS + place);
    if (keyLength < known) continue;
    if (same(key + keyLength - known, known, NAMES + (<usize>place << 5), known)) return false;
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
  store<u32>(place + 8, <u32>from);
  store<u32>(place + 12, <u32>length);
  store<u32>(place + 16, kind);
  extras += 1;
  return true;
}

function compare(a: usize, aLength: usize, b: usize, bLength: usize): i32 {
  const shorter = min(aLength, bLength);
  for (let i: usize = 0; i < shorter; i += 1) {
    const difference = <i32>load<u8>(a + i) - <i32>load<u8>(b + i);
    if (difference != 0) return difference;
  }
  return <i32>aLength - <i32>bLength;
}

// The places of the members that facts are made of, in signing order.
export const APPID = 0, FEE_TYPE = 6, MCH_ORDER_NO = 8, PAY_MCH_ORDER_NO = 11, RESULT = 13, TIME_END = 14, TOTAL_FEE = 15;

@inline function valueAt(place: i32): usize {
  return <usize>load<u32>(VALUES + (<usize>place << 4));
}
@inline function lengthAt(place: i32): usize {
  return <usize>load<u32>(VALUES + (<usize>place << 4) + 4);
}

/** An answer of cancel_order, or a refusal: not signed by design. */
function unsigned(start: usize, end: usize, line: u32): i32 {
  if (members != 0) return -1;
  if (endpoint != 3) return code == 0 && endpoint != 0 ? -1 : -2;
  says = 10 - code;
  return -2;
}

function signed(start: usize, end: usize, line: u32): i32 {
  if (members == 0 || endpoint == 3) return -1;
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

/** Decodes the signature's hex into a lane, the lowest byte first; it must be below the modulus. */
function decode(base: usize, lane: usize): bool {
  const to = lane + SIGNATURE;
  const bytes = signDigits >> 1;
  let bad = i8x16.splat(0);
  let done: usize = 0;
  let from = sign + signDigits - 32;
  for (; done + 16 <= bytes; done += 16) {
    const first = v128.load(from), second = v128.load(from + 16);
    const high = nibbles(first), low = nibbles(second);
    bad = v128.or(bad, v128.or(high, low));
    const both = i8x16.narrow_i16x8_u(joined(high), joined(low));
    v128.store(to + done, i8x16.shuffle(both, both, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    from -= 32;
  }
  let odd: u32 = 0;
  for (; done < bytes; done += 1) {
    const at = sign + signDigits - 2 - 2 * done;
    const high = <u32>load<u8>(HEX + load<u8>(at)), low = <u32>load<u8>(HEX + load<u8>(at + 1));
    odd |= high | low;
    store<u8>(to + done, <u8>((high << 4) | (low & 15)));
  }
  return odd < 16 && i8x16.bitmask(bad) == 0 && below(to, base + MODULUS, bytes);
}

/** The values of 16 hex digits; what is no digit has its highest bit set. */
@inline function nibbles(text: v128): v128 {
  const digit = i8x16.sub(text, i8x16.splat(0x30)), letter = i8x16.sub(v128.or(text, i8x16.splat(0x20)), i8x16.splat(0x61));
  const isDigit = i8x16.lt_u(digit, i8x16.splat(10)), isLetter = i8x16.lt_u(letter, i8x16.splat(6));
  const value = v128.bitselect(digit, i8x16.add(letter, i8x16.splat(10)), isDigit);
  return v128.or(value, v128.not(v128.or(isDigit, isLetter)));
}

/** Pairs of digits as bytes, one in each half of a lane. */
@inline function joined(digits: v128): v128 {
  return v128.and(v128.or(i16x8.shl(digits, 4), i16x8.shr_u(digits, 8)), i16x8.splat(0xff));
}

/** Whether a number in bytes, the lowest first, is below another. */
function below(a: usize, b: usize, bytes: usize): bool {
  while (bytes > 0) {
    bytes -= 1;
    const x = load<u8>(a + bytes), y = load<u8>(b + bytes);
    if (x != y) return x < y;
  }
  return false;
}

let write: usize = 0;
let spare: usize = 0;

/** Writes the canonical text of the members into a lane (SIG-002, SIG-003). */
function canonical(lane: usize): bool {
  write = lane + TEXT;
  spare = lane + UNESCAPED;
  const textEnd = lane + TEXT + TEXT_BYTES - 128, spareEnd = lane + UNESCAPED + UNESCAPED_BYTES;
  let next = 0;
  for (let place = 0; place < DOCUMENTED; place += 1) {
    if ((present & (1 << place)) == 0) continue;
    const name = NAMES + (<usize>place << 5), nameLength = <usize>load<u8>(NAME_LENGTHS + place);
    while (next < extras) {
      const other = EXTRAS + (<usize>next << 5);
      if (compare(load<u32>(other), load<u32>(other + 4), name, nameLength) > 0) break;
      if (!pair(load<u32>(other), load<u32>(other + 4), other + 8, textEnd, spareEnd)) return false;
      next += 1;
    }
    if (!pair(name, nameLength, VALUES + (<usize>place << 4), textEnd, spareEnd)) return false;
  }
  while (next < extras) {
    const other = EXTRAS + (<usize>next << 5);
    if (!pair(load<u32>(other), load<u32>(other + 4), other + 8, textEnd, spareEnd)) return false;
    next += 1;
  }
  store<u32>(lane + LENGTH, <u32>(write - lane - TEXT));
  return true;
}

/** Writes one pair; a value with escapes is written without them first, and known by that from then on. */
function pair(name: usize, nameLength: usize, value: usize, textEnd: usize, spareEnd: usize): bool {
  let from = <usize>load<u32>(value), length = <usize>load<u32>(value + 4);
  if (write + nameLength + length + 1 > textEnd) return false;
  if (load<u32>(value + 8) == 3) {
    if (spare + length > spareEnd) return false;
    const end = unescape(from, from + length, spare);
    if (end == 0) return false;
    from = spare;
    length = end - spare;
    spare = end;
    store<u32>(value, <u32>from);
    store<u32>(value + 4, <u32>length);
  }
  copy(write, name, nameLength);
  write += nameLength;
  store<u8>(write, 0x3d);
  write += 1;
  copy(write, from, length);
  write += length;
  return true;
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

/** What the fact of a signed answer is made of. */
function fields(lane: usize): bool {
  const merchant = appid != 0 ? appidLength : present & (1 << APPID) ? lengthAt(APPID) : 0;
  const number = order != 0 ? orderLength : present & (1 << MCH_ORDER_NO) ? lengthAt(MCH_ORDER_NO) : 0;
  if (merchant > 256 || number > 256) return false;
  field(lane, 0, appid != 0 ? appid : valueAt(APPID), merchant);
  field(lane, 1, order != 0 ? order : valueAt(MCH_ORDER_NO), number);
  member(lane, 2, TOTAL_FEE);
  member(lane, 3, FEE_TYPE);
  member(lane, 4, TIME_END);
  member(lane, 5, PAY_MCH_ORDER_NO);
  field(lane, 6, stamp, stamp != 0 ? stampLength : 0);
  field(lane, 7, nonce, nonce != 0 ? nonceLength : 0);
  return lengthAt(FEE_TYPE) < 4096 && lengthAt(TIME_END) < 4096 && lengthAt(PAY_MCH_ORDER_NO) < 4096;
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
