import { DIGEST, EM, LANE_BYTES, LANES, LIMBS, M, N, N0, R2, S, X, Y } from "./layout";

// The RSA public operation s^65537 mod n of four messages at a time: Montgomery multiplication (product scanning) on
// limbs of 28 bits, a column's products summed in 64 bits. Numbers stay below 2n; R is at least 4n. All is public.

const MASK: i64 = 0xfffffff;

// Every number has a limb of zero behind its last one. Two columns are summed a pass: each limb is loaded once for both.

let low0: v128 = i64x2.splat(0);
let high0: v128 = i64x2.splat(0);
let low1: v128 = i64x2.splat(0);
let high1: v128 = i64x2.splat(0);

/** out = a * b / R mod n, below 2n. */
function multiply(slot: usize, a: usize, b: usize, out: usize): void {
  const size = <usize>load<u32>(slot + LIMBS) << 4;
  const n = slot + N, m = slot + M;
  low0 = i64x2.splat(0);
  high0 = i64x2.splat(0);
  for (let k: usize = 0; k < size << 1; k += 32) {
    low1 = i64x2.splat(0);
    high1 = i64x2.splat(0);
    products(a, b, k, size);
    products(m, n, k, size);
    if (k < size) {
      const x = v128.load(a + k), y = v128.load(b), above = v128.load(a + k + 16), after = v128.load(b + 16);
      low0 = i64x2.add(low0, i64x2.extmul_low_i32x4_u(x, y));
      high0 = i64x2.add(high0, i64x2.extmul_high_i32x4_u(x, y));
      low1 = i64x2.add(low1, i64x2.add(i64x2.extmul_low_i32x4_u(x, after), i64x2.extmul_low_i32x4_u(above, y)));
      high1 = i64x2.add(high1, i64x2.add(i64x2.extmul_high_i32x4_u(x, after), i64x2.extmul_high_i32x4_u(above, y)));
    }
    settle(slot, k, size, out);
  }
}

/**
 * Adds a[i] * b[k - i] to the first column, a[i] * b[k + 1 - i] to the second, up to i = k - 1: two steps a turn, since
 * their number is even below n's size, and odd above it.
 */
@inline function products(a: usize, b: usize, k: usize, size: usize): void {
  const upper = k >= size;
  let i: usize = upper ? k + 16 - size : 0;
  const stop: usize = upper ? size : k;
  let from = b + k - i;
  let before = v128.load(from + 16);
  let l0 = low0, h0 = high0, l1 = low1, h1 = high1;
  if (upper) {
    const x = v128.load(a + i), y = v128.load(from);
    l1 = i64x2.add(l1, i64x2.extmul_low_i32x4_u(x, before));
    h1 = i64x2.add(h1, i64x2.extmul_high_i32x4_u(x, before));
    l0 = i64x2.add(l0, i64x2.extmul_low_i32x4_u(x, y));
    h0 = i64x2.add(h0, i64x2.extmul_high_i32x4_u(x, y));
    before = y;
    i += 16;
    from -= 16;
  }
  while (i < stop) {
    const x = v128.load(a + i), y = v128.load(from), u = v128.load(a + i + 16), v = v128.load(from - 16);
    l1 = i64x2.add(l1, i64x2.extmul_low_i32x4_u(x, before));
    h1 = i64x2.add(h1, i64x2.extmul_high_i32x4_u(x, before));
    l0 = i64x2.add(l0, i64x2.extmul_low_i32x4_u(x, y));
    h0 = i64x2.add(h0, i64x2.extmul_high_i32x4_u(x, y));
    l1 = i64x2.add(l1, i64x2.extmul_low_i32x4_u(u, y));
    h1 = i64x2.add(h1, i64x2.extmul_high_i32x4_u(u, y));
    l0 = i64x2.add(l0, i64x2.extmul_low_i32x4_u(u, v));
    h0 = i64x2.add(h0, i64x2.extmul_high_i32x4_u(u, v));
    before = v;
    i += 32;
    from -= 32;
  }
  low0 = l0;
  high0 = h0;
  low1 = l1;
  high1 = h1;
}

