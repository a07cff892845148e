import { readFileSync } from "node:fs";
import { ENDPOINTS } from "@ksherproof/spec";
import { type Chainer, type ChainModule, ModuleChainer } from "../order/chains.js";
import { blockRows, type RowBlocks } from "../order/row-blocks.js";
import { LISTS, PARTITIONS } from "../order/rows.js";
import type { ReadyKey, ReadyRing } from "../record/signature.js";
import type { Chunk, ChunkResult, Engine } from "./chunk.js";
import { ENGINE_FOLDER } from "./files.js";
import { clearSlot, fitsSlot, writeSlot } from "./key-slot.js";
import {
  BLOCK,
  BLOCK_LIMIT,
  CHAIN_NEXT,
  CHAIN_ROWS,
  CHAIN_SLOTS,
  EXCEPTIONS,
  INPUT,
  INPUT_BYTES,
  MOST_SLOTS,
  OUT,
  ROW_LENGTHS,
  ROWS,
  SCREEN,
  SLOT_BYTES,
  SLOTS,
  USES,
  writeProtocol,
} from "./module-memory.js";
import { nodeEngine, Tally } from "./node-engine.js";

interface Module {
  readonly memory: WebAssembly.Memory;
  readonly run: (first: number, length: number, lines: number, chunk: number) => number;
  readonly setHint: (hint: number) => void;
  readonly setMerchants: (there: number) => void;
  readonly setFacts: (wanted: number) => void;
  readonly chain: ChainModule["chain"];
}

/** The endpoints of records that name none, as the module knows them. */
const HINTS: ReadonlyMap<string | null, number> = new Map([
  [null, 0],
  [ENDPOINTS.gateway_order_query.name, 1],
  [ENDPOINTS.mch_notify_url.name, 2],
]);

/**
 * The fast engine: a WebAssembly module scans, canonicalises and verifies what is ordinary, eight messages at a time;
 * every record that is not ordinary, or does not verify, goes the exact path.
 */
export function wasmEngine(ready: ReadyRing, module: WebAssembly.Module = ownModule()): Engine {
  let engine: WasmEngine | null = null;
  const rows = { full: (): void => engine?.full() };
  const instance = new WebAssembly.Instance(module, { rows });
  engine = new WasmEngine(instance.exports as unknown as Module, ready);
  return engine;
}

/** The module as it was built. */
function ownModule(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL("engine.wasm", ENGINE_FOLDER)));
}

class WasmEngine implements Engine {
  readonly name = "wasm";
  private readonly module: Module;
  private readonly ready: ReadyRing;
  readonly room: Uint8Array<ArrayBuffer>;
  private readonly exact: Engine;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly blocks: RowBlocks;
  /** Rows that are to be returned, in lists by hash. */
  private returned: Uint8Array[][] = [];
  /** Empties the blocks. */
  full: () => void = () => this.keep();
  /** Whether the rows stay in the blocks. */
  private gathers = false;
  /** The key in each slot. */
  private readonly slots: (ReadyKey | null)[] = [];
  /** Whether there are more keys than slots hold at once. */
  private readonly choice: boolean;

  constructor(module: Module, ready: ReadyRing) {
    this.module = module;
    this.ready = ready;
    this.exact = nodeEngine(ready);
    this.bytes = new Uint8Array(module.memory.buffer);
    this.view = new DataView(module.memory.buffer);
    this.room = new Uint8Array(module.memory.buffer, INPUT, INPUT_BYTES - 64);
    this.blocks = {
      words: new Uint32Array(module.memory.buffer, ROWS, (BLOCK * PARTITIONS) >> 2),
      lengths: new Uint32Array(module.memory.buffer, ROW_LENGTHS, PARTITIONS),
      size: BLOCK,
      limit: BLOCK_LIMIT,
    };
    writeProtocol(module.memory.buffer);
    module.setMerchants(ready.merchant.length > 0 ? 1 : 0);
    for (let slot = 0; slot < MOST_SLOTS; slot += 1) this.fill(slot, null);
    for (const [slot, key] of [...lengthsOf(ready)].slice(0, MOST_SLOTS).entries()) this.fill(slot, key);
    this.choice = ready.gateway.filter(fitsSlot).length > this.slots.filter(Boolean).length;
  }

