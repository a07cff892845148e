import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../../src/report/document.js";
import { type TerminalOptions, terminalReport } from "../../src/report/terminal.js";
import { failure, MIXED, report, requirement } from "./plain.js";

const linesOf = (of: ReportDocument, options?: TerminalOptions): readonly string[] =>
  terminalReport(of, options).split("\n");
const verdictLine = (of: ReportDocument): string => linesOf(of).at(-2) ?? "";
const colour =
  (name: string) =>
  (text: string): string =>
    `<${name}>${text}</${name}>`;
const paint = {
  red: colour("red"),
  green: colour("green"),
  yellow: colour("yellow"),
  dim: colour("dim"),
  bold: colour("bold"),
};

describe("the report on a terminal", () => {
  it("is a matrix, each failure as a story, what was not exercised and why, and the totals", () => {
    expect(terminalReport(report(MIXED))).toBe(
      `shop 2.1 (Go)

  SIG  001 ok  002 ok
  RSP  002 FAIL
  CXL  003 ?  004 ?
  WHK  001 -  002 -

FAIL RSP-002  the text of RSP-002
     must, inferred; the reason of RSP-002
     doubt: One source says otherwise.
  The client took -4 for cancelled.
    merchant has created order A1
    customer pays
    gateway  answers {"code":-4,"sign":"01234567...(128 hex digits)"}
    client   says "cancelled"
  expected  already_paid
  got       cancelled
  doctor    The pairs were joined with &.
  + right   appid=mch1lang=en
  - client  appid=mch1[-&-]lang=en
       +0 ms  POST /cancel_order  appid=mch1
              -> HTTP 200 {"code":-4}
    +12.5 ms  POST /gateway_order_query  appid=mch1
              -> no answer (closed)
  stderr    two | three | four | five
  it also keeps CXL-003 from being judged
  again:    ksherproof check --adapter x --only RSP-002 --seed 1

NOT EXERCISED CXL-003  waits for RSP-002
NOT EXERCISED CXL-004  Nothing in this run showed it.
not supported: WHK-001, WHK-002

DOES NOT CONFORM  (level must) 2 passed, 1 failed, 2 not exercised, 2 not supported
7 exchanges, 1 of 3 cells of state, command and fault, 1.2 s, seed 7`,
    );
  });

  it("of a client that conforms has nothing between the matrix and the totals", () => {
    expect(linesOf(report([requirement("SIG-001")], { only: ["SIG-001", "WHK"] }))).toEqual([
      "shop 2.1 (Go)",
      "",
      "  SIG  001 ok",
      "",
      "CONFORMS  (only SIG-001, WHK) 1 passed, 0 failed, 0 not exercised, 0 not supported",
      "7 exchanges, 1 of 3 cells of state, command and fault, 1.2 s, seed 7",
    ]);
  });

  it("shows what a failure has, and no line for what it has not", () => {
    const bare = {
      ...failure,
      expected: null,
      got: null,
      canonical: null,
      diagnosis: null,
      wire: [],
      stderr: " \n",
    };
    const told = linesOf(report([requirement("RSP-002", { verdict: "fail", failure: bare })]));
    expect(told.slice(4, 13)).toEqual([
      "FAIL RSP-002  the text of RSP-002",
      "     must, stated; the reason of RSP-002",
      "  The client took -4 for cancelled.",
      "    merchant has created order A1",
      "    customer pays",
      '    gateway  answers {"code":-4,"sign":"01234567...(128 hex digits)"}',
      '    client   says "cancelled"',
      "  again:    ksherproof check --adapter x --only RSP-002 --seed 1",
      "",
    ]);
  });

  it("names the bundle that plays a failure again", () => {
    const replay = "  replay:   ksherproof replay 7c87";
    expect(linesOf(report(MIXED), { bundles: { "RSP-002": "7c87" } })).toContain(replay);
    expect(terminalReport(report(MIXED), { bundles: { "SIG-001": "7c87" } })).not.toContain("replay");
  });

  it("when asked for all, also tells what passed and by what, and the cells that were met or not", () => {
    const told = terminalReport(report(MIXED), { verbose: true });
    expect(told).toContain(
      `
pass SIG-001  the text of SIG-001  (3 observations: codes)
pass SIG-002  the text of SIG-002  (5 observations: sign, create)

cells met (state, endpoint, fault):
  open /cancel_order plain: 2
cells not met:
  paid /cancel_order empty
  none x y

DOES NOT`,
    );
    expect(told.match(/^pass /gm)).toHaveLength(2);
  });

  it("a raw client is called one, and a run without cells speaks of none", () => {
    const told = linesOf(report([], { raw_client: true, cells: { touched: {}, gaps: [] } }));
    expect(told[0]).toBe("shop 2.1 (Go), a raw client: the harness judged its answers");
    expect(told.at(-1)).toBe("7 exchanges, 1.2 s, seed 7");
  });

  it("colours verdicts and the sides of a failure, and nothing else", () => {
    const told = linesOf(report(MIXED), { paint });
    expect(told.slice(0, 6)).toEqual([
      "<bold>shop</bold> 2.1 (Go)",
      "",
      "  SIG  <green>001 ok</green>  <green>002 ok</green>",
      "  RSP  <red><bold>002 FAIL</bold></red>",
      "  CXL  <red>003 ?</red>  <red>004 ?</red>",
      "  WHK  <dim>001 -</dim>  <dim>002 -</dim>",
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        "  expected  <green>already_paid</green>",
        "  got       <red>cancelled</red>",
        "  <red>- client</red>  appid=mch1<red>[-&-]</red>lang=en",
        "  The client took -4 for cancelled.",
        "<red>NOT EXERCISED CXL-004</red>  Nothing in this run showed it.",
      ]),
    );
  });
});

