import type { FoundVector } from "@ksherproof/vectors";
import { print, table, visible } from "../output.js";
import type { GradeReport } from "./grade-file.js";

const MOST_FAULTS = 20;

/** A report of `vectors check`, for people. */
export function showGrades(report: GradeReport): void {
  for (const [layer, { right, wrong }] of Object.entries(report.layers))
    print(`${layer.padEnd(10)} ${String(right).padStart(5)} right${wrong > 0 ? `, ${wrong} wrong` : ""}`);
  for (const fault of report.faults.slice(0, MOST_FAULTS)) {
    const at = fault.first_wrong_byte === null ? "" : `, first wrong byte ${fault.first_wrong_byte}`;
    print(`\n${fault.id}: ${fault.layer} is wrong${at} (line ${fault.line})`);
    print(`  expected  ${cut(fault.expected, fault.first_wrong_byte)}`);
    print(`  found     ${cut(fault.found, fault.first_wrong_byte)}`);
    print(`  likely    ${fault.requirement}: ${fault.likely}`);
  }
  if (report.faults.length > MOST_FAULTS)
    print(`\n... and ${report.faults.length - MOST_FAULTS} more; --json has them all.`);
  if (report.faults.length > 1) print(`\nlikely causes\n${table(causes(report.faults))}`);
  if (report.empty.length > 0)
    print(
      `\n${report.empty.length === 1 ? "1 answer says" : `${report.empty.length} answers say`} nothing that can be graded, ${report.empty[0]} first.`,
    );
  print(
    `\n${report.passed} passed, ${report.failed} failed, ${report.not_answered} of ${report.vectors} not answered (profile ${report.profile}).`,
  );
}

/** How many wrong answers each cause explains, the commonest first: a port with several mistakes sees them all. */
function causes(faults: GradeReport["faults"]): readonly (readonly [string, string])[] {
  const counts = new Map<string, number>();
  for (const { requirement, likely } of faults) {
    const cause = `${requirement}: ${likely}`;
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_FAULTS)
    .map(([cause, count]) => [String(count).padStart(4), cause]);
}

/** A long text shown round the place where it goes wrong. */
function cut(text: string, at: number | null): string {
  const room = 100;
  if (text.length <= room) return visible(text);
  const from = Math.max(0, Math.min((at ?? 0) - 30, text.length - room));
  return `${from > 0 ? "..." : ""}${visible(text.slice(from, from + room))}${from + room < text.length ? "..." : ""}`;
}

/** One vector, for people: what it holds, what a failure costs, each value. */
export function showVector(
  { file, test, keyName }: FoundVector,
  costs: readonly (readonly [string, string])[],
): void {
  print(`${test.id} (${file}.json): ${test.comment}`);
  print(`requirements ${test.requirements.join(", ")}; profile ${test.profile}`);
  for (const [flag, effect] of costs) print(`  ${flag}: ${effect}`);
  const hidden = ["id", "comment", "flags", "requirements", "profile", "key"];
  const rows = Object.entries(test)
    .filter(([name]) => !hidden.includes(name))
    .map(
      ([name, value]) => [name, visible(typeof value === "string" ? value : JSON.stringify(value))] as const,
    );
  print(table(keyName === null ? rows : [...rows, ["key", keyName]]));
}
