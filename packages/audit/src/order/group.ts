import type { Fact } from "../record/fact.js";
import { Rows } from "./row-reader.js";
import { type ChunkStart, ROW } from "./rows.js";
import { tells, tellsAlone } from "./screen.js";

/** Chains up to this long are looked at row by row before they are looked at more closely. */
const SHORT_CHAIN = 8;

/** Groups the rows in one buffer; see {@link Grouper}. */
export function groupRows(
  bytes: Buffer,
  startOf: (chunk: number) => ChunkStart,
  visit: (facts: readonly Fact[]) => void,
): number {
  return new Grouper().run(bytes, startOf, visit);
}

/** Groups rows by their two hashes, then by appid and id themselves; its memory is used again for each buffer. */
export class Grouper {
  private starts = new Uint32Array(0);
  private next = new Int32Array(0);
  private heads = new Int32Array(0);
  /** The slots of chains that are to be looked at more closely. */
  private visits = new Int32Array(0);

  /**
   * Calls back with each group of the rows in a buffer that can show something; the others are only counted. The order of
   * the groups does not depend on that of the rows. Returns how many orders there were.
   */
  run(
    bytes: Buffer,
    startOf: (chunk: number) => ChunkStart,
    visit: (facts: readonly Fact[]) => void,
  ): number {
    const rows = new Rows(bytes);
    const count = this.index(rows.words);
    const mask = this.chain(rows.words, count) - 1;
    const { starts, next, heads } = this;
    let orders = 0;
    const take = (group: readonly number[]): void => {
      if (!rows.isNonce(group[0] ?? 0)) orders += 1;
      if (tells(rows, group)) visit(group.map((row) => rows.fact(row, startOf)));
    };
    let visits = 0;
    for (let i = 0; i < count; i += 1) {
      const slot = (rows.words[((starts[i] ?? 0) >> 2) + 1] ?? 0) & mask;
      if (heads[slot] !== i) continue;
      const alone = this.alone(rows.words, i);
      if (alone >= 0) orders += alone;
      else {
        this.visits[visits] = slot;
        visits += 1;
      }
    }
    for (const slot of this.visits.subarray(0, visits).sort()) {
      const chain: number[] = [];
      for (let one = heads[slot] ?? -1; one >= 0; one = next[one] ?? -1) chain.push(starts[one] ?? 0);
      const [first = 0] = chain;
      if (chain.every((one) => rows.sameKey(first, one))) take(chain);
      else for (const group of apart(rows, chain)) take(group);
    }
    return orders;
  }

  /** The orders of a chain in which every row is the only one of its key and shows nothing; -1 where that is not certain. */
  private alone(words: Uint32Array, head: number): number {
    const { starts, next } = this;
    let orders = 0;
    let length = 0;
    for (let one = head; one >= 0; one = next[one] ?? -1) {
      const word = (starts[one] ?? 0) >> 2;
      const kind = words[word] ?? 0;
      length += 1;
      if (tellsAlone(kind) || length > SHORT_CHAIN) return -1;
      if ((kind & ROW.nonce) === 0) orders += 1;
      for (let other = next[one] ?? -1; other >= 0; other = next[other] ?? -1)
        if (words[((starts[other] ?? 0) >> 2) + 1] === words[word + 1]) return -1;
    }
    return orders;
  }

  /** Notes where each row begins; returns how many there are. */
  private index(words: Uint32Array): number {
    let rows = 0;
    for (let at = 0; at < words.length; at += ((words[at] ?? 0) & ROW.length) >> 2) rows += 1;
    if (this.starts.length < rows) {
      const most = Math.ceil(rows * 1.25);
      this.starts = new Uint32Array(most);
      this.next = new Int32Array(most);
      this.visits = new Int32Array(most);
      this.heads = new Int32Array(slotsFor(most));
    }
    const { starts } = this;
    let count = 0;
    for (let at = 0; at < words.length; at += ((words[at] ?? 0) & ROW.length) >> 2) {
      starts[count] = at << 2;
      count += 1;
    }
    return count;
  }

  /** Chains the rows by the low bits of their first hash; returns how many chains there are. */
  private chain(words: Uint32Array, count: number): number {
    const slots = slotsFor(count);
    const { starts, heads, next } = this;
    heads.fill(-1, 0, slots);
    for (let row = 0; row < count; row += 1) {
      const slot = (words[((starts[row] ?? 0) >> 2) + 1] ?? 0) & (slots - 1);
      next[row] = heads[slot] ?? -1;
      heads[slot] = row;
    }
    return slots;
  }
}

/** Four slots for each row and more, a power of two: chains of several keys are rare then. */
function slotsFor(rows: number): number {
  return 1 << Math.ceil(Math.log2(4 * rows + 16));
}

/** The rows of one chain as groups of one key each, in the order of their hashes. */
function apart(rows: Rows, chain: readonly number[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  for (const row of chain) {
    const group = groups.find(([first]) => first !== undefined && rows.sameKey(first, row));
    if (group) group.push(row);
    else groups.push([row]);
  }
  const hash = (group: readonly number[], word: number): number =>
    rows.words[((group[0] ?? 0) >> 2) + word] ?? 0;
  return groups.sort((a, b) => hash(a, 1) - hash(b, 1) || hash(a, 2) - hash(b, 2));
}
