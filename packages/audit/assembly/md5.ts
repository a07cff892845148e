import { DIGEST, LANE_BYTES, LENGTH, MD5_WORDS, TEXT } from "./layout";

// MD5 (RFC 1321) of eight messages at a time, two vectors of four: each step waits for the one before it, so two of them
// take little longer than one.

@inline function rotate(x: v128, n: i32): v128 {
  return v128.or(i32x4.shl(x, n), i32x4.shr_u(x, 32 - n));
}
@inline function f(b: v128, c: v128, d: v128): v128 {
  return v128.bitselect(c, d, b);
}
@inline function g(b: v128, c: v128, d: v128): v128 {
  return v128.bitselect(b, c, d);
}
@inline function h(b: v128, c: v128, d: v128): v128 {
  return v128.xor(v128.xor(b, c), d);
}
@inline function i(b: v128, c: v128, d: v128): v128 {
  return v128.xor(c, v128.or(b, v128.not(d)));
}
@inline function step(mixed: v128, a: v128, b: v128, words: usize, k: v128, n: i32): v128 {
  return i32x4.add(b, rotate(i32x4.add(i32x4.add(a, i32x4.add(v128.load(words), k)), mixed), n));
}

/** The sines, as the RFC calls T. */
const SINES = memory.data<u32>([
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
  0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
  0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
  0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
  0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
  0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
  0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
  0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
]);
@inline function sine(at: usize): v128 {
  return v128.load32_splat(SINES + (at << 2));
}

/** From the words of the first four messages to those of the others; a block has 16, one vector each. */
const OTHERS: usize = 256;
/** Where word `first` is, and each word that is a multiple of `stride` behind it. */
@inline function word(first: usize, stride: usize, step: usize): usize {
  return MD5_WORDS + (((first + stride * step) & 15) << 4);
}

/** Four messages' 16 words of a block, turned round so that a vector holds one word of each. */
function turn(text: usize, words: usize): void {
  for (let w: usize = 0; w < 64; w += 16) {
    const at = text + w, to = words + (w << 2);
    const r0 = v128.load(at), r1 = v128.load(at, LANE_BYTES), r2 = v128.load(at, 2 * LANE_BYTES), r3 = v128.load(at, 3 * LANE_BYTES);
    const t0 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), t1 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
    const t2 = i32x4.shuffle(r2, r3, 0, 4, 1, 5), t3 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(t0, t2, 0, 2));
    v128.store(to, i64x2.shuffle(t0, t2, 1, 3), 16);
    v128.store(to, i64x2.shuffle(t1, t3, 0, 2), 32);
    v128.store(to, i64x2.shuffle(t1, t3, 1, 3), 48);
  }
}

/** Pads the text of a lane as MD5 wants it; returns the number of blocks of 64 bytes. */
function pad(lane: usize): i32 {
  const length = load<u32>(lane + LENGTH), text = lane + TEXT;
  const blocks = (length + 8) / 64 + 1;
  const end = text + (<usize>blocks << 6);
  let at = text + length;
  store<u8>(at, 0x80);
  at += 1;
  for (; at < end; at += 16) v128.store(at, i64x2.splat(0));
  store<u64>(end - 8, <u64>length << 3);
  return <i32>blocks;
}

/** The blocks of four lanes. */
function padded(lane: usize): v128 {
  let counts = i32x4.splat(pad(lane));
  counts = i32x4.replace_lane(counts, 1, pad(lane + LANE_BYTES));
  counts = i32x4.replace_lane(counts, 2, pad(lane + 2 * LANE_BYTES));
  return i32x4.replace_lane(counts, 3, pad(lane + 3 * LANE_BYTES));
}

