import type { KnownFailure } from "../baseline-compare.js";
import { type ReportDocument, type RequirementDocument, sparedWords } from "./document.js";
import type { FailureDocument } from "./failure.js";
import { failureLines, type Paint, PLAIN, visible } from "./story.js";

export interface TerminalOptions {
  readonly paint?: Paint;
  /** Also what passed, requirement by requirement, and the cells that were met. */
  readonly verbose?: boolean;
  /** The ids of the bundles that were written, by requirement. */
  readonly bundles?: Readonly<Record<string, string>>;
}

/** The report for people: failures as stories, first causes first, then the totals. */
export function terminalReport(report: ReportDocument, options: TerminalOptions = {}): string {
  const paint = options.paint ?? PLAIN;
  const { client } = report;
  const lines: string[] = [];
  const raw = report.raw_client ? ", a raw client: the harness judged its answers" : "";
  lines.push(
    `${paint.bold(visible(client.name))} ${visible(`${client.version} (${client.language})`)}${raw}`,
    "",
  );
  for (const group of groupsOf(report.requirements)) lines.push(matrixLine(group, paint));
  lines.push("");
  for (const one of report.requirements) {
    if (one.failure && !knownOf(report, one.id))
      lines.push(...requirementLines(one, one.failure, report, { ...options, paint }), "");
  }
  lines.push(...quietLines(report, paint), ...baselineLines(report, paint));
  if (options.verbose) lines.push(...verboseLines(report, paint));
  lines.push(...endLines(report, paint));
  return lines.join("\n");
}

function knownOf({ baseline }: ReportDocument, id: string): KnownFailure | undefined {
  return baseline?.known.find(({ requirement }) => requirement === id);
}

function baselineLines({ baseline }: ReportDocument, paint: Paint): readonly string[] {
  if (!baseline) return [];
  const { known, problems } = baseline;
  const lines = known.map(({ requirement, reason, issue, expires }) =>
    paint.yellow(
      `KNOWN ${requirement}  ${reason}${issue ? ` (${issue})` : ""}${expires ? `, until ${expires}` : ""}`,
    ),
  );
  for (const { kind, entry, says, mend } of problems)
    lines.push(paint.red(`BASELINE ${kind} ${entry}  ${says}`), `  mend it:  ${mend}`);
  return lines.length > 0 ? [...lines, ""] : [];
}

