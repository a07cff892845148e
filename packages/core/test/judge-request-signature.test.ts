import { describe, expect, it } from "vitest";
import { brokenBy, canonicalText, type Explanation } from "../src/index.js";
import { newKey, signWith } from "./explain/planted.js";
import { judged, merchant, RIGHT, saying } from "./judged.js";

const right = (changes: Readonly<Record<string, string>> = {}): string =>
  signWith(merchant.privateKey, canonicalText(new Map(Object.entries({ ...RIGHT, ...changes }))));

describe("the signature of a request", () => {
  it("SIG-005 SIG-004 REQ-006 are shown only by values that can show them", () => {
    const ids = (changes: Readonly<Record<string, string>>) =>
      judged(changes)
        .filter(({ requirement, holds }) => holds && ["SIG-004", "SIG-005", "REQ-006"].includes(requirement))
        .map(({ requirement }) => requirement);
    expect(ids({})).toEqual([]);
    expect(ids({ attach: "" })).toEqual(["SIG-005"]);
    expect(ids({ attach: "a b" })).toEqual(["SIG-004", "REQ-006"]);
  });

  it("SIG-008 upper-case hex", () => {
    expect(saying(judged({}, { sign: right().toUpperCase() }), false)).toEqual([
      "SIG-008 Expected lower-case hex, found upper-case digits.",
    ]);
  });

  it("nothing is said of a signature that is missing, or whose merchant nobody knows", () => {
    for (const seen of [judged({}, { sign: "" }), judged({ appid: "mch1" })])
      expect(seen.filter(({ requirement }) => requirement.startsWith("SIG"))).toEqual([]);
  });

  it("REQ-010 REQ-006 values other than the ones that were given, signed as they were sent", () => {
    const intended = { mch_order_no: "007", attach: "x", total_fee: "1" };
    const seen = judged({ mch_order_no: "7", attach: "x" }, {}, { intended });
    expect(saying(seen, false)).toEqual(['REQ-010 Expected mch_order_no "007", found "7".']);
    expect(saying(seen, true)).toContain("REQ-006 attach was sent as it was given.");
    const other = judged({ mch_order_no: "007", attach: "y" }, {}, { intended });
    expect(saying(other, true)).toContain("REQ-010 mch_order_no was sent as it was given.");
    expect(saying(other, false)).toEqual(['REQ-006 Expected attach "x", found "y".']);
  });

  it("REQ-006 a value that was signed as it was given and is another once the form is decoded", () => {
    const intended = { attach: "a+b" };
    const seen = judged({ attach: "a b" }, { sign: right({ attach: "a+b" }) }, { intended });
    expect(saying(seen, false)).toEqual([
      'REQ-006 attach was signed as "a+b", but the form decodes to "a b".',
    ]);
  });

  it("the doctor is asked about the params as they were meant, and its explanation is attached", () => {
    const asked: unknown[] = [];
    const explain = ((question: { params: ReadonlyMap<string, string> }) => {
      asked.push(question.params.get("attach"));
      return { verdict: "other_text", mistakes: [], summary: "Something else was signed." };
    }) as never;
    const wrong = { sign: right({ mch_order_no: "other" }) };
    const seen = judged({ attach: "a b" }, wrong, { explain, intended: { attach: "a+b" } });
    expect(saying(seen, false)).toEqual(["SIG-001 Something else was signed."]);
    expect(seen.at(-1)?.explanation?.summary).toBe("Something else was signed.");
    judged({ attach: "a b" }, wrong, { explain, intended: { attach: "a b" } });
    judged({ attach: "a b" }, wrong, { explain });
    expect(asked).toEqual(["a+b", "a b", "a b"]);
  });

  it("SIG-003 SIG-005 the doctor's mistake names the requirement, SIG-007 another key", () => {
    const joined = Object.entries(RIGHT).map((pair) => pair.join("=")).join("&"); // biome-ignore format: one step
    expect(saying(judged({}, { sign: signWith(merchant.privateKey, joined) }), false)).toEqual([
      "SIG-003 The right key signed another text: the signer joins the pairs with &.",
    ]);
    const other = signWith(newKey("other", 1024).privateKey, canonicalText(new Map(Object.entries(RIGHT))));
    expect(judged({}, { sign: other }).at(-1)).toMatchObject({ requirement: "SIG-007", holds: false });
  });

  it.each([
    ["bad_encoding", true, "SIG-008"],
    ["not_a_signature", true, "SIG-008"],
    ["bad_length", true, "SIG-009"],
    ["other_hash", true, "SIG-007"],
    ["wrong_key", true, "SIG-007"],
    ["wrong_key", false, "SIG-009"],
    ["other_text", true, "SIG-001"],
    ["valid", true, "SIG-001"],
  ] as const)("%s, length right: %s, breaks %s", (verdict, rightLength, requirement) => {
    const found = { verdict, mistakes: [] } as unknown as Explanation;
    expect(brokenBy(found, rightLength)).toBe(requirement);
    const named = { verdict, mistakes: [{ requirement: "SIG-002" }] } as unknown as Explanation;
    expect(brokenBy(named, rightLength)).toBe("SIG-002");
  });
});