  run(chunk: Chunk): ChunkResult {
    const hint = HINTS.get(chunk.endpoint);
    if (chunk.places || hint === undefined || chunk.bytes.length > INPUT_BYTES - 64)
      return this.exact.run(chunk);
    const { module, bytes, view } = this;
    if (chunk.bytes.byteOffset !== INPUT || chunk.bytes.buffer !== bytes.buffer)
      bytes.set(chunk.bytes, INPUT);
    bytes.fill(10, INPUT + chunk.bytes.length, INPUT + chunk.bytes.length + 32);
    module.setHint(hint);
    const tally = new Tally(chunk, this.ready);
    let lines = 0;
    this.returned = tally.rows;
    for (let at = 0; at < chunk.bytes.length; ) {
      at = module.run(at, chunk.bytes.length, lines, chunk.seq);
      lines = view.getUint32(OUT + 12, true);
      tally.counts.total += view.getUint32(OUT, true);
      tally.counts.valid += view.getUint32(OUT + 4, true);
      for (const [slot, key] of this.slots.entries())
        if (key) tally.used(key.index, view.getUint32(SLOTS + slot * SLOT_BYTES + USES, true));
      for (const [start, end, line] of this.exceptions()) tally.judge(start, end, line);
    }
    if (!this.gathers) this.keep();
    if (this.choice) this.chooseKeys(tally.keyUses);
    return tally.result(lines);
  }

  gather(full: (() => void) | null): RowBlocks {
    this.module.setFacts(full === null ? 0 : 1);
    this.gathers = true;
    if (full) this.full = full;
    return this.blocks;
  }

  chainer(): Chainer {
    const { memory, chain } = this.module;
    return new ModuleChainer({
      memory: memory.buffer,
      chain,
      rows: CHAIN_ROWS,
      most: CHAIN_NEXT - CHAIN_ROWS,
      next: CHAIN_NEXT,
      heads: CHAIN_SLOTS,
      orders: OUT,
      screen: SCREEN,
    });
  }

  /** Moves the rows that are gathered to those that are returned. */
  private keep(): void {
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const rows = blockRows(this.blocks, partition);
      if (rows.length > 0) this.returned[partition % LISTS]?.push(rows.slice());
    }
    this.blocks.lengths.fill(0);
  }

  private exceptions(): readonly (readonly [start: number, end: number, line: number])[] {
    const found: [number, number, number][] = [];
    const count = this.view.getUint32(OUT + 8, true);
    for (let i = 0; i < count; i += 1) {
      const at = EXCEPTIONS + 12 * i;
      found.push([
        this.view.getUint32(at, true),
        this.view.getUint32(at + 4, true),
        this.view.getUint32(at + 8, true),
      ]);
    }
    return found.sort((a, b) => a[2] - b[2]);
  }

  /** Of keys of one length, the slot holds the one that verified the most of the last chunk. */
  private chooseKeys(uses: readonly number[]): void {
    for (const [slot, held] of this.slots.entries()) {
      if (!held) continue;
      const rivals = this.ready.gateway.filter(
        (key) => fitsSlot(key) && key.key.modulus.length === held.key.modulus.length,
      );
      const best = rivals.reduce((a, b) => ((uses[b.index] ?? 0) > (uses[a.index] ?? 0) ? b : a), held);
      if (best !== held) this.fill(slot, best);
    }
  }

  private fill(slot: number, key: ReadyKey | null): void {
    const at = SLOTS + slot * SLOT_BYTES;
    this.slots[slot] = key;
    if (key) writeSlot(this.view, at, key);
    else clearSlot(this.view, at);
  }
}

/** The first key of each length; none of a length at which the ring holds one key twice, since then its periods decide. */
function lengthsOf(ready: ReadyRing): readonly ReadyKey[] {
  const first = new Map<number, ReadyKey>();
  const twice = new Set<number>();
  const seen = new Set<string>();
  for (const key of ready.gateway) {
    const { modulus } = key.key;
    const text = Buffer.from(modulus).toString("hex");
    if (seen.has(text)) twice.add(modulus.length);
    seen.add(text);
    if (fitsSlot(key) && !first.has(modulus.length)) first.set(modulus.length, key);
  }
  return [...first].filter(([length]) => !twice.has(length)).map(([, key]) => key);
}