/** Ends a pair of columns: digits of m below n's size, limbs of the result above it; the carry stays in the first. */
@inline function settle(slot: usize, k: usize, size: usize, out: usize): void {
  const n = slot + N, m = slot + M;
  const inverse = i32x4.splat(<i32>load<u32>(slot + N0));
  const mask = i64x2.splat(MASK), mask32 = i32x4.splat(0xfffffff);
  let l0 = low0, h0 = high0, l1 = low1, h1 = high1;
  if (k < size) {
    const digit = v128.and(i32x4.mul(i32x4.shuffle(l0, h0, 0, 2, 4, 6), inverse), mask32);
    v128.store(m + k, digit);
    const first = v128.load(n), second = v128.load(n + 16);
    l0 = i64x2.add(l0, i64x2.extmul_low_i32x4_u(digit, first));
    h0 = i64x2.add(h0, i64x2.extmul_high_i32x4_u(digit, first));
    l1 = i64x2.add(l1, i64x2.extmul_low_i32x4_u(digit, second));
    h1 = i64x2.add(h1, i64x2.extmul_high_i32x4_u(digit, second));
  } else v128.store(out + k - size, i32x4.shuffle(v128.and(l0, mask), v128.and(h0, mask), 0, 2, 4, 6));
  l1 = i64x2.add(l1, i64x2.shr_u(l0, 28));
  h1 = i64x2.add(h1, i64x2.shr_u(h0, 28));
  if (k + 16 < size) {
    const digit = v128.and(i32x4.mul(i32x4.shuffle(l1, h1, 0, 2, 4, 6), inverse), mask32);
    v128.store(m + k + 16, digit);
    const first = v128.load(n);
    l1 = i64x2.add(l1, i64x2.extmul_low_i32x4_u(digit, first));
    h1 = i64x2.add(h1, i64x2.extmul_high_i32x4_u(digit, first));
  } else v128.store(out + k + 16 - size, i32x4.shuffle(v128.and(l1, mask), v128.and(h1, mask), 0, 2, 4, 6));
  low0 = i64x2.shr_u(l1, 28);
  high0 = i64x2.shr_u(h1, 28);
}

/** out = a * a / R mod n, below 2n: each product of two different limbs is made once and doubled. */
function square(slot: usize, a: usize, out: usize): void {
  const size = <usize>load<u32>(slot + LIMBS) << 4;
  const n = slot + N, m = slot + M;
  low0 = i64x2.splat(0);
  high0 = i64x2.splat(0);
  for (let k: usize = 0; k < size << 1; k += 32) {
    const carryLow = low0, carryHigh = high0;
    low0 = i64x2.splat(0);
    high0 = i64x2.splat(0);
    low1 = i64x2.splat(0);
    high1 = i64x2.splat(0);
    halves(a, k, size);
    const middle = v128.load(a + (k >> 1)), next = v128.load(a + (k >> 1) + 16);
    low1 = i64x2.shl(i64x2.add(low1, i64x2.extmul_low_i32x4_u(middle, next)), 1);
    high1 = i64x2.shl(i64x2.add(high1, i64x2.extmul_high_i32x4_u(middle, next)), 1);
    low0 = i64x2.add(i64x2.add(i64x2.shl(low0, 1), carryLow), i64x2.extmul_low_i32x4_u(middle, middle));
    high0 = i64x2.add(i64x2.add(i64x2.shl(high0, 1), carryHigh), i64x2.extmul_high_i32x4_u(middle, middle));
    products(m, n, k, size);
    settle(slot, k, size, out);
  }
}

/** The products of two different limbs, once each, but for the two in the middle. */
@inline function halves(a: usize, k: usize, size: usize): void {
  let i: usize = k >= size ? k + 16 - size : 0;
  const stop = k >> 1;
  let from = a + k - i;
  let before = v128.load(from + 16);
  let l0 = low0, h0 = high0, l1 = low1, h1 = high1;
  while (i < stop) {
    const x = v128.load(a + i), y = v128.load(from);
    l1 = i64x2.add(l1, i64x2.extmul_low_i32x4_u(x, before));
    h1 = i64x2.add(h1, i64x2.extmul_high_i32x4_u(x, before));
    l0 = i64x2.add(l0, i64x2.extmul_low_i32x4_u(x, y));
    h0 = i64x2.add(h0, i64x2.extmul_high_i32x4_u(x, y));
    before = y;
    i += 16;
    from -= 16;
  }
  low0 = l0;
  high0 = h0;
  low1 = l1;
  high1 = h1;
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