function digest(lane: usize, value: v128): void {
  v128.store(lane + DIGEST, i8x16.shuffle(value, value, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}

/** Four lanes' digests, the number's lowest byte first, at DIGEST of each. */
function digests(lane: usize, a: v128, b: v128, c: v128, d: v128): void {
  const t0 = i32x4.shuffle(a, b, 0, 4, 1, 5), t1 = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const t2 = i32x4.shuffle(c, d, 0, 4, 1, 5), t3 = i32x4.shuffle(c, d, 2, 6, 3, 7);
  digest(lane, i64x2.shuffle(t0, t2, 0, 2));
  digest(lane + LANE_BYTES, i64x2.shuffle(t0, t2, 1, 3));
  digest(lane + 2 * LANE_BYTES, i64x2.shuffle(t1, t3, 0, 2));
  digest(lane + 3 * LANE_BYTES, i64x2.shuffle(t1, t3, 1, 3));
}

/** The digests of eight lanes' texts. */
export function md5(lanes: usize): void {
  const others = lanes + 4 * LANE_BYTES;
  const countsP = padded(lanes), countsQ = padded(others);
  let A = i32x4.splat(0x67452301), B = i32x4.splat(<i32>0xefcdab89), C = i32x4.splat(<i32>0x98badcfe), D = i32x4.splat(0x10325476);
  let E = A, F = B, G = C, H = D;
  let block = 0;
  let runsP = i32x4.splat(-1), runsQ = runsP;
  while (v128.any_true(v128.or(runsP, runsQ))) {
    const at = <usize>block << 6;
    turn(lanes + TEXT + at, MD5_WORDS);
    turn(others + TEXT + at, MD5_WORDS + OTHERS);
    let a = A, b = B, c = C, d = D, p = E, q = F, r = G, s = H;
    for (let j: usize = 0; j < 16; j += 4) {
      const w0 = word(0, 1, j), k0 = sine(j);
      a = step(f(b, c, d), a, b, w0, k0, 7);
      p = step(f(q, r, s), p, q, w0 + OTHERS, k0, 7);
      const w1 = word(1, 1, j), k1 = sine(j + 1);
      d = step(f(a, b, c), d, a, w1, k1, 12);
      s = step(f(p, q, r), s, p, w1 + OTHERS, k1, 12);
      const w2 = word(2, 1, j), k2 = sine(j + 2);
      c = step(f(d, a, b), c, d, w2, k2, 17);
      r = step(f(s, p, q), r, s, w2 + OTHERS, k2, 17);
      const w3 = word(3, 1, j), k3 = sine(j + 3);
      b = step(f(c, d, a), b, c, w3, k3, 22);
      q = step(f(r, s, p), q, r, w3 + OTHERS, k3, 22);
    }
    for (let j: usize = 0; j < 16; j += 4) {
      const w0 = word(1, 5, j), k0 = sine(j + 16);
      a = step(g(b, c, d), a, b, w0, k0, 5);
      p = step(g(q, r, s), p, q, w0 + OTHERS, k0, 5);
      const w1 = word(6, 5, j), k1 = sine(j + 17);
      d = step(g(a, b, c), d, a, w1, k1, 9);
      s = step(g(p, q, r), s, p, w1 + OTHERS, k1, 9);
      const w2 = word(11, 5, j), k2 = sine(j + 18);
      c = step(g(d, a, b), c, d, w2, k2, 14);
      r = step(g(s, p, q), r, s, w2 + OTHERS, k2, 14);
      const w3 = word(0, 5, j), k3 = sine(j + 19);
      b = step(g(c, d, a), b, c, w3, k3, 20);
      q = step(g(r, s, p), q, r, w3 + OTHERS, k3, 20);
    }
    for (let j: usize = 0; j < 16; j += 4) {
      const w0 = word(5, 3, j), k0 = sine(j + 32);
      a = step(h(b, c, d), a, b, w0, k0, 4);
      p = step(h(q, r, s), p, q, w0 + OTHERS, k0, 4);
      const w1 = word(8, 3, j), k1 = sine(j + 33);
      d = step(h(a, b, c), d, a, w1, k1, 11);
      s = step(h(p, q, r), s, p, w1 + OTHERS, k1, 11);
      const w2 = word(11, 3, j), k2 = sine(j + 34);
      c = step(h(d, a, b), c, d, w2, k2, 16);
      r = step(h(s, p, q), r, s, w2 + OTHERS, k2, 16);
      const w3 = word(14, 3, j), k3 = sine(j + 35);
      b = step(h(c, d, a), b, c, w3, k3, 23);
      q = step(h(r, s, p), q, r, w3 + OTHERS, k3, 23);
    }
    for (let j: usize = 0; j < 16; j += 4) {
      const w0 = word(0, 7, j), k0 = sine(j + 48);
      a = step(i(b, c, d), a, b, w0, k0, 6);
      p = step(i(q, r, s), p, q, w0 + OTHERS, k0, 6);
      const w1 = word(7, 7, j), k1 = sine(j + 49);
      d = step(i(a, b, c), d, a, w1, k1, 10);
      s = step(i(p, q, r), s, p, w1 + OTHERS, k1, 10);
      const w2 = word(14, 7, j), k2 = sine(j + 50);
      c = step(i(d, a, b), c, d, w2, k2, 15);
      r = step(i(s, p, q), r, s, w2 + OTHERS, k2, 15);
      const w3 = word(5, 7, j), k3 = sine(j + 51);
      b = step(i(c, d, a), b, c, w3, k3, 21);
      q = step(i(r, s, p), q, r, w3 + OTHERS, k3, 21);
    }
    A = v128.bitselect(i32x4.add(A, a), A, runsP);
    B = v128.bitselect(i32x4.add(B, b), B, runsP);
    C = v128.bitselect(i32x4.add(C, c), C, runsP);
    D = v128.bitselect(i32x4.add(D, d), D, runsP);
    E = v128.bitselect(i32x4.add(E, p), E, runsQ);
    F = v128.bitselect(i32x4.add(F, q), F, runsQ);
    G = v128.bitselect(i32x4.add(G, r), G, runsQ);
    H = v128.bitselect(i32x4.add(H, s), H, runsQ);
    block += 1;
    runsP = i32x4.gt_s(countsP, i32x4.splat(block));
    runsQ = i32x4.gt_s(countsQ, i32x4.splat(block));
  }
  digests(lanes, A, B, C, D);
  digests(others, E, F, G, H);
}
