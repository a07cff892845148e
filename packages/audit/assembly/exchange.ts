import { escaped, more, skip, stringEnd, stringEndNoEquals } from "./cursor";
import { envelope } from "./envelope";
import { ENVELOPE, ENVELOPE_COUNT, EXCHANGE, EXCHANGE_COUNT, found, label, REQUEST, REQUEST_COUNT } from "./labels";
import { ENDPOINT_NAMES } from "./layout";
import { same } from "./text";
import { instant, time } from "./time";

// Reads an exchange: when, which endpoint, the request; its response is an envelope.

// A bit for each name, in the order of its label: of an exchange (the last is its status), of a request (then its lang).
const AT = 1, ENDPOINT = 2, ASKED = 4, ANSWERED = 8;
const APPID = 1, ORDER = 2, NONCE = 4, STAMP = 8, SIGN = 16;

/** What the configuration says of records that name no endpoint: 0 nothing, 1 query, 2 webhook. */
let hint: i32 = 0;
export function setHint(value: i32): void {
  hint = value;
}
/** Whether requests' signatures are to be verified: then a request with one is for the exact path. */
let merchants: bool = false;
export function setMerchants(value: bool): void {
  merchants = value;
}

/** 0 none, 1 query, 2 webhook, 3 cancel. */
export let endpoint: i32 = 0;
/** Whether the record is an exchange, not an envelope alone. */
export let wrapped: bool = false;
/** Milliseconds since 1970, NaN where the record has no time. */
export let at: f64 = NaN;
// The request's fields: pointer and length, pointer 0 where it is not there.
export let appid: usize = 0, appidLength: usize = 0;
export let order: usize = 0, orderLength: usize = 0;
export let stamp: usize = 0, stampLength: usize = 0;
export let nonce: usize = 0, nonceLength: usize = 0;

/** Reads the record's object, an exchange or an envelope by its first name; returns where it ends, 0 for what is unusual. */
export function record(from: usize): usize {
  endpoint = hint;
  at = NaN;
  appid = 0;
  order = 0;
  stamp = 0;
  nonce = 0;
  // Most logs hold records of one kind: what the last one was is tried first.
  if (wrapped) {
    if (label(from + 1, EXCHANGE, EXCHANGE_COUNT, 0) == 0) return 0;
    wrapped = found >= 0;
  } else {
    if (label(from + 1, ENVELOPE, ENVELOPE_COUNT, 0) == 0) return 0;
    if (found < 0) wrapped = label(from + 1, EXCHANGE, EXCHANGE_COUNT, 0) != 0 && found >= 0;
  }
  if (!wrapped) return envelope(from);
  return exchange(from);
}

function exchange(from: usize): usize {
  let p = from;
  let seen = 0;
  let again = 1;
  let index: usize = 0;
  while (again == 1) {
    p = label(p + 1, EXCHANGE, EXCHANGE_COUNT, index);
    if (p == 0 || found < 0) return 0;
    index += 1;
    const bit = 1 << found;
    if (seen & bit) return 0;
    seen |= bit;
    if (bit == AT) {
      p = time(p);
      at = instant;
    } else if (bit == ENDPOINT) p = endpointName(p);
    else if (bit == ASKED) p = load<u8>(p) == 0x7b ? request(p) : 0;
    else if (bit == ANSWERED) p = load<u8>(p) == 0x7b ? envelope(p) : 0;
    else p = load<u8>(p) == 0x32 && load<u16>(p + 1) == 0x3030 ? p + 3 : 0;
    if (p == 0) return 0;
    p = skip(p);
    again = more(load<u8>(p));
  }
  return again == 0 && (seen & ANSWERED) != 0 ? p + 1 : 0;
}

function endpointName(at: usize): usize {
  if (load<u8>(at) != 0x22) return 0;
  const from = at + 1;
  const end = stringEndNoEquals(from);
  if (end == 0 || escaped) return 0;
  let last = from;
  for (let q = from; q < end; q += 1) {
    const byte = load<u8>(q);
    if (byte == 0x3f) return 0;
    if (byte == 0x2f) last = q + 1;
  }
  endpoint = 0;
  for (let i: usize = 0; i < 3; i += 1) {
    const known = ENDPOINT_NAMES + (i << 5);
    if (same(last, end - last, known, load<u8>(known, 31))) endpoint = <i32>i + 1;
  }
  return endpoint != 0 ? end + 1 : 0;
}

/** A flat request of the documented fields, texts without escapes. */
function request(from: usize): usize {
  let p = from;
  let seen = 0;
  let again = 1;
  let index: usize = 0;
  while (again == 1) {
    p = label(p + 1, REQUEST, REQUEST_COUNT, index);
    if (p == 0 || found < 0 || load<u8>(p) != 0x22) return 0;
    index += 1;
    const bit = 1 << found;
    if (seen & bit) return 0;
    seen |= bit;
    const text = p + 1;
    const end = stringEnd(text);
    if (end == 0 || escaped) return 0;
    const length = end - text;
    if (bit == APPID) {
      appid = text;
      appidLength = length;
    } else if (bit == ORDER) {
      order = text;
      orderLength = length;
    } else if (bit == NONCE) {
      nonce = text;
      nonceLength = length;
    } else if (bit == STAMP) {
      stamp = text;
      stampLength = length;
    }
    p = skip(end + 1);
    again = more(load<u8>(p));
  }
  if (again != 0 || (seen & APPID) == 0) return 0;
  if (appidLength > 32 || orderLength > 32 || nonceLength > 32 || stampLength > 32) return 0;
  if ((seen & SIGN) == 0) return p + 1;
  return !merchants && (seen & (APPID | NONCE | STAMP)) == (APPID | NONCE | STAMP) && appidLength > 0 && nonceLength > 0 && stampLength > 0 ? p + 1 : 0;
}
