import { type ReportDocument, sparedWords, verdictWords } from "./document.js";

/** The report as Markdown, short enough for a CI step summary. */
export function markdownReport(report: ReportDocument): string {
  const { pass, fail, not_exercised, not_supported } = report.summary;
  const lines = [
    `## ${report.accepted ? "✅" : "❌"} ${cell(report.client.name)} ${verdictWords(report)}`,
    "",
    `Level ${report.level}, seed ${report.seed}: **${pass}** passed, **${fail}** failed, **${not_exercised}** not exercised, ${not_supported} not supported.`,
  ];
  const spared = sparedWords(report);
  if (spared !== null) lines.push("", spared);
  const bad = (["fail", "not_exercised"] as const).flatMap((wanted) =>
    report.requirements.filter(({ verdict }) => verdict === wanted),
  );
  for (const { requirement, reason } of report.baseline?.known ?? [])
    lines.push("", `Known: ${requirement}, ${cell(reason)}`);
  for (const { kind, entry, says, mend } of report.baseline?.problems ?? [])
    lines.push("", `**Baseline, ${kind}: ${entry}.** ${cell(says)} ${cell(mend)}`);
  if (bad.length > 0) {
    lines.push("", "| requirement | verdict | what happened |", "|---|---|---|");
    for (const one of bad) {
      const what = one.failure?.detail ?? (one.cause === null ? one.reason : `waits for ${one.cause}`);
      lines.push(`| ${one.id} ${cell(one.text)} | ${one.verdict.replace("_", " ")} | ${cell(what)} |`);
    }
  }
  for (const one of bad) {
    if (!one.failure) continue;
    const story = one.failure.story.map(({ who, what }) => `${who}: ${what}`);
    const sides = [`expected: ${one.failure.expected ?? ""}`, `got: ${one.failure.got ?? ""}`];
    lines.push("", `<details><summary>${one.id}</summary>`, "", "```");
    lines.push(
      ...[...story, ...sides, "", one.failure.reproduce].map((line) => line.replaceAll("```", "'''")),
    );
    lines.push("```", "", "</details>");
  }
  return `${lines.join("\n")}\n`;
}

function cell(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[|<>]/g, (character) => `\\${character}`);
}
