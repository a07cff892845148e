// Holds the module's RSA operation to BigInt arithmetic, on numbers that no honest key or signature has: moduli of every
// size with their bits all ones, all zeros or random, signatures at the ends of their range. Says what differs, else how
// much it compared.
//   node scripts/audit/compare-kernel.mjs --keys 2000 --seed 1
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { writeSlot } from "../../packages/audit/dist/engine/key-slot.js";
import { chance } from "./planted-story.mjs";

const { values } = parseArgs({
  options: { keys: { type: "string", default: "500" }, seed: { type: "string", default: "1" } },
});
const random = chance(Number(values.seed));
const below = (limit) => Math.floor(random() * limit);

// As assembly/layout.ts has them.
const SLOTS = 0x5c0000;
const EM = 0x400;
const LANES = 0xb000;
const LANE_BYTES = 0x4000;
const DIGEST = 0x80;
const SIGNATURE = 0xc0;

const wasm = readFileSync(new URL("../../packages/audit/dist/engine/engine.wasm", import.meta.url));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { rows: { full() {} } });
const memory = new DataView(exports.memory.buffer);

/** A number of at most so many bits: random, or long runs of ones and zeros, where carries go far. */
function number(bits) {
  let value = 0n;
  const kind = below(4);
  for (let bit = 0; bit < bits; ) {
    const run = kind === 0 ? 16 : 1 + below(kind === 1 ? 40 : 400);
    const ones = (1n << BigInt(run)) - 1n;
    value = (value << BigInt(run)) | (kind === 0 ? BigInt(below(65536)) : random() < 0.5 ? ones : 0n);
    bit += run;
  }
  return BigInt.asUintN(bits, value);
}

/** A number below 2^bits whose digits of 13 bits are nearly all -4096: then the sums of products are at their largest. */
function lowest(bits) {
  const digits = BigInt(Math.floor((bits - 1) / 13));
  return (1n << (13n * digits)) - (4096n * ((1n << (13n * digits)) - 1n)) / 8191n;
}

function modulusOf(bits) {
  const top = 1n << BigInt(bits - 1);
  const special = [
    top + 1n,
    2n * top - 1n,
    top | number(20),
    2n * top - 1n - 2n * number(20),
    top | lowest(bits - 1),
  ];
  const value = below(3) === 0 ? special[below(special.length)] : top | number(bits - 1);
  return value | 1n;
}

function signatureBelow(n, bits) {
  const half = BigInt.asUintN(bits, number(bits));
  const special = [
    0n,
    1n,
    2n,
    n - 1n,
    n - 2n,
    n >> 1n,
    (n >> 1n) + 1n,
    (1n << BigInt(bits - 1)) - 1n,
    lowest(bits),
  ];
  return (below(3) === 0 ? special[below(special.length)] : half) % n;
}

function power(base, n) {
  let x = base;
  for (let i = 0; i < 16; i += 1) x = (x * x) % n;
  return (x * base) % n;
}

function bytesOf(value, length) {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** x / 2^shift mod n. */
function halved(x, shift, n) {
  let [half, factor] = [(n + 1n) >> 1n, 1n];
  for (let rest = shift; rest > 0n; rest >>= 1n) {
    if (rest & 1n) factor = (factor * half) % n;
    half = (half * half) % n;
  }
  return (((x % n) + n) * factor) % n;
}

/** Writes one lane's expected number as signed digits of 13 bits. */
function expect(lane, value, digits) {
  let rest = value;
  for (let i = 0; i < digits; i += 1) {
    const digit = BigInt.asIntN(13, rest);
    rest = (rest - digit) >> 13n;
    memory.setInt16(SLOTS + EM + 16 * (i >> 1) + 4 * lane + 2 * (i & 1), Number(digit), true);
  }
}

/** The answers of the module for eight signatures, four a time, since the message that is expected is one for both groups. */
function answers(signatures, expected, digest, size, digits, n) {
  for (const [lane, signature] of signatures.entries()) {
    const at = SLOTS + LANES + LANE_BYTES * lane;
    new Uint8Array(memory.buffer, at + SIGNATURE, size).set(bytesOf(signature, size));
    new Uint8Array(memory.buffer, at + DIGEST, 16).set(bytesOf(digest, 16));
  }
  let bits = 0;
  for (const group of [0, 1]) {
    for (let lane = 0; lane < 4; lane += 1) {
      const value = halved(expected[4 * group + lane] - digest, 65536n * 13n * BigInt(digits), n);
      expect(lane, 2n * value > n ? value - n : value, digits);
    }
    bits |= exports.verify(SLOTS) & (0xf << (4 * group));
  }
  return bits;
}

const SIZES = [
  512, 512, 512, 1024, 1024, 2048, 448, 513, 518, 519, 777, 778, 779, 1000, 1016, 1536, 2040, 2078,
];
let compared = 0;
for (let i = 0; i < Number(values.keys); i += 1) {
  const bits = SIZES[i % SIZES.length];
  const n = modulusOf(bits);
  const size = Math.ceil(bits / 8);
  const digits = Math.ceil((bits + 2) / 52) * 4;
  writeSlot(memory, SLOTS, {
    key: { modulus: bytesOf(n, size).reverse(), exponent: new Uint8Array([1, 0, 1]), bits },
    from: null,
    until: null,
  });
  const signatures = Array.from({ length: 8 }, () => signatureBelow(n, bits));
  const right = signatures.map((s) => power(s, n));
  const digest = number(128);
  if (answers(signatures, right, digest, size, digits, n) !== 0xff)
    differ(n, signatures, "a right number is refused");
  const wrong = right.map((v) => {
    const bit = 1n << BigInt(below(bits - 1));
    return [v + 1n, v - 1n, v + bit, v - bit, v + (1n << 13n), v + (1n << 26n)][below(6)];
  });
  if (answers(signatures, wrong, digest, size, digits, n) !== 0)
    differ(n, signatures, "a wrong number is accepted");
  compared += 16;
}
process.stdout.write(`${compared} powers: no difference.\n`);

function differ(n, signatures, what) {
  process.stdout.write(`${what}: n ${n.toString(16)}, signatures ${signatures.map((s) => s.toString(16))}\n`);
  process.exit(1);
}
