import { quoted } from "./adapter/quoting.js";
import type { BaselineEntry } from "./baseline.js";
import type { ReportDocument, RequirementDocument } from "./report/document.js";

/** What is wrong with an entry of the baseline, and the command or edit that mends it. */
export interface BaselineProblem {
  readonly kind: "stale" | "unmatched" | "expired" | "different";
  /** The requirement or check of the entry. */
  readonly entry: string;
  readonly says: string;
  readonly mend: string;
}

/** A failure that the baseline accepts. */
export interface KnownFailure {
  readonly requirement: string;
  readonly reason: string;
  readonly issue: string | null;
  readonly expires: string | null;
}

/** What a baseline makes of a report. */
export interface BaselineResult {
  readonly file: string;
  readonly known: readonly KnownFailure[];
  readonly problems: readonly BaselineProblem[];
}

/** The fingerprint of a requirement that is red: how it failed, or that it was not exercised. */
export function fingerprintOfLine(one: RequirementDocument): string {
  return one.failure?.fingerprint ?? "not_exercised";
}

const isRed = ({ verdict }: RequirementDocument): boolean =>
  verdict === "fail" || verdict === "not_exercised";

/** The red requirements that an entry is about. */
function matches(entry: BaselineEntry, one: RequirementDocument): boolean {
  if (entry.requirement !== undefined) return one.id === entry.requirement;
  return one.failure !== null && [one.failure.check, one.failure.during].includes(entry.check ?? "");
}

/** Holds a report against a baseline; `today` is yyyy-mm-dd. Entries about what was not asked for are left alone. */
export function compareBaseline(
  report: ReportDocument,
  entries: readonly BaselineEntry[],
  file: string,
  today: string,
): BaselineResult {
  const red = report.requirements.filter(isRed);
  const known = new Map<string, KnownFailure>();
  const problems: BaselineProblem[] = [];
  const run = [`ksherproof check --adapter ${quoted(report.adapter)}`];
  if (report.level !== "must") run.push(`--level ${report.level}`);
  if (report.only.length > 0) run.push(`--only ${report.only.join(",")}`);
  const update = `${run.join(" ")} --baseline ${quoted(file)} --update-baseline --reason "..."`;
  for (const entry of entries) {
    const name = entry.requirement ?? entry.check ?? "";
    const own = red.filter((one) => matches(entry, one));
    const edit = `Remove the entry of ${name} from ${file}, or: ${update}`;
    if (own.length === 0) {
      const line = report.requirements.find(({ id }) => id === name);
      if (line?.verdict === "pass")
        problems.push({ kind: "stale", entry: name, says: `${name} holds now.`, mend: edit });
      else if (line || (entry.check !== undefined && report.only.length === 0))
        problems.push({
          kind: "unmatched",
          entry: name,
          says: line ? `${name} is ${line.verdict.replace("_", " ")}.` : `${name} found no failure.`,
          mend: edit,
        });
      continue;
    }
    if (entry.expires !== undefined && entry.expires < today) {
      const mend = `Mend the failure, or set another day in ${file}`;
      problems.push({ kind: "expired", entry: name, says: `It was accepted until ${entry.expires}.`, mend });
      continue;
    }
    for (const one of own) {
      const print = fingerprintOfLine(one);
      if (entry.fingerprint !== undefined && entry.fingerprint !== print)
        problems.push({
          kind: "different",
          entry: name,
          says: `${one.id} fails in another way: fingerprint ${print}, the baseline knows ${entry.fingerprint}.`,
          mend: update,
        });
      else {
        const { reason, issue = null, expires = null } = entry;
        known.set(one.id, { requirement: one.id, reason, issue, expires });
      }
    }
  }
  // What waits for a known failure is known with it.
  for (const one of red) {
    const cause = one.cause === null ? undefined : known.get(one.cause);
    if (cause && !known.has(one.id))
      known.set(one.id, { ...cause, requirement: one.id, reason: `waits for ${one.cause}: ${cause.reason}` });
  }
  return { file, known: [...known.values()], problems };
}

/** The baseline that fits a report: what still fails keeps its entry, what is new gets one, what holds loses it. */
export function updatedBaseline(
  report: ReportDocument,
  entries: readonly BaselineEntry[],
  more: { readonly reason: string; readonly issue?: string; readonly expires?: string },
  today: string,
): readonly BaselineEntry[] {
  const red = report.requirements.filter((one) => isRed(one) && one.cause === null);
  const asked = new Set(report.requirements.map(({ id }) => id));
  const others = entries.filter(({ requirement }) => requirement !== undefined && !asked.has(requirement));
  const own = red.map((one): BaselineEntry => {
    const before = entries.find((entry) => entry.requirement === one.id);
    const expired = before?.expires !== undefined && before.expires < today;
    const kept = before && !expired ? before : { ...(before ?? {}), ...more };
    return { ...kept, requirement: one.id, fingerprint: fingerprintOfLine(one) };
  });
  return [...own, ...others].sort((a, b) => ((a.requirement ?? "") < (b.requirement ?? "") ? -1 : 1));
}
