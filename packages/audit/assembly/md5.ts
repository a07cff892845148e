import { DIGEST, LANE_BYTES, LENGTH, TEXT } from "./layout";

// MD5 (RFC 1321) of four messages at a time, one in each lane of a vector. Made by hand once: 64 steps, one a line.

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
@inline function step(mixed: v128, a: v128, b: v128, word: v128, k: i32, n: i32): v128 {
  return i32x4.add(b, rotate(i32x4.add(i32x4.add(a, mixed), i32x4.add(word, i32x4.splat(k))), n));
}

/** The 16 words of a block, one vector each: word w of every lane. */
const W: usize = 0x5c00;

@inline function word(w: i32): v128 {
  return v128.load(W + (<usize>w << 4));
}

/** Loads words w to w+3 of each lane, turned round so that a vector holds one word of four lanes. */
@inline function turn(a: usize, b: usize, c: usize, d: usize, w: usize): void {
  const r0 = v128.load(a + w), r1 = v128.load(b + w), r2 = v128.load(c + w), r3 = v128.load(d + w);
  const t0 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), t1 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const t2 = i32x4.shuffle(r2, r3, 0, 4, 1, 5), t3 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(W + w * 4, i64x2.shuffle(t0, t2, 0, 2));
  v128.store(W + w * 4 + 16, i64x2.shuffle(t0, t2, 1, 3));
  v128.store(W + w * 4 + 32, i64x2.shuffle(t1, t3, 0, 2));
  v128.store(W + w * 4 + 48, i64x2.shuffle(t1, t3, 1, 3));
}

/** Pads the text of a lane as MD5 wants it; returns the number of blocks of 64 bytes. */
export function pad(text: usize, length: u32): u32 {
  const blocks = (length + 8) / 64 + 1;
  const end = text + (<usize>blocks << 6);
  let at = text + length;
  store<u8>(at, 0x80);
  at += 1;
  memory.fill(at, 0, end - at);
  store<u64>(end - 8, <u64>length << 3);
  return blocks;
}

