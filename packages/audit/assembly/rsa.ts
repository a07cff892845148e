import { DIGEST, EM, LANE_BYTES, LANES, LIMBS, M, N, N0, R2, S, X, Y } from "./layout";

// The RSA public operation s^65537 mod n of four messages at a time: Montgomery multiplication (product scanning) on
// limbs of 28 bits, a column's products summed in 64 bits. Numbers stay below 2n; R is at least 4n. All is public.

const MASK: i64 = 0xfffffff;

/** out = a * b / R mod n, below 2n. Two columns a pass, so that each limb is loaded once for both. */
function multiply(slot: usize, a: usize, b: usize, out: usize): void {
  const limbs = <i32>load<u32>(slot + LIMBS);
  const n = slot + N, m = slot + M;
  const inverse = i32x4.splat(<i32>load<u32>(slot + N0));
  const mask = i64x2.splat(MASK), mask32 = i32x4.splat(0xfffffff);
  let low = i64x2.splat(0), high = i64x2.splat(0);
  for (let k = 0; k < limbs; k += 1) {
    let i: usize = 0, j: usize = <usize>k << 4;
    while (i < <usize>k << 4) {
      const x = v128.load(a + i), y = v128.load(b + j), u = v128.load(m + i), v = v128.load(n + j);
      low = i64x2.add(low, i64x2.add(i64x2.extmul_low_i32x4_u(x, y), i64x2.extmul_low_i32x4_u(u, v)));
      high = i64x2.add(high, i64x2.add(i64x2.extmul_high_i32x4_u(x, y), i64x2.extmul_high_i32x4_u(u, v)));
      i += 16;
      j -= 16;
    }
    const x = v128.load(a + i), y = v128.load(b);
    low = i64x2.add(low, i64x2.extmul_low_i32x4_u(x, y));
    high = i64x2.add(high, i64x2.extmul_high_i32x4_u(x, y));
    const column = i32x4.shuffle(low, high, 0, 2, 4, 6);
    const digit = v128.and(i32x4.mul(column, inverse), mask32);
    v128.store(m + i, digit);
    const first = v128.load(n);
    low = i64x2.shr_u(i64x2.add(low, i64x2.extmul_low_i32x4_u(digit, first)), 28);
    high = i64x2.shr_u(i64x2.add(high, i64x2.extmul_high_i32x4_u(digit, first)), 28);
  }
  upper(limbs, a, b, m, n, out, low, high, mask);
}

@inline function upper(limbs: i32, a: usize, b: usize, m: usize, n: usize, out: usize, low0: v128, high0: v128, mask: v128): void {
  let low = low0, high = high0;
  const last = <usize>(limbs - 1) << 4;
  for (let k: usize = 16; k <= last; k += 16) {
    let i = k, j = last;
    while (i <= last) {
      const x = v128.load(a + i), y = v128.load(b + j), u = v128.load(m + i), v = v128.load(n + j);
      low = i64x2.add(low, i64x2.add(i64x2.extmul_low_i32x4_u(x, y), i64x2.extmul_low_i32x4_u(u, v)));
      high = i64x2.add(high, i64x2.add(i64x2.extmul_high_i32x4_u(x, y), i64x2.extmul_high_i32x4_u(u, v)));
      i += 16;
      j -= 16;
    }
    v128.store(out + k - 16, i32x4.shuffle(v128.and(low, mask), v128.and(high, mask), 0, 2, 4, 6));
    low = i64x2.shr_u(low, 28);
    high = i64x2.shr_u(high, 28);
  }
  v128.store(out + last, i32x4.shuffle(low, high, 0, 2, 4, 6));
}

