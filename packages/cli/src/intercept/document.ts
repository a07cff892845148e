import { createHash } from "node:crypto";
import { type FailureDocument, quoted, type ReportDocument, type WireLine } from "@ksherproof/harness";
import type { InterceptReport, RequestLine, RequirementLine } from "@ksherproof/intercept";

/**
 * An intercepted run as the document that `check` makes its reports from, so that the same renderings serve both. What the
 * run did not show is `not_supported` there: seen from outside, nobody knows whether the client could.
 */
export function documentOfRun(report: InterceptReport, again: string): ReportDocument {
  const decided = report.requirements.map((one) => lineOf(one, report, again));
  const count = (verdict: string): number => decided.filter((one) => one.verdict === verdict).length;
  return {
    report: 1,
    tool: report.tool,
    client: {
      name: report.command.join(" "),
      version: "",
      language: "intercepted",
      ops: [],
      concurrent: false,
      tls: report.tls_checks.length > 0,
    },
    adapter: report.command.map(quoted).join(" "),
    raw_client: false,
    level: report.level,
    profile: "documented",
    only: [],
    seed: 0,
    runs: 1,
    conforms: report.verdict === "pass",
    accepted: report.verdict === "pass",
    baseline: null,
    interrupted: false,
    summary: {
      pass: count("pass"),
      fail: count("fail"),
      not_exercised: 0,
      not_supported: count("not_supported"),
    },
    causes: decided.filter(({ verdict }) => verdict === "fail").map(({ id }) => id),
    requirements: decided,
    not_run: [],
    cells: { touched: {}, gaps: [] },
    exchanges: report.requests.length,
    elapsed_ms: report.exit.elapsed_ms,
  };
}

function lineOf(
  one: RequirementLine,
  report: InterceptReport,
  again: string,
): ReportDocument["requirements"][number] {
  const failed = one.verdict === "fail" && one.counts;
  const verdict = failed ? "fail" : one.verdict === "pass" ? "pass" : "not_supported";
  return {
    id: one.id,
    level: one.level as ReportDocument["requirements"][number]["level"],
    basis: one.basis as ReportDocument["requirements"][number]["basis"],
    text: one.text,
    why: one.why,
    doubt: one.doubt,
    verdict,
    reason: decides(one)
      ? one.reason
      : `Broken, which does not decide at level ${report.level}: ${one.reason}`,
    observations: one.passes + one.fails,
    cause: null,
    checks: ["intercept"],
    failure: failed ? failureOf(one, report, again) : null,
  };
}

/** False for what is broken and does not count: the renderings know no such verdict, and must not call it unseen. */
function decides(one: RequirementLine): boolean {
  return one.verdict !== "fail" || one.counts;
}

function failureOf(one: RequirementLine, report: InterceptReport, again: string): FailureDocument {
  const { failure } = one;
  const request = report.requests.find(({ seq }) => seq === failure?.request);
  const said = failure?.diagnosis?.mistakes.map(({ id }) => id).join() ?? "";
  const canonical = failure?.canonical;
  return {
    check: "intercept",
    detail: one.reason,
    expected: one.text,
    got: one.reason,
    story: request
      ? [{ who: "client", what: `sent ${request.method} ${request.path} to ${request.host}` }]
      : [],
    canonical: canonical ? { right: canonical.right, other: canonical.signed } : null,
    diagnosis: (failure?.diagnosis ?? null) as FailureDocument["diagnosis"],
    wire: request ? [wireLine(request)] : [],
    stderr: "",
    steps: null,
    data: null,
    commands: [],
    scene: {},
    during: "intercept",
    outcomes: [],
    fingerprint: createHash("sha256").update(`${one.id}\nintercept\n${said}`).digest("hex").slice(0, 12),
    reproduce: again,
  };
}

function wireLine({ took_ms, method, path, body, answer }: RequestLine): WireLine {
  return {
    at_ms: 0,
    took_ms,
    method,
    path,
    request: body,
    status: answer.status,
    answer: answer.body,
    faults: [],
    ending: answer.ending,
  };
}
