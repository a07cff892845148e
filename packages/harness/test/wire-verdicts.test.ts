import { describe, expect, it } from "vitest";
import type { Evidence } from "../src/evidence.js";
import { wireVerdict } from "../src/wire-verdicts.js";

const seen = (verdict: "pass" | "fail", check: string, requirement = "REQ-001"): Evidence => ({
  ...{ requirement, check, verdict, detail: `${check} says ${verdict}.` },
  ...{ story: [], exchanges: [] },
});

describe("a requirement of which only the wire is known", () => {
  it("fails with what was seen first, however often it held", () => {
    const first = seen("fail", "wire");
    const all = [seen("pass", "wire"), first, seen("fail", "other"), seen("fail", "x", "REQ-002")];
    expect(wireVerdict("REQ-001", all, "Nothing came.")).toMatchObject({
      requirement: { id: "REQ-001" },
      verdict: "fail",
      why: "wire says fail.",
      passes: 1,
      fails: 2,
      cause: null,
      failure: first,
      checks: ["wire", "other"],
    });
  });

  it("holds where it was seen and never broken", () => {
    const all = [seen("pass", "wire"), seen("pass", "wire"), seen("fail", "x", "REQ-002")];
    expect(wireVerdict("REQ-001", all, "Nothing came.")).toMatchObject({
      ...{ verdict: "pass", why: "2 observations.", passes: 2, fails: 0, failure: null, checks: ["wire"] },
    });
  });

  it("of which nothing was seen says what was missing", () => {
    expect(wireVerdict("REQ-001", [seen("fail", "x", "REQ-002")], "Nothing came.")).toMatchObject({
      ...{ verdict: "not_supported", why: "Nothing came.", passes: 0, fails: 0, failure: null, checks: [] },
    });
  });
});
