import type { ReportDocument, RequirementDocument } from "../../src/report/document.js";
import type { FailureDocument } from "../../src/report/failure.js";

/** A failure as a run finds it, with every part that a reporter shows. */
export const failure: FailureDocument = {
  check: "codes",
  detail: "The client took -4 for cancelled.",
  expected: "already_paid",
  got: "cancelled",
  story: [
    { who: "merchant", what: "has created order A1" },
    { who: "customer", what: "pays" },
    { who: "gateway", what: `answers {"code":-4,"sign":"${"0123456789abcdef".repeat(8)}"}` },
    { who: "client", what: 'says "cancelled"' },
  ],
  canonical: { right: "appid=mch1lang=en", other: "appid=mch1&lang=en" },
  diagnosis: { verdict: "other_text", summary: "The pairs were joined with &.", mistakes: [] },
  wire: [
    {
      at_ms: 0,
      took_ms: 1.5,
      method: "POST",
      path: "/cancel_order",
      request: "appid=mch1",
      status: 200,
      answer: '{"code":-4}',
      faults: [],
      ending: "complete",
    },
    {
      at_ms: 12.5,
      took_ms: null,
      method: "POST",
      path: "/gateway_order_query",
      request: "appid=mch1",
      status: null,
      answer: "",
      faults: [{ kind: "drop" }],
      ending: "closed",
    },
  ],
  stderr: "one\ntwo\nthree\nfour\nfive\n",
  steps: null,
  data: null,
  commands: [],
  scene: {},
  outcomes: ["already_paid"],
  during: "codes",
  fingerprint: "0123456789ab",
  reproduce: "ksherproof check --adapter x --only RSP-002 --seed 1",
};

/** One requirement of a report; it passes where nothing else is said. */
export function requirement(id: string, more: Partial<RequirementDocument> = {}): RequirementDocument {
  return {
    id,
    level: "must",
    basis: "stated",
    text: `the text of ${id}`,
    why: `the reason of ${id}`,
    doubt: null,
    verdict: "pass",
    reason: "3 observations.",
    observations: 3,
    cause: null,
    checks: ["codes"],
    failure: null,
    ...more,
  };
}

/** A report of these requirements. */
export function report(
  requirements: readonly RequirementDocument[],
  more: Partial<ReportDocument> = {},
): ReportDocument {
  const count = (wanted: string): number => requirements.filter(({ verdict }) => verdict === wanted).length;
  const conforms = requirements.every(({ verdict }) => verdict === "pass" || verdict === "not_supported");
  return {
    report: 1,
    tool: { name: "ksherproof", version: "0.1.0" },
    client: { name: "shop", version: "2.1", language: "Go", ops: ["cancel"], concurrent: false, tls: false },
    adapter: "./shop-adapter",
    raw_client: false,
    level: "must",
    profile: "documented",
    only: [],
    seed: 7,
    runs: 12,
    conforms,
    accepted: conforms,
    baseline: null,
    interrupted: false,
    summary: {
      pass: count("pass"),
      fail: count("fail"),
      not_exercised: count("not_exercised"),
      not_supported: count("not_supported"),
    },
    causes: [],
    requirements,
    not_run: [],
    cells: { touched: { "open /cancel_order plain": 2 }, gaps: ["paid /cancel_order empty", "none x y"] },
    exchanges: 7,
    elapsed_ms: 1234,
    ...more,
  };
}

/** One requirement with each verdict. */
export const MIXED: readonly RequirementDocument[] = [
  requirement("SIG-001"),
  requirement("SIG-002", { observations: 5, checks: ["sign", "create"] }),
  requirement("RSP-002", {
    verdict: "fail",
    basis: "inferred",
    doubt: "One source says otherwise.",
    failure,
  }),
  requirement("CXL-003", { verdict: "not_exercised", reason: "Could not be judged.", cause: "RSP-002" }),
  requirement("CXL-004", { verdict: "not_exercised", reason: "Nothing in this run showed it." }),
  requirement("WHK-001", { verdict: "not_supported", reason: "No operation." }),
  requirement("WHK-002", { verdict: "not_supported", reason: "No operation." }),
];
