import { quotient, result } from "./columns";
import { BITS, TURNED } from "./digits";
import { CARRIES, GROUP, HIGHS, M, N, PAIRS, SUMS } from "./layout";

// Montgomery multiplication (product scanning) for eight messages at a time, on numbers as digits.ts has them: between -n
// and n, R = 2^(26 pairs) being at least 4n. All is public: nothing here need take constant time.

/** Pairs, in bytes, that a sum takes before it could leave 32 bits: each adds two products of at most 2^24. */
const MOST_PAIRS: usize = 56 << 4;
/** Pairs of the longest numbers whose columns' sums fit 32 bits as they are. */
const SHORT_PAIRS: u32 = 30;

/** out = a * b / 2^(26 pairs) mod n, where a has so many pairs, an even number. */
export function multiply(slot: usize, a: usize, pairs: usize, b: usize, out: usize): void {
  if (load<u32>(slot + PAIRS) > SHORT_PAIRS) multiplyLong(slot, a, pairs, b, out);
  else multiplyShort(slot, a, pairs, b, out);
}

/** out = a * a / R mod n. */
export function square(slot: usize, a: usize, out: usize): void {
  if (load<u32>(slot + PAIRS) > SHORT_PAIRS) squareLong(slot, a, out);
  else squareShort(slot, a, out);
}

function multiplyShort(slot: usize, a: usize, pairs: usize, b: usize, out: usize): void {
  montgomery(slot, a, pairs, b, out, false, false);
}
function multiplyLong(slot: usize, a: usize, pairs: usize, b: usize, out: usize): void {
  montgomery(slot, a, pairs, b, out, false, true);
}
function squareShort(slot: usize, a: usize, out: usize): void {
  montgomery(slot, a, load<u32>(slot + PAIRS), a, out, true, false);
}
function squareLong(slot: usize, a: usize, out: usize): void {
  montgomery(slot, a, load<u32>(slot + PAIRS), a, out, true, true);
}

/**
 * `square` where b is a: then each product of two different digits is made once and doubled. `long` where a column's sum
 * could leave 32 bits: then what is above a digit is moved to a second sum in between. Four columns are summed a pass.
 * Sums live in locals: globals are not kept in registers. The loops' bodies are as long as the registers allow.
 */
@inline function montgomery(slot: usize, a: usize, pairs: usize, b: usize, out: usize, square: bool, long: bool): void {
  const size = <usize>load<u32>(slot + PAIRS) << 4, rows = pairs << 4;
  v128.store(slot + CARRIES, i32x4.splat(0));
  v128.store(slot + CARRIES + GROUP, i32x4.splat(0));
  for (let k: usize = 0; k < size + rows; k += 32) {
    const low = k < rows;
    const first: usize = k < size ? 0 : k - size;
    const turned = TURNED + ((k - first) << 1);
    // a * b, four messages and then the others.
    const stop = square ? k >> 1 : low ? k + 32 : rows;
    products(slot, a, b, 0, k, first, turned, stop, low, square, long);
    products(slot, a, b, GROUP, k, first, turned, stop, low, square, long);
    // m * n, all eight messages at once.
    const sums = slot + SUMS;
    let p0 = v128.load(sums), p1 = v128.load(sums + 16), p2 = v128.load(sums + 32), p3 = v128.load(sums + 48);
    let q0 = v128.load(sums, GROUP), q1 = v128.load(sums, GROUP + 16), q2 = v128.load(sums, GROUP + 32), q3 = v128.load(sums, GROUP + 48);
    let x = slot + M + first, y = slot + N + turned;
    const end = slot + M + (low ? k : rows);
    let even0 = v128.load(y + 32), odd0 = v128.load(y + 48);
    while (x < end) {
      const till = long ? min(end, x + MOST_PAIRS) : end;
      while (x < till) {
        const p = v128.load(x), q = v128.load(x, GROUP), even1 = v128.load(y), odd1 = v128.load(y + 16);
        p0 = i32x4.add(p0, i32x4.dot_i16x8_s(p, even1));
        p1 = i32x4.add(p1, i32x4.dot_i16x8_s(p, odd1));
        p2 = i32x4.add(p2, i32x4.dot_i16x8_s(p, even0));
        p3 = i32x4.add(p3, i32x4.dot_i16x8_s(p, odd0));
        q0 = i32x4.add(q0, i32x4.dot_i16x8_s(q, even1));
        q1 = i32x4.add(q1, i32x4.dot_i16x8_s(q, odd1));
        q2 = i32x4.add(q2, i32x4.dot_i16x8_s(q, even0));
        q3 = i32x4.add(q3, i32x4.dot_i16x8_s(q, odd0));
        even0 = even1;
        odd0 = odd1;
        x += 16;
        y -= 32;
      }
      if (long && till != end) {
        p0 = moved(sums + HIGHS, p0);
        p1 = moved(sums + HIGHS + 16, p1);
        p2 = moved(sums + HIGHS + 32, p2);
        p3 = moved(sums + HIGHS + 48, p3);
        q0 = moved(sums + GROUP + HIGHS, q0);
        q1 = moved(sums + GROUP + HIGHS + 16, q1);
        q2 = moved(sums + GROUP + HIGHS + 32, q2);
        q3 = moved(sums + GROUP + HIGHS + 48, q3);
      }
    }
    if (low) {
      quotient(slot, 0, k, p0, p1, p2, p3, long);
      quotient(slot, GROUP, k, q0, q1, q2, q3, long);
    } else {
      result(slot, 0, out, k - rows, p0, p1, p2, p3, long);
      result(slot, GROUP, out, k - rows, q0, q1, q2, q3, long);
    }
  }
  const last = i32x4.splat(0xffff0000);
  const top = out + size - 16, behind = out + TURNED + (size << 1);
  v128.store(behind, v128.and(v128.load(top), last));
  v128.store(behind + GROUP, v128.and(v128.load(top + GROUP), last));
}

