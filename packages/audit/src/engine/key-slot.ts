import { digestInfo, encodedMessage, toHex } from "@ksherproof/core";
import type { ReadyKey } from "../record/signature.js";

/** Offsets within a key's slot of the module's memory (assembly/layout.ts). */
const PAIRS = 0;
const DIGITS = 8;
const FROM = 16;
const UNTIL = 24;
const INVERSE = 0x40;
const MODULUS = 0x100;
const EM = 0x400;
const NEGATIVE = 0x940;
const N = 0xe80;
const FACTOR = 0x1e80;
const TURNED = 0x540;
const GROUP = 0x46c0;
const SLOT_END = 0x2b000;

/** Bits of a digit, which is from -4096 to 4095. */
const BITS = 13n;
const MOST_DIGITS = 160;
/** Bits of the digits that a digest has there. */
const DIGEST_BITS = 12n * BITS;

/** Whether the module can verify with a key: the usual exponent, a size that fits its slots. */
export function fitsSlot({ key }: ReadyKey): boolean {
  const usual = key.exponent.length === 3 && toHex(key.exponent) === "010001";
  return (
    usual && key.bits >= 448 && digitsOf(key.bits) <= MOST_DIGITS && ((key.modulus.at(-1) ?? 0) & 1) === 1
  );
}

/** Digits for numbers below 4n: a multiple of four. */
function digitsOf(bits: number): number {
  return Math.ceil((bits + 2) / (4 * Number(BITS))) * 4;
}

/** Writes a key into a slot of the module's memory. */
export function writeSlot(memory: DataView, slot: number, { key, from, until }: ReadyKey): void {
  const modulus = BigInt(`0x${toHex(key.modulus)}`);
  const count = digitsOf(key.bits);
  new Uint8Array(memory.buffer, slot + MODULUS, SLOT_END - MODULUS).fill(0);
  memory.setUint32(slot + PAIRS, count / 2, true);
  const inverted = inverse(Number(modulus & 0xffffffffn)) << (32 - 2 * Number(BITS));
  for (let lane = 0; lane < 4; lane += 1) memory.setInt32(slot + INVERSE + 4 * lane, inverted, true);
  memory.setUint32(slot + DIGITS, 2 * key.modulus.length, true);
  memory.setFloat64(slot + FROM, from ?? Number.NEGATIVE_INFINITY, true);
  memory.setFloat64(slot + UNTIL, until ?? Number.POSITIVE_INFINITY, true);
  new Uint8Array(memory.buffer, slot + MODULUS, key.modulus.length).set([...key.modulus].reverse());
  writePairs(memory, slot + NEGATIVE, digits(-modulus, count));
  writePairs(memory, slot + N, digits(modulus, count));
  writeTurned(memory, slot + N + TURNED, digits(modulus, count));
  // 1/R^65536; 1/2 is (n+1)/2.
  const quotient = power((modulus + 1n) >> 1n, 65536n * BITS * BigInt(count), modulus);
  const message = encodedMessage(digestInfo(new Uint8Array(16)), key.modulus.length);
  const expected = (BigInt(`0x${toHex(message)}`) * quotient) % modulus;
  // Between -n/2 and n/2, as the differences are that the module takes.
  writePairs(memory, slot + EM, digits(2n * expected > modulus ? expected - modulus : expected, count));
  const factor = digits((quotient << DIGEST_BITS) % modulus, count);
  writeTurned(memory, slot + FACTOR + TURNED, factor);
  writeTurned(memory, slot + FACTOR + GROUP + TURNED, factor);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

/** A slot with no key: no signature has its length. */
export function clearSlot(memory: DataView, slot: number): void {
  memory.setUint32(slot + DIGITS, 0xffffffff, true);
}

/** A number as signed digits, the lowest first. */
function digits(number: bigint, count: number): readonly number[] {
  let rest = number;
  return Array.from({ length: count }, () => {
    const digit = BigInt.asIntN(Number(BITS), rest);
    rest = (rest - digit) >> BITS;
    return Number(digit);
  });
}

/** Digits (2i, 2i+1) as vector i, the same in all four lanes. */
function writePairs(memory: DataView, at: number, list: readonly number[]): void {
  for (let i = 0; i < list.length; i += 2) writeVector(memory, at + 8 * i, list[i], list[i + 1]);
}

/** Digits (j, j-1) as vector j, up to one behind the last. */
function writeTurned(memory: DataView, at: number, list: readonly number[]): void {
  for (let j = 0; j <= list.length; j += 1) writeVector(memory, at + 16 * j, list[j], list[j - 1]);
}

function writeVector(memory: DataView, at: number, low = 0, high = 0): void {
  for (let lane = 0; lane < 4; lane += 1) {
    memory.setInt16(at + 4 * lane, low, true);
    memory.setInt16(at + 4 * lane + 2, high, true);
  }
}

/** -1/n mod 2^32 of an odd number (Newton: each step doubles the right bits). */
function inverse(low: number): number {
  let x = 1;
  for (let i = 0; i < 5; i += 1) x = Math.imul(x, 2 - Math.imul(low, x));
  return -x;
}
