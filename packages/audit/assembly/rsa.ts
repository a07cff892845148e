import { DIGEST, EM, GROUP, LANE_BYTES, LANES, NEGATIVE, PAIRS, R2, S, SIGNATURE, X, Y } from "./layout";
import { BITS, multiply, pair, square } from "./montgomery";

// The RSA public operation s^65537 mod n of eight messages at a time.

/** Which lanes' signatures are exact (QRY-009), a bit each: the whole encoded message is compared. */
export function verify(slot: usize): i32 {
  gather(slot + LANES + SIGNATURE, slot + S, load<u32>(slot + PAIRS));
  gather(slot + LANES + 4 * LANE_BYTES + SIGNATURE, slot + S + GROUP, load<u32>(slot + PAIRS));
  let x = slot + X, y = slot + Y;
  multiply(slot, slot + S, slot + R2, x);
  for (let i = 0; i < 16; i += 1) {
    square(slot, x, y);
    const t = x;
    x = y;
    y = t;
  }
  multiply(slot, slot + S, x, y);
  return equalsMessage(slot, y, 0) | (equalsMessage(slot, y + GROUP, 4 * LANE_BYTES) << 4);
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

/** Four lanes' signatures as pairs of digits. */
function gather(from: usize, to: usize, pairs: u32): void {
  const stop = to + (<usize>pairs << 4);
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

/** Whether a number between -n and n is the encoded message, or that less n: the same modulo n. */
function equalsMessage(slot: usize, number: usize, lanes: usize): i32 {
  const pairs = <i32>load<u32>(slot + PAIRS);
  const half = i32x4.splat(4096), digest = slot + LANES + lanes + DIGEST;
  let same = i32x4.splat(-1), sameLess = i32x4.splat(-1);
  let carry = i32x4.splat(0);
  for (let i = 0; i < pairs; i += 1) {
    const at = <usize>i << 4;
    const found = v128.load(number + at), less = v128.load(slot + NEGATIVE + at), expected = v128.load(slot + EM + at);
    let low = i32x4.sub(i32x4.shr_s(i32x4.shl(found, 16), 16), i32x4.shr_s(i32x4.shl(expected, 16), 16));
    let high = i32x4.sub(i32x4.shr_s(found, 16), i32x4.shr_s(expected, 16));
    if (i < 5) {
      low = i32x4.sub(low, bitsAt(digest, <usize>i * 26));
      high = i32x4.sub(high, bitsAt(digest, <usize>i * 26 + 13));
    }
    low = i32x4.add(low, carry);
    carry = i32x4.shr_s(i32x4.add(low, half), BITS);
    low = i32x4.sub(low, i32x4.shl(carry, BITS));
    high = i32x4.add(high, carry);
    carry = i32x4.shr_s(i32x4.add(high, half), BITS);
    high = i32x4.sub(high, i32x4.shl(carry, BITS));
    const difference = pair(low, i32x4.shl(high, 16));
    same = v128.and(same, i32x4.eq(difference, i32x4.splat(0)));
    sameLess = v128.and(sameLess, i32x4.eq(difference, less));
  }
  return i32x4.bitmask(v128.and(v128.or(same, sameLess), i32x4.eq(carry, i32x4.splat(0))));
}
