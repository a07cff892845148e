import { DIGEST, EM, LANE_BYTES, LANES, LIMBS, M, N, N0, R2, S, WIDTH, X, Y } from "./layout";

// The RSA public operation s^65537 mod n of four messages at a time: Montgomery multiplication (product scanning) on
// limbs of 29 bits where a column of them fits 64 bits (up to 18 limbs), else of 28. Numbers stay below 2n; R is at
// least 4n. All is public.

/**
 * out = a * b / R mod n, below 2n; `square` where b is a: then each product of two different limbs is made once and
 * doubled. Every number has a limb of zero behind its last one: two columns are summed a pass, each limb loaded once for
 * both. `width` and `square` are constants where this is inlined. Sums live in locals: globals are not kept in registers.
 */
@inline function montgomery(slot: usize, a: usize, b: usize, out: usize, width: i32, square: bool): void {
  const size = <usize>load<u32>(slot + LIMBS) << 4;
  const n = slot + N, m = slot + M;
  const mask = i64x2.splat((<i64>1 << width) - 1), mask32 = i32x4.splat((1 << width) - 1);
  const inverse = i32x4.splat(<i32>load<u32>(slot + N0));
  // The sums of two columns, k and k + 1: lanes 0 and 1 in `low`, 2 and 3 in `high`.
  let low0 = i64x2.splat(0), high0 = i64x2.splat(0);
  for (let k: usize = 0; k < size << 1; k += 32) {
    let low1 = i64x2.splat(0), high1 = i64x2.splat(0);
    const upper = k >= size;
    const first: usize = upper ? k + 16 - size : 0;
    if (square) {
      const carryLow = low0, carryHigh = high0, stop = k >> 1;
      low0 = i64x2.splat(0);
      high0 = i64x2.splat(0);
      let i = first, from = a + k - i, before = v128.load(from + 16);
      while (i < stop) {
        const x = v128.load(a + i), y = v128.load(from);
        low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(x, before));
        high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(x, before));
        low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(x, y));
        high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(x, y));
        before = y;
        i += 16;
        from -= 16;
      }
      const middle = v128.load(a + stop), next = v128.load(a + stop + 16);
      low1 = i64x2.shl(i64x2.add(low1, i64x2.extmul_low_i32x4_u(middle, next)), 1);
      high1 = i64x2.shl(i64x2.add(high1, i64x2.extmul_high_i32x4_u(middle, next)), 1);
      low0 = i64x2.add(i64x2.add(i64x2.shl(low0, 1), carryLow), i64x2.extmul_low_i32x4_u(middle, middle));
      high0 = i64x2.add(i64x2.add(i64x2.shl(high0, 1), carryHigh), i64x2.extmul_high_i32x4_u(middle, middle));
    } else {
      const stop: usize = upper ? size : k + 16;
      let i = first, from = b + k - i, before = v128.load(from + 16);
      while (i < stop) {
        const x = v128.load(a + i), y = v128.load(from);
        low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(x, before));
        high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(x, before));
        low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(x, y));
        high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(x, y));
        before = y;
        i += 16;
        from -= 16;
      }
      if (!upper) {
        const above = v128.load(a + k + 16), last = v128.load(b);
        low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(above, last));
        high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(above, last));
      }
    }
    // The same for m * n: m[i] * n[k - i] up to i = k - 1, two steps a turn; the steps are odd above n's size.
    const stop: usize = upper ? size : k;
    let i = first, from = n + k - i, before = v128.load(from + 16);
    if (upper) {
      const x = v128.load(m + i), y = v128.load(from);
      low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(x, before));
      high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(x, before));
      low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(x, y));
      high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(x, y));
      before = y;
      i += 16;
      from -= 16;
    }
    while (i < stop) {
      const x = v128.load(m + i), y = v128.load(from), u = v128.load(m + i + 16), v = v128.load(from - 16);
      low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(x, before));
      high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(x, before));
      low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(x, y));
      high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(x, y));
      low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(u, y));
      high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(u, y));
      low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(u, v));
      high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(u, v));
      before = v;
      i += 32;
      from -= 32;
    }
    // The pair ends: digits of m below n's size, limbs of the result above it; the carry stays in the first column.
    if (!upper) {
      const digit = v128.and(i32x4.mul(i32x4.shuffle(low0, high0, 0, 2, 4, 6), inverse), mask32);
      v128.store(m + k, digit);
      const n0 = v128.load(n), n1 = v128.load(n + 16);
      low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(digit, n0));
      high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(digit, n0));
      low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(digit, n1));
      high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(digit, n1));
    } else v128.store(out + k - size, i32x4.shuffle(v128.and(low0, mask), v128.and(high0, mask), 0, 2, 4, 6));
    low1 = i64x2.add(low1, i64x2.shr_u(low0, width));
    high1 = i64x2.add(high1, i64x2.shr_u(high0, width));
    if (k + 16 < size) {
      const digit = v128.and(i32x4.mul(i32x4.shuffle(low1, high1, 0, 2, 4, 6), inverse), mask32);
      v128.store(m + k + 16, digit);
      const n0 = v128.load(n);
      low1 = i64x2.add(low1, i64x2.extmul_low_i32x4_u(digit, n0));
      high1 = i64x2.add(high1, i64x2.extmul_high_i32x4_u(digit, n0));
    } else v128.store(out + k + 16 - size, i32x4.shuffle(v128.and(low1, mask), v128.and(high1, mask), 0, 2, 4, 6));
    low0 = i64x2.shr_u(low1, width);
    high0 = i64x2.shr_u(high1, width);
  }
}

