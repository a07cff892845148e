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
  if (passes === 0)
    return { ...base, verdict: "not_exercised", why: "Nothing in this run showed it: no evidence, no pass." };
  return { ...base, verdict: "pass", why: `${passes} observations.` };
}
