import { ROW } from "./rows.js";
import { SCREEN_MASKS, tellsAlone } from "./screen.js";

/** The rows of a buffer in chains by the low bits of their first hash: rows of one key are in one chain. */
export interface Chains {
  /** Orders of chains that show nothing: they are done. */
  readonly orders: number;
  /** The first rows of the other chains, by their hashes. */
  readonly heads: Uint32Array;
  /** For each row, by its offset / 32: the offset of the row behind it in its chain, plus 1; 0 where it is the last. */
  readonly next: Uint32Array;
}

/** Chains rows. The results lie in memory that is used again. */
export interface Chainer {
  /** Bytes of rows that it can take. */
  readonly most: number;
  /** Memory for so many bytes of rows, to be given to `chain`. */
  room(bytes: number): Buffer;
  chain(rows: Buffer): Chains;
}

/** Chains up to this long are looked at row by row before they are looked at more closely. */
const SHORT_CHAIN = 8;

/** The portable chainer: it is done with chains in which every row is the only one of its key. */
export class ScriptChainer implements Chainer {
  readonly most = Number.POSITIVE_INFINITY;
  private memory: Buffer = Buffer.alloc(0);
  private next = new Uint32Array(0);
  private slots = new Uint32Array(0);

  /** More than is needed now: partitions are nearly of one size, and memory that is outgrown lies about for a while. */
  room(bytes: number): Buffer {
    if (this.memory.length < bytes) this.memory = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.25));
    return this.memory.subarray(0, bytes);
  }

  chain(rows: Buffer): Chains {
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length >> 2);
    const count = slotsFor(rows.length);
    if (this.slots.length < count) this.slots = new Uint32Array(count);
    if (this.next.length <= rows.length >> 5) this.next = new Uint32Array((rows.length >> 5) + 1);
    const { slots, next } = this;
    slots.fill(0, 0, count);
    for (let row = 0; row < rows.length; row += (words[row >> 2] ?? 0) & ROW.length) {
      const slot = (words[(row >> 2) + 1] ?? 0) & (count - 1);
      next[row >> 5] = slots[slot] ?? 0;
      slots[slot] = row + 1;
    }
    const heads: number[] = [];
    let orders = 0;
    for (let slot = 0; slot < count; slot += 1) {
      const head = slots[slot] ?? 0;
      if (head === 0) continue;
      const alone = this.alone(words, head);
      if (alone < 0) heads.push(head - 1);
      else orders += alone;
    }
    return { orders, heads: Uint32Array.from(heads), next };
  }

  /** The orders of a chain in which every row is the only one of its key and shows nothing; -1 where that is not certain. */
  private alone(words: Uint32Array, head: number): number {
    const { next } = this;
    let orders = 0;
    let length = 0;
    for (let one = head; one !== 0; one = next[(one - 1) >> 5] ?? 0) {
      const word = (one - 1) >> 2;
      const kind = words[word] ?? 0;
      length += 1;
      if (tellsAlone(kind) || length > SHORT_CHAIN) return -1;
      if ((kind & ROW.nonce) === 0) orders += 1;
      for (let other = next[(one - 1) >> 5] ?? 0; other !== 0; other = next[(other - 1) >> 5] ?? 0)
        if (words[((other - 1) >> 2) + 1] === words[word + 1]) return -1;
    }
    return orders;
  }
}

/** Slots for so many bytes of rows: about four for each row of the usual 100 bytes, so that chains of several keys are rare. */
function slotsFor(bytes: number): number {
  let slots = 16;
  while (slots * 24 < bytes) slots *= 2;
  return slots;
}

/** The module's function, its memory, and where in it rows, chains and heads are. */
export interface ChainModule {
  readonly memory: ArrayBuffer;
  readonly chain: (bytes: number) => number;
  readonly rows: number;
  readonly most: number;
  readonly next: number;
  readonly heads: number;
  /** Where it says how many orders are done. */
  readonly orders: number;
  /** Where it reads what the sayings are. */
  readonly screen: number;
}

/** A chainer in the WebAssembly module's memory (assembly/chains.ts): it is done with most chains of several rows too. */
export class ModuleChainer implements Chainer {
  readonly most: number;
  private readonly module: ChainModule;
  private readonly next: Uint32Array;

  constructor(module: ChainModule) {
    this.module = module;
    this.most = module.most;
    this.next = new Uint32Array(module.memory, module.next, (module.most >> 5) + 1);
    new Uint32Array(module.memory, module.screen, SCREEN_MASKS.length).set(SCREEN_MASKS);
  }

  room(bytes: number): Buffer {
    return Buffer.from(this.module.memory, this.module.rows, bytes);
  }

  chain(rows: Buffer): Chains {
    const { memory, chain, heads, orders } = this.module;
    const count = chain(rows.length);
    return {
      orders: new Uint32Array(memory, orders, 1)[0] ?? 0,
      heads: new Uint32Array(memory, heads, count),
      next: this.next,
    };
  }
}
