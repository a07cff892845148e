import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileBytes } from "../input/bytes.js";
import { type Fact, type Form, SAYINGS, type Saying } from "../record/fact.js";
import type { Finding } from "../record/finding.js";
import { Grouper } from "./group.js";
import { judgeGroup } from "./judge-order.js";
import { type ChunkStart, FORMS, PARTITIONS } from "./rows.js";
import { readFiles, type SpillFolder, SpillWriter } from "./spill.js";

/** Facts of so many bytes are grouped at once; more are spread over several files first. */
const AT_ONCE = 6 << 20;

/** What hears of orders while they are judged, beside their findings. */
export interface OrderListener {
  /** Each order or nonce with findings, with all its facts. */
  group?(facts: readonly Fact[], findings: readonly Finding[]): void;
  /** Each fact about an order, in no order; `at` is NaN where it has no time. */
  fact?(says: Saying, form: Form, at: number): void;
}

/**
 * Judges every order and nonce of a spill folder, file by file; returns how many orders there were. Memory is that of one
 * file's facts, however many there are.
 */
export function reduceSpill(
  folder: SpillFolder,
  startOf: (chunk: number) => ChunkStart,
  take: (finding: Finding) => void,
  atOnce = AT_ONCE,
  listener: OrderListener = {},
): number {
  const sizes = Array.from({ length: PARTITIONS }, (_, partition) => folder.size(partition));
  let memory = Buffer.allocUnsafeSlow(Math.min(atOnce, Math.max(...sizes)));
  const grouper = new Grouper();
  let orders = 0;
  const group = (files: readonly string[], size: number): void => {
    if (memory.length < size) memory = Buffer.allocUnsafeSlow(size);
    const bytes = readFiles(files, memory);
    if (listener.fact) tellFacts(bytes, listener.fact.bind(listener));
    orders += grouper.run(bytes, startOf, (facts) => {
      const findings = judgeGroup(facts);
      for (const found of findings) take(found);
      if (findings.length > 0) listener.group?.(facts, findings);
    });
  };
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const size = sizes[partition] ?? 0;
    if (size === 0) continue;
    if (size <= atOnce) group(folder.files(partition), size);
    else {
      for (const file of spread(folder, partition, Math.ceil((size / atOnce) * 1.5))) {
        group([file], statSync(file).size);
        rmSync(file);
      }
    }
  }
  return orders;
}

/** Spreads a partition over several files by its rows' first hash; an order stays in one. */
function spread(folder: SpillFolder, partition: number, parts: number): readonly string[] {
  const name = `spread${partition}`;
  const writer = new SpillWriter(folder.path, name, parts);
  for (const file of folder.files(partition).filter((path) => !path.includes("spread"))) {
    let rest: Buffer = Buffer.alloc(0);
    for (const bytes of fileBytes(file, 0, statSync(file).size)) {
      rest = spreadRows(Buffer.concat([rest, bytes]), parts, writer);
    }
  }
  writer.close();
  return Array.from({ length: parts }, (_, i) => join(folder.path, `${name}-${i}.facts`));
}

/** Writes the whole rows of some bytes; returns what is left of the last one. */
function spreadRows(bytes: Buffer, parts: number, writer: SpillWriter): Buffer {
  const rows: Buffer[][] = Array.from({ length: parts }, () => []);
  let at = 0;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    if (at + length > bytes.length) break;
    rows[(bytes.readUInt32LE(at + 4) >>> 16) % parts]?.push(bytes.subarray(at, at + length));
    at += length;
  }
  writer.write(rows.map((list) => Buffer.concat(list)));
  return Buffer.from(bytes.subarray(at));
}

function tellFacts(bytes: Buffer, tell: NonNullable<OrderListener["fact"]>): void {
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at)) {
    if (bytes[at + 12] !== 0) continue;
    tell(
      SAYINGS[bytes[at + 13] ?? 0] ?? "nothing",
      FORMS[bytes[at + 14] ?? 0] ?? "bare",
      bytes.readDoubleLE(at + 16),
    );
  }
}
