import { BITS, pair, swapped, TURNED } from "./digits";
import { D, DIGEST, EM, FACTOR, GROUP, LANE_BYTES, LANES, N, NEGATIVE, PAIRS, S, SIGNATURE, X, Y } from "./layout";
import { multiply, square } from "./montgomery";

// The RSA public operation s^65537 mod n of eight messages at a time.

/** Pairs of digits of a digest. */
const DIGEST_PAIRS: usize = 6;

/**
 * Which lanes' signatures are exact (QRY-009), a bit each. A Montgomery multiplication divides by R, so s^65537 / R^65536
 * comes out. The signature is right where that is (EM + digest) / R^65536, EM being the encoded message of the digest 0,
 * whose quotient is the key's own, and the digest's is a short multiplication.
 */
export function verify(slot: usize): i32 {
  const pairs = <usize>load<u32>(slot + PAIRS), lanes = slot + LANES, others = lanes + 4 * LANE_BYTES;
  gather(lanes + SIGNATURE, slot + S, pairs);
  gather(others + SIGNATURE, slot + S + GROUP, pairs);
  gather(lanes + DIGEST, slot + D, DIGEST_PAIRS);
  gather(others + DIGEST, slot + D + GROUP, DIGEST_PAIRS);
  turn(slot + S, pairs);
  turn(slot + S + GROUP, pairs);
  square(slot, slot + S, slot + X);
  let x = slot + X, y = slot + Y;
  for (let i = 1; i < 16; i += 1) {
    square(slot, x, y);
    const t = x;
    x = y;
    y = t;
  }
  multiply(slot, slot + S, pairs, x, y);
  multiply(slot, slot + D, DIGEST_PAIRS, slot + FACTOR, x);
  return equalsMessage(slot, y, x) | (equalsMessage(slot, y + GROUP, x + GROUP) << 4);
}

/** The 13 bits at a bit of four little-endian numbers, one a lane. */
@inline function bitsAt(numbers: usize, bit: usize): v128 {
  const at = numbers + (bit >> 3);
  let words = v128.load32_zero(at);
  words = v128.load32_lane(at, words, 1, LANE_BYTES);
  words = v128.load32_lane(at, words, 2, 2 * LANE_BYTES);
  words = v128.load32_lane(at, words, 3, 3 * LANE_BYTES);
  return v128.and(i32x4.shr_u(words, <i32>bit & 7), i32x4.splat(8191));
}

/** Four lanes' numbers in bytes as pairs of digits. */
function gather(from: usize, to: usize, pairs: usize): void {
  const stop = to + (pairs << 4);
  const half = i32x4.splat(4096);
  let carry = i32x4.splat(0);
  let bit: usize = 0;
  for (; to < stop; to += 16) {
    let low = i32x4.add(bitsAt(from, bit), carry);
    carry = i32x4.shr_s(i32x4.add(low, half), BITS);
    low = i32x4.sub(low, i32x4.shl(carry, BITS));
    let high = i32x4.add(bitsAt(from, bit + BITS), carry);
    carry = i32x4.shr_s(i32x4.add(high, half), BITS);
    high = i32x4.sub(high, i32x4.shl(carry, BITS));
    v128.store(to, pair(low, i32x4.shl(high, 16)));
    bit += 2 * BITS;
  }
}

/** Makes a number's turned pairs from its pairs. */
function turn(number: usize, pairs: usize): void {
  let before = i32x4.splat(0);
  for (let i: usize = 0; i < pairs; i += 1) {
    const digits = v128.load(number + (i << 4)), to = number + TURNED + (i << 5);
    v128.store(to, pair(digits, before));
    v128.store(to, swapped(digits), 16);
    before = digits;
  }
  v128.store(number + TURNED + (pairs << 5), v128.and(before, i32x4.splat(0xffff0000)));
}

/** Which lanes' `power` is EM plus `digest`, modulo n: their difference, less than 2n either way, is 0, n or -n. */
function equalsMessage(slot: usize, power: usize, digest: usize): i32 {
  const stop = <usize>load<u32>(slot + PAIRS) << 4;
  const half = i32x4.splat(4096);
  let zero = i32x4.splat(-1), more = zero, less = zero;
  let carry = i32x4.splat(0);
  for (let at: usize = 0; at < stop; at += 16) {
    const left = v128.load(power + at), message = v128.load(slot + EM + at), right = v128.load(digest + at);
    let low = i32x4.add(carry, i32x4.sub(i32x4.sub(lower(left), lower(message)), lower(right)));
    carry = i32x4.shr_s(i32x4.add(low, half), BITS);
    low = i32x4.sub(low, i32x4.shl(carry, BITS));
    let high = i32x4.add(carry, i32x4.sub(i32x4.sub(upper(left), upper(message)), upper(right)));
    carry = i32x4.shr_s(i32x4.add(high, half), BITS);
    high = i32x4.sub(high, i32x4.shl(carry, BITS));
    const difference = pair(low, i32x4.shl(high, 16));
    zero = v128.and(zero, i32x4.eq(difference, i32x4.splat(0)));
    more = v128.and(more, i32x4.eq(difference, v128.load(slot + N + at)));
    less = v128.and(less, i32x4.eq(difference, v128.load(slot + NEGATIVE + at)));
  }
  return i32x4.bitmask(v128.and(v128.or(zero, v128.or(more, less)), i32x4.eq(carry, i32x4.splat(0))));
}

@inline function lower(pairs: v128): v128 {
  return i32x4.shr_s(i32x4.shl(pairs, 16), 16);
}
@inline function upper(pairs: v128): v128 {
  return i32x4.shr_s(pairs, 16);
}
