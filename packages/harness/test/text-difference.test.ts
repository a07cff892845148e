import { describe, expect, it } from "vitest";
import { breachOf } from "../src/text-difference.js";

const PAIRS = [
  ["amount", "20"],
  ["appid", "mch1"],
  ["attach", ""],
  ["name", "ชำระ & é"],
] as const;

describe("what a wrong text breaks is told from its difference to the right one", () => {
  it.each([
    ["the pairs in another order", "appid=mch1amount=20attach=name=ชำระ & é", "SIG-002"],
    ["something between the pairs", "amount=20|appid=mch1|attach=|name=ชำระ & é", "SIG-003"],
    ["a line end behind them", "amount=20appid=mch1attach=name=ชำระ & é\n", "SIG-003"],
    ["an empty pair left out", "amount=20appid=mch1name=ชำระ & é", "SIG-005"],
    ["an empty pair without its =", "amount=20appid=mch1attachname=ชำระ & é", "SIG-005"],
    ["an empty value filled", "amount=20appid=mch1attach=nullname=ชำระ & é", "SIG-005"],
    ["a pair left out", "appid=mch1attach=name=ชำระ & é", "SIG-001"],
    ["a secret behind them", "amount=20appid=mch1attach=name=ชำระ & ékey=secret", "SIG-001"],
    ["an ASCII letter changed", "amount=20appid=mch1attach=name=ชำระ &amp; é", "SIG-004"],
    ["a value in another case", "amount=20appid=MCH1attach=name=ชำระ & é", "SIG-004"],
    ["a letter taken out among others that stay", "amount=20appid=mch1attach=name=ชำระ & ", "SIG-004"],
    ["a letter spelt in ASCII among others that stay", "amount=20appid=mch1attach=name=ชำระ & e", "SIG-004"],
    ["a letter lost among others that stay", "amount=20appid=mch1attach=name=ชำระ & ?", "SIG-006"],
    ["letters beyond ASCII replaced", "amount=20appid=mch1attach=name=???? & ?", "SIG-006"],
    ["letters beyond ASCII escaped", "amount=20appid=mch1attach=name=\\u0e0a & \\xe9", "SIG-006"],
    ["all letters beyond ASCII dropped", "amount=20appid=mch1attach=name= & ", "SIG-006"],
    ["nothing in common", "7f3a", null],
  ])("%s", (_, other, requirement) => {
    expect(breachOf(PAIRS, other)).toBe(requirement);
  });
});
