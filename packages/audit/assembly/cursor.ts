import { MASKS } from "./layout";
import { escapeLength } from "./text";

// Where strings end. A pass over a line marks every byte at which a string can end or that it must not hold, a bit each;
// then the end of a string is the next mark.

/** Of the line that was marked last: whether it may hold a byte above 127, and a `=`. */
export let high: bool = false;
let equals: bool = false;
let line: usize = 0;

/** Marks the line at `start` up to 64 bytes behind its end, and returns its end. */
export function mark(start: usize): usize {
  const quote = i8x16.splat(0x22), slash = i8x16.splat(0x5c), space = i8x16.splat(0x20), equal = i8x16.splat(0x3d), newline = i8x16.splat(10);
  let seen = i8x16.splat(0), equalSeen = i8x16.splat(0);
  let p = start, to = MASKS;
  line = start;
  while (true) {
    const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
    const low = <u64><u32>(stops(a, quote, slash, space) | (stops(b, quote, slash, space) << 16));
    const high = <u64><u32>(stops(c, quote, slash, space) | (stops(d, quote, slash, space) << 16));
    store<u64>(to, low | (high << 32));
    to += 8;
    seen = v128.or(seen, v128.or(v128.or(a, b), v128.or(c, d)));
    equalSeen = v128.or(equalSeen, v128.or(v128.or(i8x16.eq(a, equal), i8x16.eq(b, equal)), v128.or(i8x16.eq(c, equal), i8x16.eq(d, equal))));
    const e = i8x16.eq(a, newline), f = i8x16.eq(b, newline), g = i8x16.eq(c, newline), h = i8x16.eq(d, newline);
    if (v128.any_true(v128.or(v128.or(e, f), v128.or(g, h)))) {
      const ends = <u64><u32>(i8x16.bitmask(e) | (i8x16.bitmask(f) << 16)) | (<u64><u32>(i8x16.bitmask(g) | (i8x16.bitmask(h) << 16)) << 32);
      p += <usize>ctz(ends);
      break;
    }
    p += 64;
  }
  high = i8x16.bitmask(seen) != 0;
  equals = v128.any_true(equalSeen);
  return p;
}

@inline function stops(bytes: v128, quote: v128, slash: v128, space: v128): i32 {
  return i8x16.bitmask(v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, slash)), i8x16.lt_u(bytes, space)));
}

/** Whether the string that was scanned last holds escapes. */
export let escaped: bool = false;

/** The closing quote of the string whose text begins at `from`; 0 where JSON does not allow it. */
export function stringEnd(from: usize): usize {
  const p = next(from);
  escaped = false;
  return load<u8>(p) == 0x22 ? p : escapedEnd(p);
}

/** The same for a string that must not hold `=`: then 0 too. */
@inline export function stringEndNoEquals(from: usize): usize {
  const p = next(from);
  if (load<u8>(p) != 0x22 || equals) return unusualEnd(from, p);
  escaped = false;
  return p;
}

function unusualEnd(from: usize, mark: usize): usize {
  escaped = false;
  const end = load<u8>(mark) == 0x22 ? mark : escapedEnd(mark);
  if (equals) for (let p = from; p < end; p += 1) if (load<u8>(p) == 0x3d) return 0;
  return end;
}

/** The next mark. */
@inline function next(from: usize): usize {
  let at = from - line;
  let marks = load<u64>(MASKS + (at >> 3)) >> (at & 7);
  while (marks == 0) {
    at = (at | 7) + 57;
    marks = load<u64>(MASKS + (at >> 3));
  }
  return line + at + <usize>ctz(marks);
}

function escapedEnd(from: usize): usize {
  let p = from;
  while (load<u8>(p) == 0x5c) {
    const length = escapeLength(p);
    if (length == 0) return 0;
    escaped = true;
    p = next(p + length);
  }
  return load<u8>(p) == 0x22 ? p : 0;
}

/** Behind white space. */
@inline export function skip(from: usize): usize {
  return load<u8>(from) > 0x20 ? from : skipSome(from);
}

function skipSome(from: usize): usize {
  let p = from;
  let byte = load<u8>(p);
  while (byte == 0x20 || byte == 0x09 || byte == 0x0d) {
    p += 1;
    byte = load<u8>(p);
  }
  return p;
}

/** The name that was read last: where it is, and its length. */
export let key: usize = 0;
export let keyLength: usize = 0;

/** Behind `"name":`, at the value; 0 where there is none, or the name holds an escape. */
export function name(from: usize): usize {
  const p = skip(from);
  if (load<u8>(p) != 0x22) return 0;
  const end = stringEnd(p + 1);
  if (end == 0 || escaped) return 0;
  key = p + 1;
  keyLength = end - key;
  const colon = skip(end + 1);
  return load<u8>(colon) == 0x3a ? skip(colon + 1) : 0;
}

/** Behind a member of an object: 1 for another one, 0 for the end of the object, -1 for anything else. */
@inline export function more(byte: u8): i32 {
  return byte == 0x2c ? 1 : byte == 0x7d ? 0 : -1;
}
