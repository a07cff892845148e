import type { Fact } from "../record/fact.js";
import { type ChunkStart, decodeFact } from "./rows.js";

/**
 * Groups the rows in a buffer by their two hashes, then by appid and id themselves, and calls back with each group; a
 * group of one row that can show nothing is only counted. Returns how many orders there were.
 */
export function groupRows(
  bytes: Buffer,
  startOf: (chunk: number) => ChunkStart,
  visit: (facts: readonly Fact[]) => void,
): number {
  const starts = startsOf(bytes);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const { heads, next } = chain(words, starts);
  let orders = 0;
  for (const head of heads) {
    for (let first = head; first >= 0; ) {
      const same: number[] = [];
      const rest: number[] = [];
      for (let row = first; row >= 0; row = next[row] ?? -1)
        (sameHash(words, starts, first, row) ? same : rest).push(row);
      orders += visitSame(bytes, starts, same, startOf, visit);
      for (const [i, row] of rest.entries()) next[row] = rest[i + 1] ?? -1;
      first = rest[0] ?? -1;
    }
  }
  return orders;
}

function startsOf(bytes: Buffer): Uint32Array {
  let count = 0;
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at)) count += 1;
  const starts = new Uint32Array(count);
  count = 0;
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at)) {
    starts[count] = at;
    count += 1;
  }
  return starts;
}

/** Rows chained by the low bits of their first hash. */
function chain(
  words: Uint32Array,
  starts: Uint32Array,
): { readonly heads: Int32Array; readonly next: Int32Array } {
  let slots = 16;
  while (slots < starts.length) slots *= 2;
  const heads = new Int32Array(slots).fill(-1);
  const next = new Int32Array(starts.length);
  for (let row = 0; row < starts.length; row += 1) {
    const slot = (words[((starts[row] ?? 0) >> 2) + 1] ?? 0) & (slots - 1);
    next[row] = heads[slot] ?? -1;
    heads[slot] = row;
  }
  return { heads, next };
}

function sameHash(words: Uint32Array, starts: Uint32Array, a: number, b: number): boolean {
  const x = (starts[a] ?? 0) >> 2;
  const y = (starts[b] ?? 0) >> 2;
  return words[x + 1] === words[y + 1] && words[x + 2] === words[y + 2];
}

function visitSame(
  bytes: Buffer,
  starts: Uint32Array,
  rows: readonly number[],
  startOf: (chunk: number) => ChunkStart,
  visit: (facts: readonly Fact[]) => void,
): number {
  const [only] = rows;
  const at = starts[only ?? 0] ?? 0;
  if (rows.length === 1 && !isAloneTelling(bytes, at)) return bytes[at + 12] === 0 ? 1 : 0;
  const groups = new Map<string, Fact[]>();
  for (const row of rows) {
    const fact = decodeFact(bytes, starts[row] ?? 0, startOf);
    const key = `${fact.of}\u0000${fact.appid}\u0000${fact.id}`;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  let orders = 0;
  for (const facts of groups.values()) {
    if (facts[0]?.of === "order") orders += 1;
    visit(facts);
  }
  return orders;
}

/** A single fact shows something only where an exchange says CLOSED. */
function isAloneTelling(bytes: Buffer, at: number): boolean {
  return bytes[at + 12] === 0 && bytes[at + 13] === 2 && bytes[at + 14] === 1;
}
