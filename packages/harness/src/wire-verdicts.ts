import type { Evidence } from "./evidence.js";
import { requirementOf } from "./requirements.js";
import type { RequirementVerdict } from "./verdicts.js";

/** One requirement's verdict from what was seen of it, where no client offers operations; `why` says what was missing. */
export function wireVerdict(id: string, all: readonly Evidence[], missing: string): RequirementVerdict {
  const own = all.filter((one) => one.requirement === id);
  const fails = own.filter(({ verdict }) => verdict === "fail");
  const passes = own.length - fails.length;
  const [failure = null] = fails;
  const base = { requirement: requirementOf(id), passes, fails: fails.length, cause: null };
  const checks = [...new Set(own.map(({ check }) => check))];
  if (failure) return { ...base, verdict: "fail", why: failure.detail, failure, checks };
  if (passes > 0) return { ...base, verdict: "pass", why: `${passes} observations.`, failure: null, checks };
  return { ...base, verdict: "not_supported", why: missing, failure: null, checks };
}
