import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../../src/report/document.js";
import { htmlReport } from "../../src/report/html.js";
import { failure, MIXED, report, requirement } from "./plain.js";

/** What a reader of the page's body reads: its text without markup, a space for each run of white space. */
const read = (html: string): string =>
  html
    .replace(/[\s\S]*<body>|<script>[\s\S]*/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
const articleOf = (of: ReportDocument, id: string): string =>
  new RegExp(`<article id="${id}"[\\s\\S]*?</article>`).exec(htmlReport(of))?.[0] ?? "";
const checked = (of: ReportDocument): readonly string[] =>
  [...htmlReport(of).matchAll(/type="checkbox" value="(\w+)" ?(checked)?/g)].flatMap(([, value = "", on]) =>
    on ? [value] : [],
  );

describe("the report as a page", () => {
  it("begins with the verdict, the counts and how the run was asked for", () => {
    expect(read(htmlReport(report(MIXED)))).toMatch(
      /^shop 2\.1, Go does not conform 2 passed, 1 failed, 2 not exercised, 2 not supported\. Level must, profile documented, seed 7, 7 exchanges in 1\.2 s\. Requirements SIG 001 002 RSP 002 CXL 003 004 WHK 001 002 failed/,
    );
    expect(htmlReport(report(MIXED))).toContain('<header class="bad">');
    const good = htmlReport(
      report([requirement("SIG-001")], { raw_client: true, samples: { shown: 10, spared: 90 } }),
    );
    expect(read(good)).toMatch(
      /^shop 2\.1, Go, raw client conforms 1 passed.* in 1\.2 s\. A slow client: it was shown 10 of 100 samples/,
    );
    expect(good).toContain('<header class="good">');
  });

  it("a cell of the matrix leads to its requirement, and says what it is and how it went", () => {
    expect(htmlReport(report(MIXED))).toContain(
      '<b>CXL</b><div><a class="cell not_exercised" href="#CXL-003" title="CXL-003: the text of CXL-003 (not exercised)">003</a>',
    );
  });

  it("puts failures first, what waits second, and what was not asked for last, each in the order of ids", () => {
    const ids = [...htmlReport(report([...MIXED].reverse())).matchAll(/<article id="([^"]*)"/g)].map(
      ([, id]) => id,
    );
    expect(ids).toEqual(["RSP-002", "CXL-003", "CXL-004", "SIG-001", "SIG-002", "WHK-001", "WHK-002"]);
  });

  it("shows what went wrong at first, and what passed where nothing did", () => {
    expect(checked(report(MIXED))).toEqual(["fail", "not_exercised"]);
    expect(checked(report([requirement("SIG-001")]))).toEqual(["fail", "not_exercised", "pass"]);
  });

  it("a failure is told with its story, sides, doctor, difference, wire log and command", () => {
    const article = articleOf(report(MIXED), "RSP-002");
    expect(read(article)).toBe(
      `fail RSP-002 the text of RSP-002 must, inferred. the reason of RSP-002 Doubt: One source says otherwise. 3 observations. It also keeps CXL-003 from being judged. merchant has created order A1 customer pays gateway answers {"code":-4,"sign":"${"0123456789abcdef".repeat(8)}"} client says "cancelled" expected already_paid got cancelled doctor The pairs were joined with &. right appid=mch1lang=en client appid=mch1 & lang=en wire log, 2 exchanges time request answer +0 ms POST /cancel_order appid=mch1 200 {"code":-4} +12.5 ms POST /gateway_order_query appid=mch1 no answer (closed) fault: [{"kind":"drop"}] stderr one two three four five Again: ksherproof check --adapter x --only RSP-002 --seed 1`,
    );
    expect(article).toContain("<pre>appid=mch1<del>&amp;</del>lang=en</pre>");
    expect(article.match(/<p>fault/g)).toHaveLength(1);
  });

  it("what a failure has not takes no place", () => {
    const [sent] = failure.wire;
    const bare = { ...failure, story: [], expected: null, got: null, diagnosis: null, canonical: null };
    const of = (more: object): string =>
      read(
        articleOf(
          report([requirement("RSP-002", { verdict: "fail", failure: { ...bare, stderr: "\n", ...more } })]),
          "RSP-002",
        ),
      ).replace(/.*3 observations\. /, "");
    expect(of({ wire: [] })).toBe("Again: ksherproof check --adapter x --only RSP-002 --seed 1");
    expect(of({ wire: [sent] })).toMatch(/^wire log, 1 exchange time/);
    expect(of({ wire: [], canonical: { right: "a=1b=2", other: "a=1" } })).toMatch(
      /^right a=1 b=2 client a=1 Again/,
    );
  });

  it("what waits leads to what it waits for, and code in our sentences is set as code", () => {
    const article = articleOf(report(MIXED), "CXL-003");
    expect(article).toContain('Could not be judged. It waits for <a href="#RSP-002">RSP-002</a>.');
    const coded = requirement("SIG-001", { text: "`sign` is <hex>" });
    expect(articleOf(report([coded]), "SIG-001")).toContain("SIG-001 <code>sign</code> is &lt;hex&gt;</h3>");
  });

  it("tells the baseline's problems first, then what it knows", () => {
    const baseline = {
      file: "known.yaml",
      known: [
        { requirement: "RSP-002", reason: "being mended", issue: "https://x/1", expires: null },
        { requirement: "CXL-003", reason: "waits", issue: null, expires: null },
      ],
      problems: [{ kind: "stale" as const, entry: "SIG-001", says: "It holds now.", mend: "Remove it." }],
    };
    expect(read(htmlReport(report(MIXED, { baseline })))).toContain(
      "Baseline known.yaml stale SIG-001 It holds now. Remove it. RSP-002 being mended (https://x/1) CXL-003 waits Requirements",
    );
    expect(htmlReport(report(MIXED))).not.toContain("Baseline");
  });

  it("ends with the cells that were met, and how often, and those that were not", () => {
    expect(read(htmlReport(report(MIXED)))).toMatch(
      /State, endpoint, fault 1 cell met open \/cancel_order plain 2 2 cells not met paid \/cancel_order empty none x y Made by ksherproof 0\.1\.0 for \.\/shop-adapter$/,
    );
  });
});
