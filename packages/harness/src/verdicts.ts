import type { Operation } from "./adapter/client.js";
import { CHECKS } from "./checks/all.js";
import type { Evidence } from "./evidence.js";
import { type Requirement, requirementOf } from "./requirements.js";

/** The four verdicts, and `raw`: a client that hands answers through leaves the judgement to its caller. */
export type Verdict = "pass" | "fail" | "not_exercised" | "not_supported";

/** What a run says of one requirement. */
export interface RequirementVerdict {
  readonly requirement: Requirement;
  readonly verdict: Verdict;
  /** In one sentence. */
  readonly why: string;
  readonly passes: number;
  readonly fails: number;
  /** The requirement that broke first, where this one could not be judged or fails with it. */
  readonly cause: string | null;
  /** The failure with the smallest story. */
  readonly failure: Evidence | null;
  readonly checks: readonly string[];
}

/** Which operations can show a requirement: one check, all of whose operations are offered, is enough. */
function showable(
  requirement: string,
  ops: readonly string[],
  tls: boolean,
  ran: ReadonlySet<string>,
): boolean {
  return CHECKS.some(
    ({ id, requirements, needs, needsTls, supplements }) =>
      ran.has(id) &&
      supplements !== true &&
      requirements.includes(requirement) &&
      needs.every((op) => ops.includes(op)) &&
      (needsTls !== true || tls) &&
      usable(needs, ops),
  );
}

/** Checks that need no operation in particular need one that calls the gateway. */
function usable(needs: readonly Operation[], ops: readonly string[]): boolean {
  return needs.length > 0 || ops.includes("cancel") || ops.includes("query");
}

/** Judges one requirement from the evidence (the gateway's record, not the client's word). */
export function judge(
  id: string,
  evidence: readonly Evidence[],
  client: { readonly ops: readonly string[]; readonly tls: boolean; readonly ran: ReadonlySet<string> },
): RequirementVerdict {
  const requirement = requirementOf(id);
  const own = evidence.filter((one) => one.requirement === id);
  const passes = own.filter(({ verdict }) => verdict === "pass").length;
  const fails = own.filter(({ verdict }) => verdict === "fail");
  const caused = own.filter(({ verdict }) => verdict === "caused");
  const raw = own.filter(({ verdict }) => verdict === "handed_through");
  const checks = [...new Set(own.map(({ check }) => check))];
  const base = { requirement, passes, fails: fails.length, checks, cause: null, failure: null };
  if (fails.length > 0) {
    const failure = fails.reduce((small, next) => (next.story.length < small.story.length ? next : small));
    return { ...base, verdict: "fail", why: failure.detail, failure };
  }
  if (!showable(id, client.ops, client.tls, client.ran)) {
    return { ...base, verdict: "not_supported", why: "The client offers no operation that could show it." };
  }
  if (raw.length > 0) {
    const why = "A raw client: it hands the gateway's answers through, and whoever calls it must judge them.";
    return { ...base, verdict: "not_supported", why };
  }
  const [first] = caused;
  if (first) {
    return {
      ...base,
      verdict: "not_exercised",
      why: `Could not be judged: ${first.cause} broke first.`,
      cause: first.cause ?? null,
    };
  }
  if (passes > 0) return { ...base, verdict: "pass", why: `${passes} observations.` };
  const unshown = own.find(({ verdict }) => verdict === "unshown");
  if (unshown) return { ...base, verdict: "not_exercised", why: unshown.detail };
  const cause = brokeInItsChecks(id, evidence);
  const why =
    cause === null ? "Nothing in this run showed it: no evidence, no pass." : `${cause} broke first.`;
  return {
    ...base,
    verdict: "not_exercised",
    why: cause === null ? why : `Could not be judged: ${why}`,
    cause,
  };
}

/** What broke most often in the checks that could have shown a requirement, where nothing showed it. */
function brokeInItsChecks(id: string, evidence: readonly Evidence[]): string | null {
  const showing = new Set(CHECKS.flatMap((one) => (one.requirements.includes(id) ? [one.id] : [])));
  const counts = new Map<string, number>();
  for (const { check, during, verdict, requirement, cause } of evidence) {
    const broke = verdict === "fail" ? requirement : verdict === "caused" ? cause : undefined;
    if (broke === undefined || broke === id || !(showing.has(check) || showing.has(during ?? ""))) continue;
    counts.set(broke, (counts.get(broke) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** What waits for a requirement that itself waits for another waits for that other one. */
export function ofTheFirst(
  one: RequirementVerdict,
  every: readonly RequirementVerdict[],
): RequirementVerdict {
  const seen = new Set<string>();
  let { cause } = one;
  while (cause !== null && !seen.has(cause)) {
    seen.add(cause);
    const id: string = cause;
    const root = every.find(({ requirement }) => requirement.id === id);
    if (!root || root.verdict === "fail" || root.cause === null) break;
    cause = root.cause;
  }
  if (cause === one.cause || cause === one.requirement.id) return one;
  return { ...one, cause, why: `Could not be judged: ${cause} broke first.` };
}
