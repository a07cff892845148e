import type { ReportDocument } from "@ksherproof/harness";
import { describe, expect, it } from "vitest";
import { adapter, ksherproof, REFERENCE } from "./cli.js";
import { expectToFit } from "./fits.js";

const WRONG = adapter("wrong.mjs", "paid-is-cancelled");

describe("several clients", () => {
  it("one table, and one that does not start is told and not hidden", async () => {
    const words = ["check", "--only", "CXL-003", "--matrix", REFERENCE, WRONG, "no-such-program"];
    const { code, stdout } = await ksherproof([...words, "--json"]);
    const found = JSON.parse(stdout);
    expectToFit(found, "check-matrix");
    expect(found.clients.map(({ conforms }: ReportDocument) => conforms)).toEqual([true, false]);
    expect(found.not_started).toEqual(["no-such-program"]);
    expect(code).toBe(3);
  });

  it("a differential run finds the smallest input on which two ports disagree", async () => {
    const { code, stdout } = await ksherproof([
      "check",
      "--differential",
      REFERENCE,
      adapter("wrong.mjs", "ampersand"),
      "--json",
    ]);
    const found = JSON.parse(stdout);
    expectToFit(found, "differential-report");
    expect(found.disagreements).toHaveLength(1);
    const [{ op, input, a, b, right }] = found.disagreements;
    expect(op).toBe("canonicalize");
    expect(Object.keys(input.params)).toHaveLength(2);
    expect(right).toBe(a);
    expect(b).toBe(a.replace(/=(?=.)/, "=&"));
    expect(code).toBe(1);
  });
});
