import type { ReportDocument, RequirementDocument } from "./document.js";

/** The report as JUnit XML: one test case a requirement, one suite a group. */
export function junitReport(report: ReportDocument): string {
  const groups = [...new Set(report.requirements.map(({ id }) => id.slice(0, 3)))];
  const failures = report.summary.fail + report.summary.not_exercised;
  const seconds = (report.elapsed_ms / 1000).toFixed(3);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ksherproof" tests="${report.requirements.length}" failures="${failures}" errors="0" time="${seconds}">`,
  ];
  for (const group of groups) {
    const own = report.requirements.filter(({ id }) => id.startsWith(group));
    const bad = own.filter(({ verdict }) => verdict === "fail" || verdict === "not_exercised").length;
    const skipped = own.filter(({ verdict }) => verdict === "not_supported").length;
    const counts = `tests="${own.length}" failures="${bad}" errors="0" skipped="${skipped}"`;
    lines.push(
      `  <testsuite name="${group}" ${counts} time="0">`,
      ...own.flatMap((one) => caseLines(one, report)),
      "  </testsuite>",
    );
  }
  return `${[...lines, "</testsuites>"].join("\n")}\n`;
}

function caseLines(one: RequirementDocument, report: ReportDocument): readonly string[] {
  const head = `    <testcase name="${escaped(`${one.id} ${one.text}`)}" classname="${escaped(`${report.client.name}.${one.id.slice(0, 3)}`)}" time="0"`;
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
