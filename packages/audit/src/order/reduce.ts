import { rmSync } from "node:fs";
import { type Fact, type Form, SAYINGS, type Saying } from "../record/fact.js";
import type { Finding } from "../record/finding.js";
import { type Chainer, ScriptChainer } from "./chains.js";
import { groupRows } from "./group.js";
import { judgeGroup } from "./judge-order.js";
import { Rows } from "./row-reader.js";
import { type ChunkStart, FORMS, PARTITIONS } from "./rows.js";
import { type Extent, extentsOf, readExtents, type SpillFolder, SpillWriter } from "./spill.js";

/** Facts of so many bytes are grouped at once; more are spread over several files first. */
const AT_ONCE = 5 << 20;

/** What hears of orders while they are judged, beside their findings. */
export interface OrderListener {
  /** Each order or nonce with findings, with all its facts. */
  group?(facts: readonly Fact[], findings: readonly Finding[]): void;
  /** Each fact about an order, in no order; `at` is NaN where it has no time. */
  fact?(says: Saying, form: Form, at: number): void;
}

/**
 * Judges every order and nonce of a spill folder, partition by partition; returns how many orders there were. Memory is
 * that of one partition's facts, or of `atOnce`, however many there are. Signals are heard between partitions.
 */
export async function reduceSpill(
  folder: SpillFolder,
  startOf: (chunk: number) => ChunkStart,
  take: (finding: Finding) => void,
  atOnce = AT_ONCE,
  listener: OrderListener = {},
): Promise<number> {
  const reducer = new Reducer(folder.path, startOf, take, atOnce, listener);
  let orders = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    orders += reducer.reduce(partition, folder.extents(partition));
    await new Promise(setImmediate);
  }
  return orders;
}

/** Judges partitions of facts one at a time; its memory is used again. */
export class Reducer {
  private readonly folder: string;
  private readonly startOf: (chunk: number) => ChunkStart;
  private readonly take: (finding: Finding) => void;
  private readonly atOnce: number;
  private readonly listener: OrderListener;
  private readonly chainer: Chainer;
  /** For rows of one order that are more than the other takes. */
  private readonly unbounded = new ScriptChainer();

  constructor(
    folder: string,
    startOf: (chunk: number) => ChunkStart,
    take: (finding: Finding) => void,
    atOnce = AT_ONCE,
    listener: OrderListener = {},
    chainer: Chainer = new ScriptChainer(),
  ) {
    this.folder = folder;
    this.startOf = startOf;
    this.take = take;
    this.atOnce = Math.min(atOnce, chainer.most);
    this.chainer = chainer;
    this.listener = listener;
  }

  /** Judges one partition; returns how many orders it has. */
  reduce(partition: number, extents: readonly Extent[]): number {
    const size = sizeOf(extents);
    if (size === 0) return 0;
    if (size <= this.atOnce) return this.group(extents);
    const parts = Math.ceil((size / this.atOnce) * 1.5);
    const file = this.spread(`spread${partition}`, extents, parts);
    let orders = 0;
    for (let part = 0; part < parts; part += 1) orders += this.group(extentsOf(file, part));
    rmSync(file.path);
    return orders;
  }

  private group(extents: readonly Extent[]): number {
    const size = sizeOf(extents);
    const chainer = size <= this.chainer.most ? this.chainer : this.unbounded;
    const bytes = readExtents(extents, chainer.room(size));
    const { listener } = this;
    if (listener.fact) tellFacts(bytes, listener.fact.bind(listener));
    const visit = (facts: readonly Fact[]): void => {
      const findings = judgeGroup(facts);
      for (const found of findings) this.take(found);
      if (findings.length > 0) listener.group?.(facts, findings);
    };
    return groupRows(bytes, this.startOf, visit, chainer);
  }

  /** Spreads a partition further by its rows' first hash; an order stays in one part. */
  private spread(name: string, extents: readonly Extent[], parts: number) {
    const writer = new SpillWriter(this.folder, name, { partitions: parts, word: 1, shift: 16 });
    for (const extent of extents) writer.write(readExtents([extent], this.unbounded.room(extent.length)));
    return writer.close();
  }
}

function sizeOf(extents: readonly Extent[]): number {
  return extents.reduce((sum, { length }) => sum + length, 0);
}

function tellFacts(bytes: Buffer, tell: NonNullable<OrderListener["fact"]>): void {
  const rows = new Rows(bytes);
  for (let row = 0; row < bytes.length; row = rows.next(row)) {
    if (rows.isNonce(row)) continue;
    tell(SAYINGS[rows.says(row)] ?? "nothing", FORMS[rows.form(row)] ?? "bare", rows.at(row));
  }
}
