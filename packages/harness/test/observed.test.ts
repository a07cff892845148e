import type { Explanation } from "@ksherproof/core";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../src/evidence.js";
import { underProfile } from "../src/observed.js";

const failed = (requirement: string, more: Partial<Evidence> = {}): Evidence => ({
  requirement,
  check: "wire",
  verdict: "fail",
  detail: "It is another one.",
  story: [],
  exchanges: [],
  ...more,
});
const mistaken = (...ids: readonly string[]) =>
  ({ explanation: { mistakes: ids.map((id) => ({ id })) } as unknown as Explanation }) as const;
const observed = (one: Evidence) => underProfile([one], "observed")[0];

describe("what the gateway was seen to take", () => {
  it.each([
    ["a language of another form", failed("REQ-005")],
    ["a time stamp of another form", failed("REQ-007")],
    ["pairs that are ordered as a whole", failed("SIG-002", mistaken("sorted_by_pair"))],
    ["a signature in capitals", failed("SIG-008", { detail: "Expected hex, found upper-case digits." })],
  ])("%s counts as held under the observed profile, and it is said why", (_, one) => {
    expect(observed(one)).toEqual({
      ...one,
      verdict: "pass",
      detail: `Tolerated as observed: ${one.detail}`,
    });
    expect(underProfile([one], "documented")).toEqual([one]);
  });

  it.each([
    ["names in another order", failed("SIG-002", mistaken("sorted_by_locale"))],
    ["pairs ordered as a whole and something else", failed("SIG-002", mistaken("sorted_by_pair", "trimmed"))],
    ["an order that nobody can explain", failed("SIG-002")],
    ["a signature in base64", failed("SIG-008", { detail: "Expected hex, found base64." })],
    ["anything else", failed("SIG-001", mistaken("sorted_by_pair"))],
    ["what only follows from another failure", failed("REQ-007", { verdict: "caused", cause: "REQ-003" })],
  ])("%s does not", (_, one) => {
    expect(observed(one)).toEqual(one);
  });
});
