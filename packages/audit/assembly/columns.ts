import { BITS, pair, swapped, TURNED } from "./digits";
import { CARRIES, HIGHS, INVERSE, M, N, SUMS } from "./layout";

// The end of a pass: four columns' sums become four digits, of the Montgomery quotient m or of the result, and a carry.

/** Four digits of m, two at a time: 26 bits of a product are one multiplication. */
@inline export function quotient(slot: usize, group: usize, k: usize, sum0: v128, sum1: v128, sum2: v128, sum3: v128, long: bool): void {
  const high = slot + SUMS + group + HIGHS, to = slot + k + group;
  const inverse = v128.load(slot, INVERSE), half = i32x4.splat(1 << 18), n0 = v128.load(slot, N + TURNED), n10 = v128.load(slot, N + TURNED + 16);
  const t0 = i32x4.add(sum0, v128.load(slot + group, CARRIES));
  if (long) sum1 = i32x4.add(sum1, v128.load(high));
  const q01 = i32x4.mul(i32x4.add(t0, i32x4.shl(sum1, BITS)), inverse);
  const m0 = i32x4.shr_s(i32x4.shl(q01, BITS), 32 - BITS), m1 = i32x4.shr_s(i32x4.add(q01, half), 32 - BITS);
  const m01 = pair(m0, i32x4.shl(m1, 16));
  const c0 = i32x4.shr_s(i32x4.add(t0, i32x4.dot_i16x8_s(m0, n0)), BITS);
  let c1 = i32x4.shr_s(i32x4.add(i32x4.add(sum1, c0), i32x4.dot_i16x8_s(m01, n10)), BITS);
  if (long) c1 = i32x4.add(c1, v128.load(high + 16));
  const t2 = i32x4.add(i32x4.add(sum2, i32x4.dot_i16x8_s(m01, v128.load(slot, N + TURNED + 32))), c1);
  let t3 = i32x4.add(sum3, i32x4.dot_i16x8_s(m01, v128.load(slot, N + TURNED + 48)));
  if (long) t3 = i32x4.add(t3, v128.load(high + 32));
  const q23 = i32x4.mul(i32x4.add(t2, i32x4.shl(t3, BITS)), inverse);
  const m2 = i32x4.shr_s(i32x4.shl(q23, BITS), 32 - BITS), m3 = i32x4.shr_s(i32x4.add(q23, half), 32 - BITS);
  const m23 = pair(m2, i32x4.shl(m3, 16));
  const c2 = i32x4.shr_s(i32x4.add(t2, i32x4.dot_i16x8_s(m2, n0)), BITS);
  let c3 = i32x4.shr_s(i32x4.add(i32x4.add(t3, c2), i32x4.dot_i16x8_s(m23, n10)), BITS);
  if (long) c3 = i32x4.add(c3, v128.load(high + 48));
  v128.store(to, m01, M);
  v128.store(to, m23, M + 16);
  v128.store(slot + group, c3, CARRIES);
}

/** Four digits of the result; the sums are 4096 more than they are, so that what is above a digit is rounded. */
@inline export function result(slot: usize, group: usize, out: usize, at: usize, sum0: v128, sum1: v128, sum2: v128, sum3: v128, long: bool): void {
  const high = slot + SUMS + group + HIGHS, to = out + group + at, turned = out + group + (at << 1);
  const mask = i32x4.splat(0x1fff1fff), half = i32x4.splat(0x10001000);
  const before = v128.load(to - 16);
  const t0 = i32x4.add(sum0, v128.load(slot + group, CARRIES));
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
  v128.store(slot + group, carry, CARRIES);
  v128.store(to, d01);
  v128.store(to, d23, 16);
  v128.store(turned, pair(d01, before), TURNED);
  v128.store(turned, swapped(d01), TURNED + 16);
  v128.store(turned, pair(d23, d01), TURNED + 32);
  v128.store(turned, swapped(d23), TURNED + 48);
}
