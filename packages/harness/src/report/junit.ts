import type { BaselineProblem } from "../baseline-compare.js";
import type { ReportDocument, RequirementDocument } from "./document.js";

/** The report as JUnit XML: one test case a requirement, one suite a group. */
export function junitReport(report: ReportDocument): string {
  const groups = [...new Set(report.requirements.map(({ id }) => id.slice(0, 3)))];
  const failures = report.requirements.filter((one) => isBad(one, report)).length + problems(report).length;
  const seconds = (report.elapsed_ms / 1000).toFixed(3);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ksherproof" tests="${report.requirements.length + problems(report).length}" failures="${failures}" errors="0" time="${seconds}">`,
  ];
  for (const group of groups) {
    const own = report.requirements.filter(({ id }) => id.startsWith(group));
    const bad = own.filter((one) => isBad(one, report)).length;
    const skipped = own.filter((one) => !isBad(one, report) && one.verdict !== "pass").length;
    const counts = `tests="${own.length}" failures="${bad}" errors="0" skipped="${skipped}"`;
    lines.push(
      `  <testsuite name="${group}" ${counts} time="0">`,
      ...own.flatMap((one) => caseLines(one, report)),
      "  </testsuite>",
    );
  }
  const wrong = problems(report);
  if (wrong.length > 0)
    lines.push(
      `  <testsuite name="baseline" tests="${wrong.length}" failures="${wrong.length}" errors="0" skipped="0" time="0">`,
      ...wrong.flatMap(({ kind, entry, says, mend }) => [
        `    <testcase name="${escaped(`${kind} ${entry}`)}" classname="baseline" time="0">`,
        `      <failure message="${escaped(says)}" type="${kind}">${escaped(mend)}</failure>`,
        "    </testcase>",
      ]),
      "  </testsuite>",
    );
  return `${[...lines, "</testsuites>"].join("\n")}\n`;
}

function problems({ baseline }: ReportDocument): readonly BaselineProblem[] {
  return baseline?.problems ?? [];
}

/** Red, and not a known failure of the baseline. */
function isBad({ id, verdict }: RequirementDocument, { baseline }: ReportDocument): boolean {
  const known = baseline?.known.some(({ requirement }) => requirement === id) ?? false;
  return !known && (verdict === "fail" || verdict === "not_exercised");
}

function caseLines(one: RequirementDocument, report: ReportDocument): readonly string[] {
  const head = `    <testcase name="${escaped(`${one.id} ${one.text}`)}" classname="${escaped(`${report.client.name}.${one.id.slice(0, 3)}`)}" time="0"`;
  const known = report.baseline?.known.find(({ requirement }) => requirement === one.id);
  if (known)
    return [`${head}>`, `      <skipped message="${escaped(`known: ${known.reason}`)}"/>`, "    </testcase>"];
  switch (one.verdict) {
    case "pass":
      return [`${head}/>`];
    case "not_supported":
      return [`${head}>`, `      <skipped message="${escaped(one.reason)}"/>`, "    </testcase>"];
    case "fail":
    case "not_exercised":
      return [
        `${head}>`,
        `      <failure message="${escaped(one.reason)}" type="${one.verdict}">${escaped(storyOf(one))}</failure>`,
        "    </testcase>",
      ];
  }
}

function storyOf({ failure, cause, reason }: RequirementDocument): string {
  if (!failure) return cause === null ? reason : `waits for ${cause}`;
  const story = failure.story.map(({ who, what }) => `${who}: ${what}`);
  const sides = [`expected: ${failure.expected ?? ""}`, `got: ${failure.got ?? ""}`];
  return [failure.detail, ...story, ...sides, `again: ${failure.reproduce}`].join("\n");
}

/** Text for XML 1.0; characters that XML cannot carry become U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
