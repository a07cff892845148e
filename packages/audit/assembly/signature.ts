import { sign, signDigits } from "./envelope";
import { HEX, MODULUS, SIGNATURE } from "./layout";

// A signature's hex as a number.

/** Decodes the signature's hex into a lane, the lowest byte first; it must be below the modulus. */
export function decode(base: usize, lane: usize): bool {
  const to = lane + SIGNATURE;
  const bytes = signDigits >> 1;
  let bad = i8x16.splat(0);
  let done: usize = 0;
  let from = sign + signDigits - 32;
  for (; done + 16 <= bytes; done += 16) {
    const first = v128.load(from), second = v128.load(from + 16);
    const high = nibbles(first), low = nibbles(second);
    bad = v128.or(bad, v128.or(high, low));
    const both = i8x16.narrow_i16x8_u(joined(high), joined(low));
    v128.store(to + done, i8x16.shuffle(both, both, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    from -= 32;
  }
  let odd: u32 = 0;
  for (; done < bytes; done += 1) {
    const at = sign + signDigits - 2 - 2 * done;
    const high = <u32>load<u8>(HEX + load<u8>(at)), low = <u32>load<u8>(HEX + load<u8>(at + 1));
    odd |= high | low;
    store<u8>(to + done, <u8>((high << 4) | (low & 15)));
  }
  return odd < 16 && i8x16.bitmask(bad) == 0 && below(to, base + MODULUS, bytes);
}

/** The values of 16 hex digits; what is no digit has its highest bit set. */
@inline function nibbles(text: v128): v128 {
  const digit = i8x16.sub(text, i8x16.splat(0x30)), letter = i8x16.sub(v128.or(text, i8x16.splat(0x20)), i8x16.splat(0x61));
  const isDigit = i8x16.lt_u(digit, i8x16.splat(10)), isLetter = i8x16.lt_u(letter, i8x16.splat(6));
  const value = v128.bitselect(digit, i8x16.add(letter, i8x16.splat(10)), isDigit);
  return v128.or(value, v128.not(v128.or(isDigit, isLetter)));
}

/** Pairs of digits as bytes, one in each half of a lane. */
@inline function joined(digits: v128): v128 {
  return v128.and(v128.or(i16x8.shl(digits, 4), i16x8.shr_u(digits, 8)), i16x8.splat(0xff));
}

/** Whether a number in bytes, the lowest first, is below another. */
function below(a: usize, b: usize, bytes: usize): bool {
  while (bytes > 0) {
    bytes -= 1;
    const x = load<u8>(a + bytes), y = load<u8>(b + bytes);
    if (x != y) return x < y;
  }
  return false;
}
