import type { FailureDocument, RequirementDocument, StreamEvent } from "../../src/index.js";
import { requirement } from "./plain.js";

/** Text that breaks a careless reporter: markup, control characters, a lone surrogate, a CDATA end, terminal escapes. */
export const NASTY = `</script><b>&amp; "q" 'a' ]]> \u0000\u0001\u001b[31m\u007f \ud800 \ufffe \u2028 ก 😀 | \`\`\` \r\n::error::`;

export const failure: FailureDocument = {
  check: "codes",
  detail: NASTY,
  expected: NASTY,
  got: NASTY,
  story: [{ who: "client", what: NASTY }],
  canonical: { right: `a=1${NASTY}`, other: `a=1&${NASTY}` },
  diagnosis: { verdict: "other_text", summary: NASTY, mistakes: [] },
  wire: [
    {
      at_ms: 0,
      took_ms: 1.5,
      method: "POST",
      path: `/cancel_order?${NASTY}`,
      request: NASTY,
      status: 200,
      answer: NASTY,
      faults: [{ kind: "truncate" }],
      ending: "complete",
    },
  ],
  stderr: NASTY,
  steps: null,
  data: null,
  commands: [],
  scene: {},
  outcomes: [],
  during: "codes",
  fingerprint: "0123456789ab",
  reproduce: "ksherproof check --adapter x --only RSP-002 --seed 1",
} as FailureDocument;

const line = (id: string, more: Partial<RequirementDocument>): StreamEvent => ({
  event: "requirement",
  ...requirement(id, { why: NASTY, doubt: NASTY, ...more }),
});

/** The stream of a run with each verdict once. */
export const EVENTS: readonly StreamEvent[] = [
  {
    event: "begin",
    report: 1,
    tool: { name: "ksherproof", version: "0.1.0" },
    client: { name: NASTY, version: NASTY, language: "x", ops: ["cancel"], concurrent: false, tls: false },
    adapter: NASTY,
    level: "must",
    profile: "documented",
    only: [],
    seed: 1,
    runs: 12,
    checks: 4,
  },
  line("SIG-001", {}),
  line("RSP-002", { verdict: "fail", reason: NASTY, failure }),
  line("CXL-003", { verdict: "not_exercised", reason: "Could not be judged.", cause: "RSP-002" }),
  line("WHK-001", { verdict: "not_supported", reason: "The client offers no operation." }),
  {
    event: "end",
    conforms: false,
    interrupted: false,
    raw_client: false,
    not_run: [],
    cells: { touched: { "open /cancel_order plain": 2 }, gaps: ["paid /cancel_order empty"] },
    samples: { shown: 10, spared: 90 },
    exchanges: 7,
    elapsed_ms: 1234,
  },
];