function groupsOf(all: readonly RequirementDocument[]): readonly (readonly RequirementDocument[])[] {
  const groups = new Map<string, RequirementDocument[]>();
  for (const one of all) {
    const key = one.id.slice(0, 3);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function matrixLine(group: readonly RequirementDocument[], paint: Paint): string {
  const cells = group.map((one) => matrixCell(one, paint));
  return `  ${(group[0]?.id ?? "").slice(0, 3)}  ${cells.join("  ")}`;
}

function matrixCell({ id, verdict }: RequirementDocument, paint: Paint): string {
  const number = id.slice(4);
  switch (verdict) {
    case "pass":
      return paint.green(`${number} ok`);
    case "fail":
      return paint.red(paint.bold(`${number} FAIL`));
    case "not_exercised":
      return paint.red(`${number} ?`);
    case "not_supported":
      return paint.dim(`${number} -`);
  }
}

function requirementLines(
  one: RequirementDocument,
  failure: FailureDocument,
  report: ReportDocument,
  { paint = PLAIN, bundles = {} }: TerminalOptions,
): readonly string[] {
  const effects = report.requirements.filter(({ cause }) => cause === one.id).map(({ id }) => id);
  const lines = [
    `${paint.red(paint.bold(`FAIL ${one.id}`))}  ${paint.bold(one.text)}`,
    paint.dim(`     ${one.level}, ${one.basis}; ${visible(one.why)}`),
    ...(one.doubt ? [paint.dim(`     doubt: ${visible(one.doubt)}`)] : []),
    `  ${visible(failure.detail)}`,
  ];
  lines.push(...failureLines(failure, paint));
  const stderr = failure.stderr.trim();
  if (stderr !== "")
    lines.push(paint.dim(`  stderr    ${visible(stderr.split("\n").slice(-4).join(" | "))}`));
  if (effects.length > 0) lines.push(paint.yellow(`  it also keeps ${effects.join(", ")} from being judged`));
  lines.push(`  again:    ${visible(failure.reproduce)}`);
  const bundle = bundles[one.id];
  if (bundle) lines.push(`  replay:   ksherproof replay ${bundle}`);
  return lines;
}

function quietLines(report: ReportDocument, paint: Paint): readonly string[] {
  const of = (verdict: string): readonly RequirementDocument[] =>
    report.requirements.filter((one) => one.verdict === verdict);
  const lines: string[] = [];
  for (const [why, ids] of byReason(of("not_exercised").filter(({ id }) => !knownOf(report, id))))
    lines.push(`${paint.red(`NOT EXERCISED ${ids.join(", ")}`)}  ${why}`);
  const missing = of("not_supported").map(({ id }) => id);
  if (missing.length > 0) lines.push(paint.dim(`not supported: ${missing.join(", ")}`));
  if (report.not_run.length > 0) {
    const reason = report.interrupted ? "interrupted before the end of" : "time ran out before the end of";
    lines.push(paint.yellow(`${reason}: ${report.not_run.join(", ")}`));
  }
  const spared = sparedWords(report);
  if (spared !== null) lines.push(paint.yellow(spared));
  return lines.length > 0 ? [...lines, ""] : [];
}

/** Requirements that were not exercised, those of one reason together; names of checks are no part of the reason. */
function byReason(all: readonly RequirementDocument[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { id, cause, reason } of all) {
    const cut = /^(The run was interrupted|Time ran out) before the end of /.exec(reason);
    const why = visible(cause !== null ? `waits for ${cause}` : cut ? `${cut[1]} before it.` : reason);
    reasons.set(why, [...(reasons.get(why) ?? []), id]);
  }
  return reasons;
}

function verboseLines(report: ReportDocument, paint: Paint): readonly string[] {
  const lines = report.requirements
    .filter(({ verdict }) => verdict === "pass")
    .map(
      (one) =>
        `${paint.green("pass")} ${one.id}  ${one.text}  ${paint.dim(`(${one.observations} observations: ${one.checks.join(", ")})`)}`,
    );
  const touched = Object.entries(report.cells.touched).map(([cell, times]) => `  ${cell}: ${times}`);
  return [
    ...lines,
    "",
    "cells met (state, endpoint, fault):",
    ...touched,
    "cells not met:",
    ...report.cells.gaps.map((cell) => `  ${cell}`),
    "",
  ];
}

function endLines(report: ReportDocument, paint: Paint): readonly string[] {
  const { pass, fail, not_exercised, not_supported } = report.summary;
  const met = Object.keys(report.cells.touched).length;
  const all = met + report.cells.gaps.length;
  const cells = all === 0 ? "" : `, ${met} of ${all} cells of state, command and fault`;
  const counts = `${pass} passed, ${fail} failed, ${not_exercised} not exercised, ${not_supported} not supported`;
  const asked = report.only.length > 0 ? `only ${report.only.join(", ")}` : `level ${report.level}`;
  return [
    `${verdictOf(report, paint)}  (${asked}) ${counts}`,
    ...(pass + fail + not_exercised === 0
      ? [
          "The adapter offers no operation that this asks for: fill one in, and name it among the ops of its hello.",
        ]
      : []),
    paint.dim(
      `${report.exchanges} exchanges${cells}, ${(report.elapsed_ms / 1000).toFixed(1)} s, seed ${report.seed}`,
    ),
  ];
}

function verdictOf(report: ReportDocument, paint: Paint): string {
  if (report.interrupted) return paint.red(paint.bold("INTERRUPTED"));
  if (report.conforms)
    return report.accepted
      ? paint.green(paint.bold("CONFORMS"))
      : paint.red(paint.bold("CONFORMS, BUT THE BASELINE DOES NOT FIT"));
  if (report.accepted) return paint.yellow(paint.bold("NO NEW FAILURE"));
  const { pass, fail } = report.summary;
  return paint.red(paint.bold(pass + fail === 0 ? "NOTHING WAS EXERCISED" : "DOES NOT CONFORM"));
}
