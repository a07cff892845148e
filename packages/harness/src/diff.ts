import type { ReportDocument, RequirementDocument } from "./report/document.js";

/** How one requirement changed between two reports. */
export interface Change {
  readonly id: string;
  readonly text: string;
  readonly before: string;
  readonly after: string;
  /** What happened, or why it is not known any more. */
  readonly why: string;
}

/** What changed between two reports (specs/schemas/report-diff.schema.json). */
export interface ReportDiff {
  readonly diff: 1;
  /** Differences of the two runs that make their comparison worth less. */
  readonly skew: readonly { readonly what: string; readonly before: string; readonly after: string }[];
  readonly new_failures: readonly Change[];
  /** Failures that fail in another way than before. */
  readonly changed_failures: readonly Change[];
  readonly fixes: readonly Change[];
  /** What was known to pass or fail, and is not known any more. */
  readonly lost_coverage: readonly Change[];
  readonly gained_coverage: readonly Change[];
  readonly unchanged: number;
  /** No new failure, none that changed, nothing lost. */
  readonly clean: boolean;
}

type Line = RequirementDocument | undefined;

const isKnown = (line: Line): boolean => line?.verdict === "pass" || line?.verdict === "fail";

/** Compares two reports, requirement by requirement. */
export function diffReports(before: ReportDocument, after: ReportDocument): ReportDiff {
  const lines = {
    new_failures: [] as Change[],
    changed_failures: [] as Change[],
    fixes: [] as Change[],
    lost_coverage: [] as Change[],
    gained_coverage: [] as Change[],
  };
  let unchanged = 0;
  const ids = new Set([...before.requirements, ...after.requirements].map(({ id }) => id));
  for (const id of ids) {
    const old = before.requirements.find((one) => one.id === id);
    const now = after.requirements.find((one) => one.id === id);
    const kind = kindOf(old, now);
    if (kind === null) unchanged += 1;
    else
      lines[kind].push({
        id,
        text: (now ?? old)?.text ?? "",
        before: old?.verdict ?? "absent",
        after: now?.verdict ?? "absent",
        why: now?.failure?.detail ?? now?.reason ?? "It is not in the new report.",
      });
  }
  const clean = lines.new_failures.length + lines.changed_failures.length + lines.lost_coverage.length === 0;
  return { diff: 1, skew: skewOf(before, after), ...lines, unchanged, clean };
}

function kindOf(
  old: Line,
  now: Line,
): Exclude<keyof ReportDiff, "diff" | "skew" | "unchanged" | "clean"> | null {
  if (now?.verdict === "fail") {
    if (old?.verdict !== "fail") return "new_failures";
    return old.failure?.fingerprint === now.failure?.fingerprint ? null : "changed_failures";
  }
  if (isKnown(old) && !isKnown(now)) return "lost_coverage";
  if (old?.verdict === "fail") return "fixes";
  return !isKnown(old) && isKnown(now) ? "gained_coverage" : null;
}

function skewOf(before: ReportDocument, after: ReportDocument): ReportDiff["skew"] {
  const sides: readonly (readonly [string, (report: ReportDocument) => string])[] = [
    ["tool version", ({ tool }) => tool.version],
    ["client", ({ client }) => client.name],
    ["client version", ({ client }) => client.version],
    ["level", ({ level }) => level],
    ["profile", ({ profile }) => profile],
    ["selection", ({ only }) => only.join(", ") || "everything"],
    ["seed", ({ seed }) => String(seed)],
    ["runs", ({ runs }) => String(runs)],
    ["interrupted", ({ interrupted }) => String(interrupted)],
  ];
  return sides.flatMap(([what, of]) =>
    of(before) === of(after) ? [] : [{ what, before: of(before), after: of(after) }],
  );
}