describe("what was not judged", () => {
  it("is told once for each reason, whichever check the time ran out in", () => {
    const late = (id: string, reason: string) => requirement(id, { verdict: "not_exercised", reason });
    const told = linesOf(
      report(
        [
          late("CXL-001", "Time ran out before the end of cxl-001."),
          late("CXL-002", "Time ran out before the end of cxl-002, sequences."),
          late("CXL-003", "Nothing in this run showed it."),
          late("WHK-001", "The run was interrupted before the end of webhooks."),
        ],
        { not_run: ["cxl-001", "cxl-002"] },
      ),
    );
    expect(told.slice(5, 10)).toEqual([
      "NOT EXERCISED CXL-001, CXL-002  Time ran out before it.",
      "NOT EXERCISED CXL-003  Nothing in this run showed it.",
      "NOT EXERCISED WHK-001  The run was interrupted before it.",
      "time ran out before the end of: cxl-001, cxl-002",
      "",
    ]);
  });

  it("says that it was interrupted, and what a slow client was spared", () => {
    const told = terminalReport(
      report([requirement("SIG-001")], {
        interrupted: true,
        not_run: ["sign"],
        samples: { shown: 10, spared: 90 },
      }),
    );
    expect(told).toContain(
      "\ninterrupted before the end of: sign\nA slow client: it was shown 10 of 100 samples",
    );
  });
});

describe("the verdict", () => {
  const failed = requirement("RSP-002", { verdict: "fail", failure });
  const none = requirement("WHK-001", { verdict: "not_supported" });
  const waiting = requirement("CXL-003", { verdict: "not_exercised" });
  const passed = requirement("SIG-001");
  it.each([
    ["CONFORMS", report([passed])],
    ["CONFORMS, BUT THE BASELINE DOES NOT FIT", report([passed], { accepted: false })],
    ["NO NEW FAILURE", report([failed], { accepted: true })],
    ["DOES NOT CONFORM", report([failed])],
    ["DOES NOT CONFORM", report([passed, waiting])],
    ["DOES NOT CONFORM", report([passed, failed])],
    ["NOTHING WAS EXERCISED", report([waiting])],
    ["INTERRUPTED", report([passed], { interrupted: true })],
  ])("%s", (words, of) => {
    expect(verdictLine(of).split("  (")[0]).toBe(words);
  });

  it("where the adapter offers nothing that was asked for, what to do is said", () => {
    const told = linesOf(report([none], { conforms: false, accepted: false }));
    expect(told.at(-3)).toMatch(/^NOTHING WAS EXERCISED {2}\(level must\) 0 passed/);
    expect(told.at(-2)).toMatch(/^The adapter offers no operation that this asks for: fill one in/);
    expect(terminalReport(report([waiting]))).not.toContain("offers no operation");
  });
});

describe("a baseline on a terminal", () => {
  const baseline = {
    file: "known.yaml",
    known: [
      { requirement: "RSP-002", reason: "being mended", issue: "https://x/1", expires: "2027-01-31" },
      { requirement: "CXL-003", reason: "waits", issue: null, expires: null },
    ],
    problems: [{ kind: "stale" as const, entry: "SIG-001", says: "It holds now.", mend: "Remove it." }],
  };

  it("a known failure is a line with its reason and limit, and neither a story nor unexercised", () => {
    const told = terminalReport(report(MIXED, { baseline }), { paint });
    expect(told).toContain(
      `<dim>not supported: WHK-001, WHK-002</dim>

<yellow>KNOWN RSP-002  being mended (https://x/1), until 2027-01-31</yellow>
<yellow>KNOWN CXL-003  waits</yellow>
<red>BASELINE stale SIG-001  It holds now.</red>
  mend it:  Remove it.

<red><bold>DOES NOT CONFORM`,
    );
    expect(told).not.toContain("FAIL RSP-002");
    expect(told).not.toContain("NOT EXERCISED CXL-003");
    expect(told).toContain("NOT EXERCISED CXL-004");
  });

  it("that is in order and knows nothing takes no line", () => {
    const empty = { file: "known.yaml", known: [], problems: [] };
    expect(terminalReport(report(MIXED, { baseline: empty }))).toBe(terminalReport(report(MIXED)));
  });
});