/** out = a * a / R mod n, below 2n: each product of two different limbs is made once and doubled. */
function square(slot: usize, a: usize, out: usize): void {
  const limbs = <i32>load<u32>(slot + LIMBS);
  const n = slot + N, m = slot + M;
  const inverse = i32x4.splat(<i32>load<u32>(slot + N0));
  const mask = i64x2.splat(MASK), mask32 = i32x4.splat(0xfffffff);
  const last = <usize>(limbs - 1) << 4;
  let low = i64x2.splat(0), high = i64x2.splat(0);
  for (let k: usize = 0; k <= last << 1; k += 16) {
    let i: usize = k > last ? k - last : 0, j: usize = k - i;
    let twoLow = i64x2.splat(0), twoHigh = i64x2.splat(0);
    while (i < j) {
      const x = v128.load(a + i), y = v128.load(a + j);
      twoLow = i64x2.add(twoLow, i64x2.extmul_low_i32x4_u(x, y));
      twoHigh = i64x2.add(twoHigh, i64x2.extmul_high_i32x4_u(x, y));
      i += 16;
      j -= 16;
    }
    low = i64x2.add(low, i64x2.shl(twoLow, 1));
    high = i64x2.add(high, i64x2.shl(twoHigh, 1));
    if (i == j) {
      const x = v128.load(a + i);
      low = i64x2.add(low, i64x2.extmul_low_i32x4_u(x, x));
      high = i64x2.add(high, i64x2.extmul_high_i32x4_u(x, x));
    }
    i = k > last ? k - last : 0;
    j = k - i;
    const stop: usize = k > last ? last + 16 : k;
    while (i < stop) {
      const u = v128.load(m + i), v = v128.load(n + j);
      low = i64x2.add(low, i64x2.extmul_low_i32x4_u(u, v));
      high = i64x2.add(high, i64x2.extmul_high_i32x4_u(u, v));
      i += 16;
      j -= 16;
    }
    if (k <= last) {
      const digit = v128.and(i32x4.mul(i32x4.shuffle(low, high, 0, 2, 4, 6), inverse), mask32);
      v128.store(m + k, digit);
      const first = v128.load(n);
      low = i64x2.shr_u(i64x2.add(low, i64x2.extmul_low_i32x4_u(digit, first)), 28);
      high = i64x2.shr_u(i64x2.add(high, i64x2.extmul_high_i32x4_u(digit, first)), 28);
    } else {
      v128.store(out + k - last - 16, i32x4.shuffle(v128.and(low, mask), v128.and(high, mask), 0, 2, 4, 6));
      low = i64x2.shr_u(low, 28);
      high = i64x2.shr_u(high, 28);
    }
  }
  v128.store(out + last, i32x4.shuffle(low, high, 0, 2, 4, 6));
}

/** Which lanes' signatures are exact (QRY-009), a bit each: the whole encoded message is compared. */
export function verify(slot: usize): i32 {
  let x = slot + X, y = slot + Y;
  multiply(slot, slot + S, slot + R2, x);
  for (let i = 0; i < 16; i += 1) {
    square(slot, x, y);
    const t = x;
    x = y;
    y = t;
  }
  multiply(slot, x, slot + S, y);
  return equalsMessage(slot, y);
}

/** Whether a number below 2n is the encoded message, or that plus n: the same modulo n. */
function equalsMessage(slot: usize, number: usize): i32 {
  const limbs = <i32>load<u32>(slot + LIMBS);
  let same = i32x4.splat(-1), sameAbove = i32x4.splat(-1);
  let carry = i32x4.splat(0);
  const mask32 = i32x4.splat(0xfffffff);
  for (let limb = 0; limb < limbs; limb += 1) {
    const at = <usize>limb << 4;
    const found = v128.load(number + at);
    let expected = v128.load(slot + EM + at);
    if (limb < 5) expected = v128.or(expected, digestLimb(slot, limb));
    same = v128.and(same, i32x4.eq(found, expected));
    const sum = i32x4.add(i32x4.add(expected, v128.load(slot + N + at)), carry);
    sameAbove = v128.and(sameAbove, i32x4.eq(found, v128.and(sum, mask32)));
    carry = i32x4.shr_u(sum, 28);
  }
  sameAbove = v128.and(sameAbove, i32x4.eq(carry, i32x4.splat(0)));
  return i32x4.bitmask(v128.or(same, sameAbove));
}

/** 28 bits of each lane's digest, which is a big-endian number of 128 bits. */
@inline function digestLimb(slot: usize, limb: i32): v128 {
  const lane = slot + LANES + DIGEST;
  let all = i32x4.splat(part(lane, limb));
  all = i32x4.replace_lane(all, 1, part(lane + LANE_BYTES, limb));
  all = i32x4.replace_lane(all, 2, part(lane + 2 * LANE_BYTES, limb));
  return i32x4.replace_lane(all, 3, part(lane + 3 * LANE_BYTES, limb));
}

@inline function part(digest: usize, limb: i32): i32 {
  const high = bswap(load<u64>(digest)), low = bswap(load<u64>(digest + 8));
  const bit = limb * 28;
  if (bit < 64) {
    const value = bit == 0 ? low : (low >> bit) | (high << (64 - bit));
    return <i32>(value & 0xfffffff);
  }
  return <i32>((high >> (bit - 64)) & 0xfffffff);
}
