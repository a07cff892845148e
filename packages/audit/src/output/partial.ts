import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { UsageError } from "@ksherproof/core";
import type { AuditedInput } from "../audit.js";
import { addCounts, type Counts, noCounts } from "../engine/chunk.js";
import { reduceSpill } from "../order/reduce.js";
import { encodeFact, PARTITIONS, partitionOf } from "../order/rows.js";
import { SpillFolder, SpillWriter } from "../order/spill.js";
import type { Fact } from "../record/fact.js";
import type { Finding } from "../record/finding.js";
import { type ReportKey, type ReportParts, weakKeyFindings } from "./report.js";

/** What one part of a log came to, beside its findings and facts. */
export interface Summary {
  readonly records: Counts;
  /** Orders that were judged already (`audit reduce --partial`). */
  readonly orders: number;
  readonly keys: readonly ReportKey[];
  readonly inputs: readonly AuditedInput[];
}

/** One line of a partial report (`audit map`). A fact's `group` is what a cluster shuffles by. */
export type PartialLine =
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "fact"; readonly group: string; readonly fact: Fact }
  | { readonly type: "summary"; readonly summary: Summary };

/** A finding as a line of a partial report. */
export function findingLine(finding: Finding): PartialLine {
  return { type: "finding", finding };
}

/** A fact as a line of a partial report. */
export function factLine(fact: Fact): PartialLine {
  return { type: "fact", group: `${fact.of} ${fact.appid} ${fact.id}`, fact };
}

/** The end of a partial report. */
export function summaryLine({ records, orders, keys, inputs }: Summary): PartialLine {
  return { type: "summary", summary: { records, orders, keys, inputs } };
}

/** The lines of partial reports, one after the other. Throws `UsageError` with the place of a line that is none. */
export async function* partialLines(
  files: readonly string[],
  stdin: NodeJS.ReadableStream,
): AsyncGenerator<{ readonly text: string; readonly line: PartialLine }> {
  for (const file of files) {
    const input = file === "-" ? stdin : createReadStream(file);
    let number = 0;
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text.trim() === "") continue;
      yield { text, line: parseLine(text, `${file === "-" ? "Standard input" : file}:${number}`) };
    }
  }
}

function parseLine(text: string, where: string): PartialLine {
  try {
    const line = JSON.parse(text) as PartialLine;
    if (line.type === "finding" || line.type === "fact" || line.type === "summary") return line;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new UsageError(
    "partial_line",
    `${where}: expected a line of a partial report, found something else.`,
    {
      hint: "Partial reports come from `ksherproof audit map` and `ksherproof audit merge`.",
    },
  );
}

/** Adds summaries up: keys by fingerprint, inputs by file. Associative, so parts may be merged in any grouping. */
export class SummarySum {
  private readonly records = noCounts();
  private readonly keys = new Map<string, ReportKey>();
  private orders = 0;
  private readonly inputs = new Map<string, AuditedInput>();

  add({ records, orders, keys, inputs }: Summary): void {
    this.orders += orders;
    addCounts(this.records, records);
    for (const key of keys) {
      const name = `${key.name} ${key.fingerprint_sha256}`;
      this.keys.set(name, { ...key, records: key.records + (this.keys.get(name)?.records ?? 0) });
    }
    for (const input of inputs) {
      const before = this.inputs.get(input.file);
      this.inputs.set(input.file, { ...input, records: input.records + (before?.records ?? 0) });
    }
  }

  get summary(): Summary {
    const { records, orders } = this;
    return { records, orders, keys: [...this.keys.values()], inputs: [...this.inputs.values()] };
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
): Promise<ReportParts> {
  const spill = new SpillFolder(temp ?? undefined);
  try {
    const writer = new SpillWriter(spill.path, "reduce");
    const sum = new SummarySum();
    const files: string[] = [];
    const indices = new Map<string, number>();
    let rows: Buffer[][] = Array.from({ length: PARTITIONS }, () => []);
    let held = 0;
    const flush = (): void => {
      writer.write(rows.map((list) => Buffer.concat(list)));
      rows = rows.map(() => []);
      held = 0;
    };
    for await (const { line } of lines) {
      if (line.type === "summary") sum.add(line.summary);
      else if (line.type === "finding") take(line.finding);
      else {
        const { file } = line.fact.place;
        const index = indices.get(file) ?? files.push(file) - 1;
        indices.set(file, index);
        const row = encodeFact(line.fact, index, true);
        rows[partitionOf(row.readUInt32LE(8))]?.push(row);
        held += row.length;
        if (held > 1 << 20) flush();
      }
    }
    flush();
    writer.close();
    const startOf = (index: number) => ({ file: files[index] ?? "", line: 0, offset: 0 });
    const orders = reduceSpill(spill, startOf, take);
    const { summary } = sum;
    if (!partial) for (const found of weakKeyFindings(summary.keys)) take(found);
    return { ...summary, orders: summary.orders + orders };
  } finally {
    spill.remove();
  }
}
