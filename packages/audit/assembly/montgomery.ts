import { CARRIES, GROUP, HIGHS, INVERSE, M, N, PAIRS, SUMS } from "./layout";

// Montgomery multiplication (product scanning) for eight messages at a time, on signed digits of 13 bits, -4096 to 4095,
// so that one `dot` instruction makes two products for each of four messages and adds them.
//
// A number has a multiple of four digits, in two forms. `pairs`: vector i holds digits (2i, 2i+1) of four messages.
// `turned`, behind it: two vectors for each i, digits (2i, 2i-1) and (2i+1, 2i). So a column of a product, the sum of all
// x[i] * y[k-i], is a sum of dots. Around both forms there are zeros, so that no loop needs a special first or last step.
// Numbers of the first four messages are at their place in the slot, those of the other four GROUP behind it.
// Numbers are between -n and n; R = 2^(13 digits) is at least 4n. All is public: nothing here need take constant time.

export const BITS: i32 = 13;
/** From a number's pairs to its turned pairs. */
export const TURNED: usize = 0x540;
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
    for (let group: usize = 0; group <= GROUP; group += GROUP) {
      let x = a + group + first, y = b + group + turned;
      if (square && k & 32) {
        x -= 16;
        y += 32;
      }
      const end = a + group + stop;
      let sum0 = i32x4.splat(low ? 0 : square ? 2048 : 4096), sum1 = sum0, sum2 = sum0, sum3 = sum0;
      let high0 = i32x4.splat(0), high1 = i32x4.splat(0), high2 = i32x4.splat(0), high3 = i32x4.splat(0);
      let even0 = v128.load(y + 32), odd0 = v128.load(y + 48);
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
    // m * n, all eight messages at once.
    const sums = slot + SUMS;
    let p0 = v128.load(sums), p1 = v128.load(sums + 16), p2 = v128.load(sums + 32), p3 = v128.load(sums + 48);
    let q0 = v128.load(sums + GROUP), q1 = v128.load(sums + GROUP + 16), q2 = v128.load(sums + GROUP + 32), q3 = v128.load(sums + GROUP + 48);
    let x = slot + M + first, y = slot + N + turned;
    const end = slot + M + (low ? k : rows);
    let even0 = v128.load(y + 32), odd0 = v128.load(y + 48);
    while (x < end) {
      const till = long ? min(end, x + MOST_PAIRS) : end;
      while (x < till) {
        const p = v128.load(x), q = v128.load(x + GROUP), even1 = v128.load(y), odd1 = v128.load(y + 16);
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

/** Moves what is above a digit to the second sum in memory. */
@inline function moved(high: usize, sum: v128): v128 {
  v128.store(high, i32x4.add(v128.load(high), i32x4.shr_s(sum, BITS)));
  return v128.and(sum, i32x4.splat(8191));
}

/** Four digits of m, two at a time: 26 bits of a product are one multiplication. */
@inline function quotient(slot: usize, group: usize, k: usize, sum0: v128, sum1: v128, sum2: v128, sum3: v128, long: bool): void {
  const n = slot + N + TURNED, high = slot + SUMS + group + HIGHS, to = slot + M + group + k;
  const inverse = v128.load(slot + INVERSE), half = i32x4.splat(1 << 18), n0 = v128.load(n), n10 = v128.load(n + 16);
  const t0 = i32x4.add(sum0, v128.load(slot + CARRIES + group));
  if (long) sum1 = i32x4.add(sum1, v128.load(high));
  const q01 = i32x4.mul(i32x4.add(t0, i32x4.shl(sum1, BITS)), inverse);
  const m0 = i32x4.shr_s(i32x4.shl(q01, BITS), 32 - BITS), m1 = i32x4.shr_s(i32x4.add(q01, half), 32 - BITS);
  const m01 = pair(m0, i32x4.shl(m1, 16));
  const c0 = i32x4.shr_s(i32x4.add(t0, i32x4.dot_i16x8_s(m0, n0)), BITS);
  let c1 = i32x4.shr_s(i32x4.add(i32x4.add(sum1, c0), i32x4.dot_i16x8_s(m01, n10)), BITS);
  if (long) c1 = i32x4.add(c1, v128.load(high + 16));
  const t2 = i32x4.add(i32x4.add(sum2, i32x4.dot_i16x8_s(m01, v128.load(n + 32))), c1);
  let t3 = i32x4.add(sum3, i32x4.dot_i16x8_s(m01, v128.load(n + 48)));
  if (long) t3 = i32x4.add(t3, v128.load(high + 32));
  const q23 = i32x4.mul(i32x4.add(t2, i32x4.shl(t3, BITS)), inverse);
  const m2 = i32x4.shr_s(i32x4.shl(q23, BITS), 32 - BITS), m3 = i32x4.shr_s(i32x4.add(q23, half), 32 - BITS);
  const m23 = pair(m2, i32x4.shl(m3, 16));
  const c2 = i32x4.shr_s(i32x4.add(t2, i32x4.dot_i16x8_s(m2, n0)), BITS);
  let c3 = i32x4.shr_s(i32x4.add(i32x4.add(t3, c2), i32x4.dot_i16x8_s(m23, n10)), BITS);
  if (long) c3 = i32x4.add(c3, v128.load(high + 48));
  v128.store(to, m01);
  v128.store(to, m23, 16);
  v128.store(slot + CARRIES + group, c3);
}

/** Four digits of the result; the sums are 4096 more than they are, so that what is above a digit is rounded. */
@inline function result(slot: usize, group: usize, out: usize, at: usize, sum0: v128, sum1: v128, sum2: v128, sum3: v128, long: bool): void {
  const high = slot + SUMS + group + HIGHS, to = out + group + at, turned = out + group + TURNED + (at << 1);
  const mask = i32x4.splat(0x1fff1fff), half = i32x4.splat(0x10001000);
  const before = v128.load(to - 16);
  const t0 = i32x4.add(sum0, v128.load(slot + CARRIES + group));
  let carry = i32x4.shr_s(t0, BITS);
  if (long) carry = i32x4.add(carry, v128.load(high));
  const t1 = i32x4.add(sum1, carry);
  carry = i32x4.shr_s(t1, BITS);
  if (long) carry = i32x4.add(carry, v128.load(high + 16));
  const t2 = i32x4.add(sum2, carry);
  carry = i32x4.shr_s(t2, BITS);
  if (long) carry = i32x4.add(carry, v128.load(high + 32));
  const t3 = i32x4.add(sum3, carry);
  carry = i32x4.shr_s(t3, BITS);
  if (long) carry = i32x4.add(carry, v128.load(high + 48));
  const d01 = i16x8.sub(v128.and(pair(t0, i32x4.shl(t1, 16)), mask), half);
  const d23 = i16x8.sub(v128.and(pair(t2, i32x4.shl(t3, 16)), mask), half);
  v128.store(slot + CARRIES + group, carry);
  v128.store(to, d01);
  v128.store(to, d23, 16);
  v128.store(turned, pair(d01, before));
  v128.store(turned, swapped(d01), 16);
  v128.store(turned, pair(d23, d01), 32);
  v128.store(turned, swapped(d23), 48);
}

/** The two halves of each lane, changed round. */
@inline function swapped(pairs: v128): v128 {
  return i16x8.shuffle(pairs, pairs, 1, 0, 3, 2, 5, 4, 7, 6);
}

/** The low halves of one vector's lanes with the high halves of another's. */
@inline export function pair(low: v128, high: v128): v128 {
  return i16x8.shuffle(low, high, 0, 9, 2, 11, 4, 13, 6, 15);
}
