import { type AuditReport, atLeast, FINDING_KINDS, type Finding, type Level } from "@ksherproof/audit";
import { colours, print, table } from "../output.js";

/** The exit code that a report is worth: 3 where an input can't be read, 1 where a finding reaches the level. */
export function exitCodeOf({ findings }: AuditReport, failOn: Level | "none"): number {
  if (findings.input_unreadable) return 3;
  const kinds = Object.keys(findings) as (keyof typeof FINDING_KINDS)[];
  return failOn !== "none" && kinds.some((kind) => atLeast(FINDING_KINDS[kind].level, failOn)) ? 1 : 0;
}

/** Prints a report for people, with the worst findings. */
export function showReport(report: AuditReport, worst: readonly Finding[]): void {
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
      [
        "orders",
        orders
          ? `${orders.total}, ${orders.with_findings} of them with findings`
          : "not judged (--no-orders)",
      ],
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