/** Sums a * b over four columns for one group's messages, into SUMS; above m's columns 4096 too much, see `result`. */
@inline function products(slot: usize, a: usize, b: usize, group: usize, k: usize, first: usize, turned: usize, stop: usize, low: bool, square: bool, long: bool): void {
  let x = a + group + first, y = b + group + turned;
  const end = a + group + stop;
  let sum0 = i32x4.splat(low ? 0 : square ? 2048 : 4096), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  let high0 = i32x4.splat(0), high1 = i32x4.splat(0), high2 = i32x4.splat(0), high3 = i32x4.splat(0);
  let even0 = v128.load(y + 32), odd0 = v128.load(y + 48);
  if (square && k & 32) {
    const p = v128.load(x), even1 = v128.load(y), odd1 = v128.load(y + 16);
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(p, even1));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(p, odd1));
    sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(p, even0));
    sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(p, odd0));
    even0 = even1;
    odd0 = odd1;
    x += 16;
    y -= 32;
  }
  while (x < end) {
    const till = long ? min(end, x + MOST_PAIRS) : end;
    while (x < till) {
      const p = v128.load(x), even1 = v128.load(y), odd1 = v128.load(y + 16);
      const q = v128.load(x + 16);
      y -= 64;
      const even2 = v128.load(y + 32), odd2 = v128.load(y + 48);
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(p, even1));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(p, odd1));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(p, even0));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(p, odd0));
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(q, even2));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(q, odd2));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(q, even1));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(q, odd1));
      even0 = even2;
      odd0 = odd2;
      x += 32;
    }
    if (long) {
      const mask = i32x4.splat(8191);
      high0 = i32x4.add(high0, i32x4.shr_s(sum0, BITS));
      high1 = i32x4.add(high1, i32x4.shr_s(sum1, BITS));
      high2 = i32x4.add(high2, i32x4.shr_s(sum2, BITS));
      high3 = i32x4.add(high3, i32x4.shr_s(sum3, BITS));
      sum0 = v128.and(sum0, mask);
      sum1 = v128.and(sum1, mask);
      sum2 = v128.and(sum2, mask);
      sum3 = v128.and(sum3, mask);
    }
  }
  if (square) {
    const at = a + group + (k >> 1), next = a + group + TURNED + k;
    const middle = v128.load(at), single = v128.and(middle, i32x4.splat(0xffff));
    const odd = v128.load(next + 16), evenNext = v128.load(next + 32), oddNext = v128.load(next + 48);
    sum0 = i32x4.add(i32x4.shl(sum0, 1), i32x4.dot_i16x8_s(single, middle));
    sum1 = i32x4.add(i32x4.shl(sum1, 1), i32x4.dot_i16x8_s(middle, odd));
    sum2 = i32x4.add(i32x4.shl(sum2, 1), i32x4.add(i32x4.dot_i16x8_s(middle, evenNext), i32x4.dot_i16x8_s(single, evenNext)));
    sum3 = i32x4.shl(i32x4.add(sum3, i32x4.dot_i16x8_s(middle, oddNext)), 1);
    if (long) {
      high0 = i32x4.shl(high0, 1);
      high1 = i32x4.shl(high1, 1);
      high2 = i32x4.shl(high2, 1);
      high3 = i32x4.shl(high3, 1);
    }
  }
  const to = slot + SUMS + group;
  v128.store(to, sum0);
  v128.store(to, sum1, 16);
  v128.store(to, sum2, 32);
  v128.store(to, sum3, 48);
  if (long) {
    v128.store(to, high0, HIGHS);
    v128.store(to, high1, HIGHS + 16);
    v128.store(to, high2, HIGHS + 32);
    v128.store(to, high3, HIGHS + 48);
  }
}

/** Moves what is above a digit to the second sum in memory. */
@inline function moved(high: usize, sum: v128): v128 {
  v128.store(high, i32x4.add(v128.load(high), i32x4.shr_s(sum, BITS)));
  return v128.and(sum, i32x4.splat(8191));
}