@inline function keep(lane: usize, digest: v128): void {
  v128.store(lane + DIGEST, i8x16.shuffle(digest, digest, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}

/** The digests of a slot's four texts, the number's lowest byte first, at DIGEST of each lane. */
export function md5(l0: usize): void {
  const l1 = l0 + LANE_BYTES, l2 = l1 + LANE_BYTES, l3 = l2 + LANE_BYTES;
  const b0 = pad(l0 + TEXT, load<u32>(l0 + LENGTH));
  const b1 = pad(l1 + TEXT, load<u32>(l1 + LENGTH));
  const b2 = pad(l2 + TEXT, load<u32>(l2 + LENGTH));
  const b3 = pad(l3 + TEXT, load<u32>(l3 + LENGTH));
  const most = max(max(b0, b1), max(b2, b3));
  let counts = i32x4.splat(<i32>b0);
  counts = i32x4.replace_lane(counts, 1, <i32>b1);
  counts = i32x4.replace_lane(counts, 2, <i32>b2);
  counts = i32x4.replace_lane(counts, 3, <i32>b3);
  let A = i32x4.splat(0x67452301), B = i32x4.splat(<i32>0xefcdab89), C = i32x4.splat(<i32>0x98badcfe), D = i32x4.splat(0x10325476);
  for (let block: u32 = 0; block < most; block += 1) {
    const at = <usize>block << 6;
    for (let w: usize = 0; w < 64; w += 16) turn(l0 + TEXT + at, l1 + TEXT + at, l2 + TEXT + at, l3 + TEXT + at, w);
    let a = A, b = B, c = C, d = D;
    a = step(f(b, c, d), a, b, word(0), <i32>0xd76aa478, 7);
    d = step(f(a, b, c), d, a, word(1), <i32>0xe8c7b756, 12);
    c = step(f(d, a, b), c, d, word(2), <i32>0x242070db, 17);
    b = step(f(c, d, a), b, c, word(3), <i32>0xc1bdceee, 22);
    a = step(f(b, c, d), a, b, word(4), <i32>0xf57c0faf, 7);
    d = step(f(a, b, c), d, a, word(5), <i32>0x4787c62a, 12);
    c = step(f(d, a, b), c, d, word(6), <i32>0xa8304613, 17);
    b = step(f(c, d, a), b, c, word(7), <i32>0xfd469501, 22);
    a = step(f(b, c, d), a, b, word(8), <i32>0x698098d8, 7);
    d = step(f(a, b, c), d, a, word(9), <i32>0x8b44f7af, 12);
    c = step(f(d, a, b), c, d, word(10), <i32>0xffff5bb1, 17);
    b = step(f(c, d, a), b, c, word(11), <i32>0x895cd7be, 22);
    a = step(f(b, c, d), a, b, word(12), <i32>0x6b901122, 7);
    d = step(f(a, b, c), d, a, word(13), <i32>0xfd987193, 12);
    c = step(f(d, a, b), c, d, word(14), <i32>0xa679438e, 17);
    b = step(f(c, d, a), b, c, word(15), <i32>0x49b40821, 22);
    a = step(g(b, c, d), a, b, word(1), <i32>0xf61e2562, 5);
    d = step(g(a, b, c), d, a, word(6), <i32>0xc040b340, 9);
    c = step(g(d, a, b), c, d, word(11), <i32>0x265e5a51, 14);
    b = step(g(c, d, a), b, c, word(0), <i32>0xe9b6c7aa, 20);
    a = step(g(b, c, d), a, b, word(5), <i32>0xd62f105d, 5);
    d = step(g(a, b, c), d, a, word(10), <i32>0x02441453, 9);
    c = step(g(d, a, b), c, d, word(15), <i32>0xd8a1e681, 14);
    b = step(g(c, d, a), b, c, word(4), <i32>0xe7d3fbc8, 20);
    a = step(g(b, c, d), a, b, word(9), <i32>0x21e1cde6, 5);
    d = step(g(a, b, c), d, a, word(14), <i32>0xc33707d6, 9);
    c = step(g(d, a, b), c, d, word(3), <i32>0xf4d50d87, 14);
    b = step(g(c, d, a), b, c, word(8), <i32>0x455a14ed, 20);
    a = step(g(b, c, d), a, b, word(13), <i32>0xa9e3e905, 5);
    d = step(g(a, b, c), d, a, word(2), <i32>0xfcefa3f8, 9);
    c = step(g(d, a, b), c, d, word(7), <i32>0x676f02d9, 14);
    b = step(g(c, d, a), b, c, word(12), <i32>0x8d2a4c8a, 20);
    a = step(h(b, c, d), a, b, word(5), <i32>0xfffa3942, 4);
    d = step(h(a, b, c), d, a, word(8), <i32>0x8771f681, 11);
    c = step(h(d, a, b), c, d, word(11), <i32>0x6d9d6122, 16);
    b = step(h(c, d, a), b, c, word(14), <i32>0xfde5380c, 23);
    a = step(h(b, c, d), a, b, word(1), <i32>0xa4beea44, 4);
    d = step(h(a, b, c), d, a, word(4), <i32>0x4bdecfa9, 11);
    c = step(h(d, a, b), c, d, word(7), <i32>0xf6bb4b60, 16);
    b = step(h(c, d, a), b, c, word(10), <i32>0xbebfbc70, 23);
    a = step(h(b, c, d), a, b, word(13), <i32>0x289b7ec6, 4);
    d = step(h(a, b, c), d, a, word(0), <i32>0xeaa127fa, 11);
    c = step(h(d, a, b), c, d, word(3), <i32>0xd4ef3085, 16);
    b = step(h(c, d, a), b, c, word(6), <i32>0x04881d05, 23);
    a = step(h(b, c, d), a, b, word(9), <i32>0xd9d4d039, 4);
    d = step(h(a, b, c), d, a, word(12), <i32>0xe6db99e5, 11);
    c = step(h(d, a, b), c, d, word(15), <i32>0x1fa27cf8, 16);
    b = step(h(c, d, a), b, c, word(2), <i32>0xc4ac5665, 23);
    a = step(i(b, c, d), a, b, word(0), <i32>0xf4292244, 6);
    d = step(i(a, b, c), d, a, word(7), <i32>0x432aff97, 10);
    c = step(i(d, a, b), c, d, word(14), <i32>0xab9423a7, 15);
    b = step(i(c, d, a), b, c, word(5), <i32>0xfc93a039, 21);
    a = step(i(b, c, d), a, b, word(12), <i32>0x655b59c3, 6);
    d = step(i(a, b, c), d, a, word(3), <i32>0x8f0ccc92, 10);
    c = step(i(d, a, b), c, d, word(10), <i32>0xffeff47d, 15);
    b = step(i(c, d, a), b, c, word(1), <i32>0x85845dd1, 21);
    a = step(i(b, c, d), a, b, word(8), <i32>0x6fa87e4f, 6);
    d = step(i(a, b, c), d, a, word(15), <i32>0xfe2ce6e0, 10);
    c = step(i(d, a, b), c, d, word(6), <i32>0xa3014314, 15);
    b = step(i(c, d, a), b, c, word(13), <i32>0x4e0811a1, 21);
    a = step(i(b, c, d), a, b, word(4), <i32>0xf7537e82, 6);
    d = step(i(a, b, c), d, a, word(11), <i32>0xbd3af235, 10);
    c = step(i(d, a, b), c, d, word(2), <i32>0x2ad7d2bb, 15);
    b = step(i(c, d, a), b, c, word(9), <i32>0xeb86d391, 21);
    const runs = i32x4.gt_s(counts, i32x4.splat(<i32>block));
    A = v128.bitselect(i32x4.add(A, a), A, runs);
    B = v128.bitselect(i32x4.add(B, b), B, runs);
    C = v128.bitselect(i32x4.add(C, c), C, runs);
    D = v128.bitselect(i32x4.add(D, d), D, runs);
  }
  const t0 = i32x4.shuffle(A, B, 0, 4, 1, 5), t1 = i32x4.shuffle(A, B, 2, 6, 3, 7);
  const t2 = i32x4.shuffle(C, D, 0, 4, 1, 5), t3 = i32x4.shuffle(C, D, 2, 6, 3, 7);
  keep(l0, i64x2.shuffle(t0, t2, 0, 2));
  keep(l1, i64x2.shuffle(t0, t2, 1, 3));
  keep(l2, i64x2.shuffle(t1, t3, 0, 2));
  keep(l3, i64x2.shuffle(t1, t3, 1, 3));
}
