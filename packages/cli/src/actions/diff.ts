import { type Change, diffReports, type ReportDiff } from "@ksherproof/harness";
import { readReportFile } from "../check/report-file.js";
import { colours, print, printJson } from "../output.js";

export function act(before: string, after: string, options: { json?: true }): void {
  const diff = diffReports(readReportFile(before), readReportFile(after));
  process.exitCode = diff.clean ? 0 : 1;
  if (options.json) printJson(diff);
  else show(diff);
}

function show(diff: ReportDiff): void {
  for (const { what, before, after } of diff.skew)
    print(colours.yellow(`the runs differ in ${what}: ${before}, then ${after}`));
  section("NEW FAILURE", diff.new_failures, colours.red);
  section("FAILS IN ANOTHER WAY", diff.changed_failures, colours.red);
  section("LOST COVERAGE", diff.lost_coverage, colours.yellow);
  section("FIXED", diff.fixes, colours.green);
  section("NEW COVERAGE", diff.gained_coverage, colours.dim);
  const { new_failures, changed_failures, lost_coverage, fixes, gained_coverage, unchanged } = diff;
  const worse = `${new_failures.length} new failures, ${changed_failures.length} that changed, ${lost_coverage.length} lost`;
  print(`${worse}; ${fixes.length} fixed, ${gained_coverage.length} newly covered, ${unchanged} unchanged`);
}

function section(title: string, changes: readonly Change[], paint: (text: string) => string): void {
  for (const { id, text, before, after, why } of changes) {
    const sides = `${before.replace("_", " ")}, now ${after.replace("_", " ")}`;
    print(`${paint(title)} ${id}  ${text}\n  ${sides}: ${why}`);
  }
}
