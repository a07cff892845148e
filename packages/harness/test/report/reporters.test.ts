import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import {
  documentFrom,
  REPORTERS,
  type ReportDocument,
  readReport,
  type StreamEvent,
} from "../../src/index.js";
import { EVENTS, failure } from "./events.js";

const report = documentFrom(EVENTS);
const baseline = {
  file: "known.yaml",
  known: [{ requirement: "RSP-002", reason: "being mended", issue: null, expires: null }],
  problems: [{ kind: "stale" as const, entry: "SIG-001", says: "SIG-001 holds now.", mend: "Remove it." }],
};
const end = EVENTS.at(-1)!;
const known = documentFrom([...EVENTS.slice(0, -1), { event: "baseline", ...baseline }, end]);
const written = (kind: string, of: ReportDocument = report): string => REPORTERS[kind]!(of);

/** The JUnit form that CI servers read: names and attributes of the Jenkins XSD that we use. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  testsuites: ["name", "tests", "failures", "errors", "time"],
  testsuite: ["name", "tests", "failures", "errors", "skipped", "time"],
  testcase: ["name", "classname", "time"],
  failure: ["message", "type"],
  skipped: ["message"],
};

type Node = Readonly<Record<string, unknown>>;

function walk(
  nodes: readonly Node[],
  visit: (name: string, attributes: Node, children: readonly Node[]) => void,
): void {
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined || name.startsWith("?")) continue;
    const children = node[name] as readonly Node[];
    visit(name, (node[":@"] ?? {}) as Node, children);
    walk(children, visit);
  }
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", preserveOrder: true });

describe("JUnit", () => {
  it.each([
    ["plain", report, { failures: 2, skipped: 1, tests: 4 }],
    ["with a baseline", known, { failures: 2, skipped: 2, tests: 5 }],
  ] as const)("%s: well formed, by the schema, and its counts are those of its cases", (_, of, counts) => {
    const text = written("junit", of);
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    const seen = { failures: 0, skipped: 0, tests: 0 };
    walk(parser.parse(text), (name, attributes, children) => {
      expect(Object.keys(ALLOWED)).toContain(name);
      for (const attribute of Object.keys(attributes)) expect(ALLOWED[name]).toContain(attribute);
      if (name === "testcase") seen.tests += 1;
      if (name === "failure") seen.failures += 1;
      if (name === "skipped") seen.skipped += 1;
      if (name === "testsuites")
        expect(attributes).toMatchObject({ tests: `${counts.tests}`, failures: `${counts.failures}` });
      if (name === "testsuite") {
        const cases = children.filter((child) => "testcase" in child);
        expect(attributes.tests).toBe(String(cases.length));
      }
    });
    expect(seen).toEqual(counts);
  });
});

describe("SARIF", () => {
  it.each([report, known])("fits the parts of the standard that it uses", (of) => {
    const schema = JSON.parse(readFileSync(new URL("sarif-parts.schema.json", import.meta.url), "utf8"));
    const validate = new Ajv2020({ strict: false, formats: { uri: true } }).compile(schema);
    const log = JSON.parse(written("sarif", of));
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    const [run] = log.runs;
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(["RSP-002", "CXL-003"]);
    expect(run.results[0].suppressions?.[0].justification).toBe(of === known ? "being mended" : undefined);
  });
});

describe("HTML", () => {
  const page = written("html");

  it("holds no markup of the client's, and no control character", () => {
    expect(page).not.toContain("</script><b>");
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\ud800]/);
  });

  it("loads nothing from anywhere, and says so to the browser", () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  });

  it("has an article for each requirement, failures first", () => {
    const ids = [...page.matchAll(/<article id="([A-Z]{3}-\d{3})"/g)].map(([, id]) => id);
    expect(ids).toEqual(["RSP-002", "CXL-003", "SIG-001", "WHK-001"]);
  });
});

describe("the terminal", () => {
  it("shows control characters as pictures and obeys none", () => {
    const text = written("terminal");
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(text).toContain("\u241b[31m");
  });

  it("a known failure is one line, and a stale entry prints what mends it", () => {
    const text = written("terminal", known);
    expect(text).toContain("KNOWN RSP-002  being mended");
    expect(text).not.toContain("FAIL RSP-002  ");
    expect(text).toMatch(/BASELINE stale SIG-001[^\n]*\n {2}mend it: {2}Remove it\./);
  });
});

describe("Markdown and badge", () => {
  it("a table row stays one row, and a fence is not ended by the client", () => {
    const lines = written("markdown").split("\n");
    const rows = lines.filter((line) => line.startsWith("| RSP-002"));
    expect(rows).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith("```"))).toHaveLength(2);
  });

  it("what failed stands before what waits for it", () => {
    const late = { ...report, requirements: [...report.requirements].reverse() };
    const rows = written("markdown", late).match(/^\| [A-Z]{3}-\d{3}/gm);
    expect(rows).toEqual(["| RSP-002", "| CXL-003"]);
  });

  it("the badge is the JSON of shields.io", () => {
    expect(JSON.parse(written("badge"))).toEqual({
      schemaVersion: 1,
      label: "ksherproof",
      message: "2 of 3 fail",
      color: "red",
    });
  });
});

describe("the stream", () => {
  const ndjson = (events: readonly StreamEvent[]) =>
    events.map((event) => `${JSON.stringify(event)}\n`).join("");

  it("makes the same report again, and so does the report's own JSON", () => {
    expect(readReport(ndjson(EVENTS), "x")).toEqual(JSON.parse(JSON.stringify(report)));
    expect(readReport(written("json"), "x")).toEqual(JSON.parse(JSON.stringify(report)));
    expect(report.requirements[1]?.failure).toEqual(failure);
  });

  it("without its end, or with its last line half written, it is an interrupted run", () => {
    const cut = ndjson(EVENTS.slice(0, 3));
    for (const text of [cut, cut + ndjson([EVENTS[3]!]).slice(0, 30)])
      expect(readReport(text, "x")).toMatchObject({ interrupted: true, conforms: false, accepted: false });
  });

  it.each(["", "{}", "[]", "hello", '{"event":"begin"'])("%j is no report", (text) => {
    expect(() => readReport(text, "x")).toThrow(expect.objectContaining({ name: "UsageError" }));
  });
});
