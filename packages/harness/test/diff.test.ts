import { describe, expect, it } from "vitest";
import { diffReports } from "../src/diff.js";
import type { RequirementDocument } from "../src/report/document.js";
import { failure, report, requirement } from "./report/plain.js";

type Verdict = RequirementDocument["verdict"];
const one = (verdict: Verdict, fingerprint = "a"): RequirementDocument =>
  requirement("CXL-001", {
    verdict,
    reason: `now ${verdict}`,
    failure: verdict === "fail" ? { ...failure, fingerprint } : null,
  });
const diff = (before: RequirementDocument | null, after: RequirementDocument | null) =>
  diffReports(report(before ? [before] : []), report(after ? [after] : []));
const KINDS = ["new_failures", "changed_failures", "fixes", "lost_coverage", "gained_coverage"] as const;

describe("what changed between two reports", () => {
  it.each([
    ["new_failures", one("pass"), one("fail")],
    ["new_failures", one("not_exercised"), one("fail")],
    ["new_failures", null, one("fail")],
    ["changed_failures", one("fail", "a"), one("fail", "b")],
    ["fixes", one("fail"), one("pass")],
    ["lost_coverage", one("pass"), one("not_exercised")],
    ["lost_coverage", one("fail"), one("not_supported")],
    ["lost_coverage", one("pass"), null],
    ["gained_coverage", one("not_supported"), one("pass")],
    ["gained_coverage", null, one("pass")],
    [null, one("fail", "a"), one("fail", "a")],
    [null, one("pass"), one("pass")],
    [null, one("not_exercised"), one("not_supported")],
    [null, null, one("not_exercised")],
  ] as const)("%s: case %#", (kind, before, after) => {
    const found = diff(before, after);
    expect(KINDS.filter((name) => found[name].length > 0)).toEqual(kind === null ? [] : [kind]);
    expect(found.unchanged).toBe(kind === null ? 1 : 0);
    // What was mended, or is newly shown, is no reason to look again.
    expect(found.clean).toBe(kind === null || kind === "fixes" || kind === "gained_coverage");
  });

  it("is told with what happened, or why it is not known any more", () => {
    expect(diff(one("pass"), one("fail")).new_failures).toEqual([
      {
        id: "CXL-001",
        text: "the text of CXL-001",
        before: "pass",
        after: "fail",
        why: "The client took -4 for cancelled.",
      },
    ]);
    expect(diff(one("pass"), one("not_exercised")).lost_coverage).toMatchObject([
      { why: "now not_exercised" },
    ]);
    expect(diff(one("pass"), null).lost_coverage).toMatchObject([
      { text: "the text of CXL-001", after: "absent", why: "It is not in the new report." },
    ]);
    expect(diff(null, one("pass")).gained_coverage).toMatchObject([{ before: "absent", after: "pass" }]);
  });

  it("holds requirements by their ids, wherever they stand, and counts what stayed", () => {
    const [a, b, c] = ["SIG-001", "SIG-002", "SIG-003"].map((id) => requirement(id));
    const found = diffReports(report([a!, b!]), report([c!, b!, a!]));
    expect(found).toMatchObject({ unchanged: 2, gained_coverage: [{ id: "SIG-003" }], clean: true });
  });

  it("a failure that is new and one that changed are both told, and neither cancels the other out", () => {
    const [a, b, c] = ["SIG-001", "SIG-002", "SIG-003"].map(
      (id) =>
        (verdict: Verdict, fingerprint = "a") => ({
          ...one(verdict, fingerprint),
          id,
        }),
    );
    const found = diffReports(
      report([a!("pass"), b!("fail"), c!("pass")]),
      report([a!("fail"), b!("fail", "b"), c!("not_exercised")]),
    );
    expect(found.new_failures.map(({ id }) => id)).toEqual(["SIG-001"]);
    expect(found.changed_failures.map(({ id }) => id)).toEqual(["SIG-002"]);
    expect(found.lost_coverage.map(({ id }) => id)).toEqual(["SIG-003"]);
    expect(found.clean).toBe(false);
  });

  it("what makes two runs hard to compare is told, and nothing where they were asked for alike", () => {
    const before = report([]);
    expect(diffReports(before, report([])).skew).toEqual([]);
    const after = report([], {
      tool: { name: "ksherproof", version: "0.2.0" },
      client: { ...before.client, name: "till", version: "3" },
      level: "should",
      profile: "observed",
      only: ["SIG", "CXL-001"],
      seed: 8,
      runs: 13,
      interrupted: true,
    });
    expect(diffReports(before, after).skew).toEqual([
      { what: "tool version", before: "0.1.0", after: "0.2.0" },
      { what: "client", before: "shop", after: "till" },
      { what: "client version", before: "2.1", after: "3" },
      { what: "level", before: "must", after: "should" },
      { what: "profile", before: "documented", after: "observed" },
      { what: "selection", before: "everything", after: "SIG, CXL-001" },
      { what: "seed", before: "7", after: "8" },
      { what: "runs", before: "12", after: "13" },
      { what: "interrupted", before: "false", after: "true" },
    ]);
  });
});
