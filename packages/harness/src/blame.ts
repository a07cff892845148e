import type { ArrivedRequest } from "@ksherproof/gateway";
import type { Bench } from "./bench.js";
import type { Called } from "./called.js";
import type { Evidence } from "./evidence.js";

/** Why an outcome may be off for a reason that another requirement names; null where the case's own must answer for it. */
export function blameOf(
  bench: Bench,
  requirement: string,
  called: Called,
  outcomes: readonly string[],
): string | null {
  const { reply } = called;
  if (reply.kind === "broken") {
    if (reply.reason === "given_up") return bench.shared.brokeAt;
    bench.shared.brokeAt = requirement;
  }
  const refused = called.every.find(({ refusal, faults }) => refusal !== null && faults.length === 0);
  if (refused && !outcomes.includes("rejected") && !outcomes.includes("bad_signature")) {
    return (
      [...bench.shared.evidences.all, ...bench.evidences.all].findLast(
        ({ verdict, exchanges }) => verdict === "fail" && exchanges.includes(refused),
      )?.requirement ?? null
    );
  }
  if (called.outcome !== "untrusted") return null;
  const zero = Buffer.from(called.exchanges.at(-1)?.sent?.body ?? []).includes('"sign":"0');
  return zero && bench.shared.evidences.failed("SIG-009") ? "SIG-009" : bench.distrust();
}

/** What a request beside the base URL is told of, and what it breaks (REQ-001). */
export function straying(
  { method, target, path }: ArrivedRequest,
  baseUrl: string,
): { readonly told: string; readonly more: Partial<Evidence> } {
  return {
    told: `${method} ${target} -> nothing is there; the base URL is ${baseUrl}`,
    more: {
      expected: `a path that begins with ${new URL(baseUrl).pathname}`,
      got: path,
      check: "wire",
    },
  };
}
