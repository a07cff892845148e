import {
  coverageOf,
  coverageProblems,
  type Evidence,
  loadExclusions,
  loadSpecs,
  requirementsInTitles,
  traceabilityPage,
} from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { changed, compiled, errorsOf, source } from "../../../test/spec/folder.js";

const { requirements } = loadSpecs(source, compiled);
const nothing: Evidence = { checks: [], scenarios: [], vectors: new Map(), tests: new Map() };
const all = requirements.map(({ id }) => id);
const everything: Evidence = { ...nothing, tests: new Map([["test/all.test.ts", all]]) };
const problems = (evidence: Evidence, exclusions: readonly { id: string }[] = []) =>
  coverageProblems(coverageOf(requirements, evidence), exclusions, evidence);

describe("traceability", () => {
  it("a must that nothing covers is a problem; a should and a may are not", () => {
    expect(problems(everything)).toEqual([]);
    expect(problems(nothing)).toHaveLength(requirements.filter(({ level }) => level === "must").length);
    const but = { ...nothing, tests: new Map([["test/some.test.ts", all.filter((id) => id !== "CXL-006")]]) };
    expect(problems(but)).toEqual([
      "CXL-006 is a must that nothing covers: after a cancel the payment link admits no new payment. Add a check, a vector or a test, or exclude it with a reason in specs/exclusions.yaml.",
    ]);
  });

  it("an exclusion takes the place of coverage, and one that is not needed is a problem", () => {
    const but = { ...nothing, tests: new Map([["test/some.test.ts", all.filter((id) => id !== "CXL-006")]]) };
    expect(problems(but, [{ id: "CXL-006" }])).toEqual([]);
    expect(problems(everything, [{ id: "CXL-006" }])).toHaveLength(1);
  });

  it("an exclusion without a reason does not load", () => {
    const text = "version: 1\nabout: x\nexclusions:\n  - id: CXL-006\n";
    const [error] = errorsOf(() => loadExclusions(changed("exclusions.yaml", text))) ?? [];
    expect(error?.message).toBe(
      "specs/exclusions.yaml:4:5: Expected the member `reason` here; it is missing.\n    - id: CXL-006\n      ^",
    );
  });

  it("an id that the specs do not have is a problem wherever it is named", () => {
    const odd = {
      ...everything,
      checks: [{ id: "odd", title: "", requirements: ["CXL-099"] }],
      vectors: new Map([["vectors/x.json", ["QRY-098"]]]),
    };
    expect(problems(odd)).toEqual([
      "The check odd names CXL-099, which the specs do not have.",
      "vectors/x.json names QRY-098, which the specs do not have.",
    ]);
  });

  it("titles of tests are read with their ranges; other texts are not titles", () => {
    const text = `
      describe("QRY-001: a group", () => {
        it.each(rows)("CXL-001 to CXL-003, SIG-004", () => { expect(say("REQ-009")).toBe("SEC-001"); });
        it(\`RTY-002 \${x}\`, () => {});
      });`;
    expect(requirementsInTitles(text)).toEqual([
      "CXL-001",
      "CXL-002",
      "CXL-003",
      "QRY-001",
      "RTY-002",
      "SIG-004",
    ]);
  });

  it("the page has a row for each requirement", () => {
    const page = traceabilityPage(coverageOf(requirements, everything), []);
    for (const id of all) expect(page).toContain(`| [${id}](requirements.md#${id.toLowerCase()}) |`);
  });
});
