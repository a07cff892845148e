import { REQUIREMENTS } from "@ksherproof/spec";
import { describe, expect, it } from "vitest";
import { CHECKS } from "../src/checks/all.js";
import { nearest, selectable, wrongSelection } from "../src/selection.js";

const line = (id: string) => selectable().find((one) => one.id === id);

describe("what check --list tells", () => {
  it("each requirement that some check shows, once, in the specs' order, with all of these checks", () => {
    const shown = new Set(CHECKS.flatMap(({ requirements }) => requirements));
    expect(selectable().map(({ id }) => id)).toEqual(Object.keys(REQUIREMENTS).filter((id) => shown.has(id)));
    for (const { id, text, level, basis, checks } of selectable()) {
      expect({ text, level, basis }).toEqual({
        text: REQUIREMENTS[id]?.text,
        level: REQUIREMENTS[id]?.level,
        basis: REQUIREMENTS[id]?.basis,
      });
      for (const check of CHECKS)
        expect(checks.includes(check.id), `${check.id} and ${id}`).toBe(check.requirements.includes(id));
    }
  });

  it("the lowest level that asks for it: hardening is never mixed into the documented verdict", () => {
    expect(line("SIG-001")).toMatchObject({ level: "must", basis: "stated", asked_at: "must" });
    expect(line("REQ-005")).toMatchObject({ level: "should", basis: "stated", asked_at: "should" });
    expect(line("QRY-006")).toMatchObject({ level: "must", basis: "hardening", asked_at: "hardening" });
    expect(line("REQ-009")).toMatchObject({ level: "should", basis: "hardening", asked_at: "hardening" });
    for (const { level, basis, asked_at } of selectable())
      expect(asked_at).toBe(basis === "hardening" ? "hardening" : level);
  });
});

describe("a word of --only", () => {
  it.each(["CXL-007", "CXL", "SEC"])("%s names something that clients are held to", (word) => {
    expect(wrongSelection(word)).toBeNull();
  });

  it.each([
    ["CXL-07", "There is no requirement CXL-07; did you mean CXL-007?"],
    ["cxl-007", "There is no requirement cxl-007; did you mean CXL-007?"],
    ["WHKS", "There is no requirement WHKS; did you mean WHK?"],
    ["CX", "There is no requirement CX; did you mean CXL?"],
    ["CXL-", "There is no requirement CXL-; did you mean CXL?"],
    ["webhook", "There is no requirement webhook."],
    ["CXL-006", "No client is held to CXL-006: it is the gateway's (see check --gateway)."],
    ["SEC-006", "No client is held to SEC-006: no check judges it."],
  ])("%s: what is wrong with it, and what was meant", (word, says) => {
    expect(wrongSelection(word)).toBe(says);
  });
});

describe("the word that was likely meant", () => {
  it.each([
    ["hardning", "hardening"],
    ["musst", "must"],
    ["mast", "must"],
    ["ust", "must"],
    ["shuold", "should"],
    ["s", null],
    ["banana", null],
    ["", null],
  ])("%s: %s", (word, meant) => {
    expect(nearest(word, ["must", "should", "hardening"])).toBe(meant);
  });

  it("is the nearest of several, and the first of two that are as near", () => {
    expect(nearest("codes", ["modes", "code", "codes"])).toBe("codes");
    expect(nearest("abcdef", ["abcxyf", "abcdxf", "abcdef1"])).toBe("abcdxf");
  });
});