function multiply28(slot: usize, a: usize, b: usize, out: usize): void {
  montgomery(slot, a, b, out, 28, false);
}
function multiply29(slot: usize, a: usize, b: usize, out: usize): void {
  montgomery(slot, a, b, out, 29, false);
}
function square28(slot: usize, a: usize, out: usize): void {
  montgomery(slot, a, a, out, 28, true);
}
function square29(slot: usize, a: usize, out: usize): void {
  montgomery(slot, a, a, out, 29, true);
}

/** Which lanes' signatures are exact (QRY-009), a bit each: the whole encoded message is compared. */
export function verify(slot: usize): i32 {
  let x = slot + X, y = slot + Y;
  const wide = load<u32>(slot + WIDTH) == 29;
  if (wide) multiply29(slot, slot + S, slot + R2, x);
  else multiply28(slot, slot + S, slot + R2, x);
  for (let i = 0; i < 16; i += 1) {
    if (wide) square29(slot, x, y);
    else square28(slot, x, y);
    const t = x;
    x = y;
    y = t;
  }
  if (wide) multiply29(slot, x, slot + S, y);
  else multiply28(slot, x, slot + S, y);
  return equalsMessage(slot, y);
}

/** Whether a number below 2n is the encoded message, or that plus n: the same modulo n. */
function equalsMessage(slot: usize, number: usize): i32 {
  const limbs = <i32>load<u32>(slot + LIMBS), width = <i32>load<u32>(slot + WIDTH);
  let same = i32x4.splat(-1), sameAbove = i32x4.splat(-1);
  let carry = i32x4.splat(0);
  const mask32 = i32x4.splat((1 << width) - 1);
  for (let limb = 0; limb < limbs; limb += 1) {
    const at = <usize>limb << 4;
    const found = v128.load(number + at);
    let expected = v128.load(slot + EM + at);
    if (limb < 5) expected = v128.or(expected, digestLimb(slot, limb, width));
    same = v128.and(same, i32x4.eq(found, expected));
    const sum = i32x4.add(i32x4.add(expected, v128.load(slot + N + at)), carry);
    sameAbove = v128.and(sameAbove, i32x4.eq(found, v128.and(sum, mask32)));
    carry = i32x4.shr_u(sum, width);
  }
  sameAbove = v128.and(sameAbove, i32x4.eq(carry, i32x4.splat(0)));
  return i32x4.bitmask(v128.or(same, sameAbove));
}

/** One limb of each lane's digest, which is a big-endian number of 128 bits. */
@inline function digestLimb(slot: usize, limb: i32, width: i32): v128 {
  const lane = slot + LANES + DIGEST;
  let all = i32x4.splat(part(lane, limb, width));
  all = i32x4.replace_lane(all, 1, part(lane + LANE_BYTES, limb, width));
  all = i32x4.replace_lane(all, 2, part(lane + 2 * LANE_BYTES, limb, width));
  return i32x4.replace_lane(all, 3, part(lane + 3 * LANE_BYTES, limb, width));
}

@inline function part(digest: usize, limb: i32, width: i32): i32 {
  const high = bswap(load<u64>(digest)), low = bswap(load<u64>(digest + 8));
  const bit = limb * width;
  if (bit < 64) {
    const value = bit == 0 ? low : (low >> bit) | (high << (64 - bit));
    return <i32>value & ((1 << width) - 1);
  }
  return <i32>(high >> (bit - 64)) & ((1 << width) - 1);
}
