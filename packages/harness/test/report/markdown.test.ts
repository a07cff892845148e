import { describe, expect, it } from "vitest";
import { markdownReport } from "../../src/report/markdown.js";
import { failure, MIXED, report, requirement } from "./plain.js";

describe("the report of a CI step", () => {
  it("is the verdict, a row for each requirement that is not fine, and each failure folded", () => {
    const sign = "0123456789abcdef".repeat(8);
    expect(markdownReport(report(MIXED))).toBe(`## ❌ shop does not conform

Level must, seed 7: **2** passed, **1** failed, **2** not exercised, 2 not supported.

| requirement | verdict | what happened |
|---|---|---|
| RSP-002 the text of RSP-002 | fail | The client took -4 for cancelled. |
| CXL-003 the text of CXL-003 | not exercised | waits for RSP-002 |
| CXL-004 the text of CXL-004 | not exercised | Nothing in this run showed it. |

<details><summary>RSP-002</summary>

\`\`\`
merchant: has created order A1
customer: pays
gateway: answers {"code":-4,"sign":"${sign}"}
client: says "cancelled"
expected: already_paid
got: cancelled

ksherproof check --adapter x --only RSP-002 --seed 1
\`\`\`

</details>
`);
  });

  it("of a client that conforms is two lines", () => {
    expect(markdownReport(report([requirement("SIG-001")]))).toBe(
      "## ✅ shop conforms\n\nLevel must, seed 7: **1** passed, **0** failed, **0** not exercised, 0 not supported.\n",
    );
  });

  it("tells what a slow client was spared, and what the baseline knows and where it is wrong", () => {
    const baseline = {
      file: "known.yaml",
      known: [{ requirement: "RSP-002", reason: "being | mended", issue: null, expires: null }],
      problems: [{ kind: "stale" as const, entry: "SIG-001", says: "It holds now.", mend: "Remove it." }],
    };
    const text = markdownReport(report(MIXED, { baseline, samples: { shown: 10, spared: 90 } }));
    expect(text).toContain("\n\nA slow client: it was shown 10 of 100 samples");
    expect(text).toContain(
      "\n\nKnown: RSP-002, being \\| mended\n\n**Baseline, stale: SIG-001.** It holds now. Remove it.\n\n| requirement",
    );
  });

  it("a line of the client's is one line of a row, and no markup", () => {
    const detail = "one\r\ntwo | <b>";
    const row = markdownReport(
      report([requirement("RSP-002", { verdict: "fail", failure: { ...failure, detail } })]),
    );
    expect(row).toContain("| fail | one two \\| \\<b\\> |\n");
  });
});
