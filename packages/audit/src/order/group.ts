import type { Fact } from "../record/fact.js";
import { type ChunkStart, decodeFact, HEADER } from "./rows.js";

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

  /**
   * Calls back with each group of the rows in a buffer; a row that is alone and can show nothing is only counted.
   * Returns how many orders there were.
   */
  run(
    bytes: Buffer,
    startOf: (chunk: number) => ChunkStart,
    visit: (facts: readonly Fact[]) => void,
  ): number {
    const count = this.index(bytes);
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    const slots = this.chain(words, count);
    const { starts, next, heads } = this;
    const alone = new Array<number>(1);
    let orders = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      for (let first = heads[slot] ?? -1; first >= 0; ) {
        if (next[first] === -1) {
          alone[0] = first;
          orders += visitSame(bytes, starts, alone, startOf, visit);
          break;
        }
        const same: number[] = [];
        const rest: number[] = [];
        for (let row = first; row >= 0; row = next[row] ?? -1) {
          (sameHash(words, starts, first, row) ? same : rest).push(row);
        }
        orders += visitSame(bytes, starts, same, startOf, visit);
        for (const [i, row] of rest.entries()) next[row] = rest[i + 1] ?? -1;
        first = rest[0] ?? -1;
      }
    }
    return orders;
  }

  /** Notes where each row begins; returns how many there are. */
  private index(bytes: Buffer): number {
    if (this.starts.length < bytes.length / HEADER) {
      this.starts = new Uint32Array(Math.ceil(bytes.length / HEADER));
      this.next = new Int32Array(this.starts.length);
      this.heads = new Int32Array(1 << Math.ceil(Math.log2(this.starts.length + 16)));
    }
    let count = 0;
    for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at)) {
      this.starts[count] = at;
      count += 1;
    }
    return count;
  }

  /** Chains the rows by the low bits of their first hash; returns how many chains there are. */
  private chain(words: Uint32Array, count: number): number {
    let slots = 16;
    while (slots < count) slots *= 2;
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
