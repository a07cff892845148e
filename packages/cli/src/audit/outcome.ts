import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import {
  type AuditReport,
  FINDING_KINDS,
  type Finding,
  FindingTally,
  type ReportParts,
  reportOf,
} from "@ksherproof/audit";
import { colours, print, printJson, table } from "../output.js";
import type { ReportFlags } from "./options.js";

/** Takes findings as they come, and prints what they came to. */
export interface Outcome {
  readonly take: (finding: Finding) => void;
  /** Prints the report and sets the exit code: 0 clean, 1 findings at or above `--fail-on`, 3 an unreadable input. */
  readonly end: (parts: ReportParts) => Promise<void>;
}

/** Opens the outcome of an audit. Throws what the system says where the file of findings can't be made. */
export async function openOutcome(flags: ReportFlags): Promise<Outcome> {
  const tally = new FindingTally();
  const sink = flags.findings === undefined ? null : await openSink(flags.findings);
  return {
    take(found) {
      tally.add(found);
      sink?.write(`${JSON.stringify(found)}\n`);
    },
    async end(parts) {
      if (sink) await once(sink.end(), "finish");
      const report = reportOf(parts, tally);
      if (flags.json) printJson(report);
      else show(report, tally.worst);
      if (report.records.total === 0) process.stderr.write("ksherproof: the inputs hold no records.\n");
      process.exitCode = report.findings.input_unreadable ? 3 : tally.reaches(flags.failOn) ? 1 : 0;
    },
  };
}

async function openSink(file: string): Promise<WriteStream> {
  const sink = createWriteStream(file);
  await once(sink, "open");
  return sink;
}

function show(report: AuditReport, worst: readonly Finding[]): void {
  const { records, orders } = report;
  const unsigned = records.total - records.valid - records.invalid - records.missing - records.unreadable;
  print(
    table([
      ["records", `${records.total}`],
      ["valid", `${records.valid}`],
      ["invalid", `${records.invalid}`],
      ["missing", `${records.missing} that should be signed and are not`],
      ["unreadable", `${records.unreadable}`],
      ["unsigned", `${unsigned} by design (cancel answers, refusals) or without an answer`],
      ["orders", `${orders.total}, ${orders.with_findings} of them with findings`],
    ]),
  );
  for (const key of report.keys) print(`  key ${key.name} (${key.bits} bits) verified ${key.records}`);
  const kinds = Object.entries(report.findings) as [keyof typeof FINDING_KINDS, number][];
  print(kinds.length === 0 ? colours.green("No findings.") : "Findings:");
  for (const [kind, count] of kinds)
    print(
      `  ${String(count).padStart(8)}  ${FINDING_KINDS[kind].level.padEnd(7)}  ${kind}: ${FINDING_KINDS[kind].says}`,
    );
  if (worst.length > 0) print("The worst:");
  for (const found of worst) print(`  ${whereOf(found)}: ${found.detail}`);
}

function whereOf(found: Finding): string {
  const order = found.mch_order_no === null ? "" : ` order ${found.mch_order_no}`;
  const [first] = found.evidence;
  const place = found.place ?? first ?? null;
  return `${found.kind}${order}${place ? ` (${place.file}:${place.line})` : ""}`;
}
