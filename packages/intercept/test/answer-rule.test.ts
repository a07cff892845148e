import { describe, expect, it } from "vitest";
import { ruleWords } from "../src/answer-rule.js";
import { answerLines, readAnswerRule } from "../src/index.js";

describe("a scripted answer", () => {
  it.each([
    ["query:PENDING", "result PENDING"],
    ["query:edit_data/fresh", "data changed and signed again: here a result that is not documented"],
    ["cancel:7", "code 7, which is not documented"],
    ["cancel:-6", "code -6"],
  ])("%s is told as it is: %s", (text, words) => {
    expect(ruleWords(readAnswerRule(text))).toBe(words);
  });

  it("every fault is told in the words of its own line", () => {
    const faults = answerLines().filter(([what]) => what.includes("/"));
    expect(faults.length).toBeGreaterThan(70);
    for (const [what, means] of faults)
      expect([what, ruleWords(readAnswerRule(`query:${what}`))]).toEqual([what, means]);
  });

  it.each(["PENDING", "signature/missing", "edit_data/value", "extra_members/data"])(
    "cancel:%s is refused: the answer of a cancel has no signed data",
    (what) => {
      expect(() => readAnswerRule(`cancel:${what}`)).toThrow(/has none: nothing would be changed/);
      expect(readAnswerRule(`any:${what}`).faults).toHaveLength(1);
    },
  );

  it("calls are counted from 1", () => {
    expect(readAnswerRule("cancel:-6@1").nth).toBe(1);
    expect(() => readAnswerRule("cancel:-6@0")).toThrow(/counted from 1/);
  });

  it("code 0 is the answer of a cancel alone", () => {
    expect(readAnswerRule("cancel:0").code).toBe(0);
    expect(() => readAnswerRule("query:0")).toThrow(/that of a cancel/);
  });
});
