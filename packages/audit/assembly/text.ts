import { HEX } from "./layout";

// Text: escapes, UTF-8, copies and comparisons.

/** The bytes of the escape at a backslash, 0 where it is none. */
export function escapeLength(p: usize): usize {
  const letter = load<u8>(p + 1);
  if (letter == 0x75) return unit(p) < 0 ? 0 : 6;
  const simple = letter == 0x22 || letter == 0x5c || letter == 0x2f || letter == 0x62 || letter == 0x66 ||
    letter == 0x6e || letter == 0x72 || letter == 0x74;
  return simple ? 2 : 0;
}

/** The UTF-16 unit of a \u escape, -1 where its digits are none. */
function unit(p: usize): i32 {
  const a = load<u8>(HEX + load<u8>(p + 2)), b = load<u8>(HEX + load<u8>(p + 3));
  if ((a | b) > 15) return -1;
  const c = load<u8>(HEX + load<u8>(p + 4)), d = load<u8>(HEX + load<u8>(p + 5));
  if ((c | d) > 15) return -1;
  return (<i32>a << 12) | (<i32>b << 8) | (<i32>c << 4) | <i32>d;
}

/** Writes a string's text without escapes; returns where it ends, 0 for half a surrogate pair, or for `=`. */
export function unescape(from: usize, end: usize, to: usize): usize {
  let p = from, out = to;
  while (p < end) {
    const byte = load<u8>(p);
    if (byte != 0x5c) {
      store<u8>(out, byte);
      out += 1;
      p += 1;
      continue;
    }
    const letter = load<u8>(p + 1);
    if (letter != 0x75) {
      store<u8>(out, letter == 0x62 ? 8 : letter == 0x66 ? 12 : letter == 0x6e ? 10 : letter == 0x72 ? 13 : letter == 0x74 ? 9 : letter);
      out += 1;
      p += 2;
      continue;
    }
    let code = unit(p);
    p += 6;
    if (code == 0x3d) return 0;
    if (code >= 0xd800 && code < 0xe000) {
      if (code >= 0xdc00 || p >= end || load<u16>(p) != 0x755c) return 0;
      const second = unit(p);
      if (second < 0xdc00 || second > 0xdfff) return 0;
      code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
      p += 6;
    }
    out = encode(code, out);
  }
  return out;
}

function encode(code: i32, to: usize): usize {
  if (code < 0x80) {
    store<u8>(to, code);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to, 0xc0 | (code >> 6));
    store<u8>(to + 1, 0x80 | (code & 63));
    return to + 2;
  }
  if (code < 0x10000) {
    store<u8>(to, 0xe0 | (code >> 12));
    store<u8>(to + 1, 0x80 | ((code >> 6) & 63));
    store<u8>(to + 2, 0x80 | (code & 63));
    return to + 3;
  }
  store<u8>(to, 0xf0 | (code >> 18));
  store<u8>(to + 1, 0x80 | ((code >> 12) & 63));
  store<u8>(to + 2, 0x80 | ((code >> 6) & 63));
  store<u8>(to + 3, 0x80 | (code & 63));
  return to + 4;
}

/** Whether bytes are UTF-8 (Unicode 15, table 3-7). What is behind `end` must be ASCII. */
export function isUtf8(from: usize, end: usize): bool {
  let p = from;
  while (p < end) {
    const bits = i8x16.bitmask(v128.load(p));
    if (bits == 0) {
      p += 16;
      continue;
    }
    p += ctz(bits);
    if (p >= end) return true;
    const length = sequence(p);
    if (length == 0) return false;
    p += length;
    while (p < end && load<u8>(p) >= 0x80) {
      const next = sequence(p);
      if (next == 0) return false;
      p += next;
    }
  }
  return true;
}

@inline function tail(p: usize): bool {
  return (load<u8>(p) & 0xc0) == 0x80;
}

function sequence(p: usize): usize {
  const first = load<u8>(p), second = load<u8>(p + 1);
  if (first >= 0xc2 && first <= 0xdf) return tail(p + 1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low: u8 = first == 0xe0 ? 0xa0 : 0x80, high: u8 = first == 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && tail(p + 2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low: u8 = first == 0xf0 ? 0x90 : 0x80, high: u8 = first == 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && tail(p + 2) && tail(p + 3) ? 4 : 0;
  }
  return 0;
}

/** Copies a few bytes; may write up to 32 more. */
@inline export function copy(to: usize, from: usize, length: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  for (let at: usize = 32; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}

/** Whether two texts are the same; may read up to 15 bytes more. */
export function same(a: usize, aLength: usize, b: usize, bLength: usize): bool {
  if (aLength != bLength) return false;
  for (let at: usize = 0; at < aLength; at += 16) {
    const wanted = aLength - at >= 16 ? 0xffff : (1 << <i32>(aLength - at)) - 1;
    if ((i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at))) & wanted) != wanted) return false;
  }
  return true;
}
