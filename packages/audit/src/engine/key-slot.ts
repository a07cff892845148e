import { digestInfo, encodedMessage, toHex } from "@ksherproof/core";
import type { ReadyKey } from "../record/signature.js";

/** Offsets within a key's slot of the module's memory (assembly/layout.ts). */
const LIMBS = 0;
const N0 = 4;
const DIGITS = 8;
const FROM = 16;
const UNTIL = 24;
const WIDTH = 36;
const MODULUS_HEX = 0x100;
const N = 0x400;
const R2 = 0x900;
const EM = 0xe00;
const NUMBERS_END = 0x2800;
const MOST_LIMBS = 76;

/** Whether the module can verify with a key: the usual exponent, a size that fits its slots. */
export function fitsSlot({ key }: ReadyKey): boolean {
  const usual = key.exponent.length === 3 && toHex(key.exponent) === "010001";
  return usual && key.bits >= 448 && limbsOf(key.bits) <= MOST_LIMBS && ((key.modulus.at(-1) ?? 0) & 1) === 1;
}

/** Bits of a limb: 29 where two products of 18 limbs fit 64 bits, which is 522 bits; else 28. */
function widthOf(bits: number): number {
  return bits + 2 <= 18 * 29 ? 29 : 28;
}

/** Limbs for numbers below 4n. */
function limbsOf(bits: number): number {
  return Math.ceil((bits + 2) / widthOf(bits));
}

/** Writes a key into a slot of the module's memory. */
export function writeSlot(memory: DataView, slot: number, { key, from, until }: ReadyKey): void {
  const modulus = BigInt(`0x${toHex(key.modulus)}`);
  const limbs = limbsOf(key.bits);
  const width = widthOf(key.bits);
  new Uint8Array(memory.buffer, slot + N, NUMBERS_END - N).fill(0);
  memory.setUint32(slot + LIMBS, limbs, true);
  memory.setUint32(slot + N0, inverse(Number(modulus & 0xffffffffn)) & (2 ** width - 1), true);
  memory.setUint32(slot + WIDTH, width, true);
  memory.setUint32(slot + DIGITS, 2 * key.modulus.length, true);
  memory.setFloat64(slot + FROM, from ?? Number.NEGATIVE_INFINITY, true);
  memory.setFloat64(slot + UNTIL, until ?? Number.POSITIVE_INFINITY, true);
  for (const [i, digit] of [...toHex(key.modulus)].entries())
    memory.setUint8(slot + MODULUS_HEX + i, Number.parseInt(digit, 16));
  writeNumber(memory, slot + N, modulus, limbs, width);
  writeNumber(memory, slot + R2, (1n << BigInt(2 * width * limbs)) % modulus, limbs, width);
  const message = encodedMessage(digestInfo(new Uint8Array(16)), key.modulus.length);
  writeNumber(memory, slot + EM, BigInt(`0x${toHex(message)}`), limbs, width);
}

/** A slot with no key: no signature has its length. */
export function clearSlot(memory: DataView, slot: number): void {
  memory.setUint32(slot + DIGITS, 0xffffffff, true);
}

/** A number as limbs, each in all four lanes. */
function writeNumber(memory: DataView, at: number, number: bigint, limbs: number, width: number): void {
  for (let limb = 0; limb < limbs; limb += 1) {
    const value = Number(BigInt.asUintN(width, number >> BigInt(width * limb)));
    for (let lane = 0; lane < 4; lane += 1) memory.setUint32(at + 16 * limb + 4 * lane, value, true);
  }
}

/** -1/n mod 2^32 of an odd number (Newton: each step doubles the right bits). */
function inverse(low: number): number {
  let x = 1;
  for (let i = 0; i < 5; i += 1) x = Math.imul(x, 2 - Math.imul(low, x));
  return -x;
}
