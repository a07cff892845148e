import { UsageError } from "@ksherproof/core";
import type { AuditedInput } from "../audit-options.js";
import { addCounts, type Counts, noCounts } from "../engine/chunk.js";
import type { ShardPart } from "../input/shard.js";
import { reduceSpill } from "../order/reduce.js";
import { encodeFact } from "../order/rows.js";
import { SpillFolder, SpillWriter } from "../order/spill.js";
import type { Finding } from "../record/finding.js";
import type { PartialLine } from "./partial-line.js";
import { type ReportKey, weakKeyFindings } from "./report.js";

/** What one part of a log came to, beside its findings and facts. */
export interface Summary {
  readonly records: Counts;
  /** Orders that were judged already (`audit reduce --partial`). */
  readonly orders: number;
  readonly keys: readonly ReportKey[];
  readonly inputs: readonly AuditedInput[];
  /** The shards that it is of (`audit map --shard`); none where it is of whole inputs. */
  readonly shards: readonly ShardPart[];
}

/**
 * Throws `UsageError` where a shard is missing, or is there more often than others of its log: a log is told from another by
 * the bytes of its inputs, as its shards may be made on machines where they have other names.
 */
export function checkShards(shards: readonly ShardPart[]): void {
  const logs = new Map<string, number[]>();
  for (const { index, of, bytes } of shards) {
    const log = `${of} ${bytes}`;
    const times = logs.get(log) ?? Array.from({ length: of }, () => 0);
    times[index - 1] = (times[index - 1] ?? 0) + 1;
    logs.set(log, times);
  }
  for (const times of logs.values()) {
    const most = Math.max(...times);
    const less = times.flatMap((count, i) => (count < most ? [i + 1] : []));
    if (less.length === 0) continue;
    const which =
      less.length > 8 ? `${less.slice(0, 8).join(", ")} and ${less.length - 8} more` : less.join(", ");
    const found = most > 1 ? ", or others are given more than once" : "";
    throw new UsageError("partial_shards", `Of ${times.length} shards these are missing: ${which}${found}.`, {
      hint: "Give the partial report of every shard, each once.",
    });
  }
}

/** Adds summaries up: keys by fingerprint, inputs by file. Associative, so parts may be merged in any grouping. */
export class SummarySum {
  private readonly records = noCounts();
  private readonly keys = new Map<string, ReportKey>();
  private orders = 0;
  private readonly inputs = new Map<string, AuditedInput>();
  private readonly shards: ShardPart[] = [];

  add({ records, orders, keys, inputs, shards }: Summary): void {
    this.shards.push(...shards);
    this.orders += orders;
    addCounts(this.records, records);
    for (const key of keys) {
      const name = `${key.name} ${key.fingerprint_sha256}`;
      this.keys.set(name, { ...key, records: key.records + (this.keys.get(name)?.records ?? 0) });
    }
    for (const input of inputs) {
      const before = this.inputs.get(input.file);
      // A shard that holds none of a compressed file has not unpacked it, and does not know its format.
      const known = before && (before.records > 0 || input.records === 0) ? before : input;
      this.inputs.set(input.file, { ...known, records: input.records + (before?.records ?? 0) });
    }
  }

  get summary(): Summary {
    const { records, orders, shards } = this;
    return { records, orders, shards, keys: [...this.keys.values()], inputs: [...this.inputs.values()] };
  }
}

/**
 * Judges the orders of partial reports, and gives what a whole audit of the same inputs gives. `partial`: what is found is
 * one part among others, and goes to another reduce.
 */
export async function reducePartials(
  lines: AsyncIterable<{ readonly line: PartialLine }>,
  take: (finding: Finding) => void,
  temp: string | null,
  partial = false,
): Promise<Summary> {
  const spill = new SpillFolder(temp ?? undefined);
  try {
    const writer = new SpillWriter(spill.path, "reduce");
    const sum = new SummarySum();
    const files: string[] = [];
    const indices = new Map<string, number>();
    for await (const { line } of lines) {
      if (line.type === "summary") sum.add(line.summary);
      else if (line.type === "finding") take(line.finding);
      else {
        const { file } = line.fact.place;
        const index = indices.get(file) ?? files.push(file) - 1;
        indices.set(file, index);
        writer.write(encodeFact(line.fact, index, true));
      }
    }
    spill.add(writer.close());
    if (!partial) checkShards(sum.summary.shards);
    const startOf = (index: number) => ({ file: files[index] ?? "", line: 0, offset: 0 });
    const orders = await reduceSpill(spill, startOf, take);
    const { summary } = sum;
    if (!partial) for (const found of weakKeyFindings(summary.keys)) take(found);
    return { ...summary, orders: summary.orders + orders };
  } finally {
    await spill.discard();
  }
}
