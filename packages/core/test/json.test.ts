import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { integerOf, type JsonNode, member, parseJson, stringOf } from "../src/index.js";

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]));
    case "array":
      return node.items.map(plain);
    case "string":
      return node.value;
    case "number":
      return Number(node.lexeme);
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
  }
}

const parsed = (text: string): JsonNode => {
  const found = parseJson(text);
  if (!found.ok) throw new Error(found.rejection.detail);
  return found.value;
};

describe("JSON with lexemes", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false } as never),
        fc.integer({ min: 0, max: 2 }),
        (value, indent) => {
          const text = JSON.stringify(value, null, indent);
          expect(plain(parsed(text))).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it("refuses what JSON.parse refuses", () => {
    const edits = fc.tuple(
      fc.jsonValue(),
      fc.nat(200),
      fc.constantFrom("", "{", "]", ",", '"', "\\", "0", "e", "\u0001", "'"),
    );
    fc.assert(
      fc.property(edits, ([value, at, insert]) => {
        const text = JSON.stringify(value);
        const cut = text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + 1);
        let native = true;
        try {
          JSON.parse(cut);
        } catch {
          native = false;
        }
        const ours = parseJson(cut);
        if (!ours.ok && ours.rejection.code === "duplicate_member") return;
        expect(ours.ok, cut).toBe(native);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["2000", "2000.0", "12345678901234567890", "1e3", "-0", "1E+2", "0.10"])(
    "SIG-012 keeps the lexeme %s",
    (lexeme) => {
      expect(parsed(lexeme)).toMatchObject({ kind: "number", lexeme });
    },
  );

  it("RSP-007 an integer is one only in plain decimal and in the safe range", () => {
    expect(integerOf(parsed("-6"))).toBe(-6);
    for (const text of ["0.0", "1e0", '"0"', "9007199254740993", "null", "true"])
      expect(integerOf(parsed(text))).toBeUndefined();
  });

  it.each([
    ['{"a":1,"a":2}', "duplicate_member", 7],
    ['{"a":{"b":1,"b":1}}', "duplicate_member", 12],
    ['{"\\u0061":1,"a":2}', "duplicate_member", 12],
    ["", "json_empty", 0],
    ['{"a":', "json_truncated", 5],
    ['{"a":"b', "json_truncated", 7],
    ["\ufeff{}", "json_bom", 0],
    ["{'a':1}", "json_syntax", 1],
    ["01", "json_syntax", 1],
    ["NaN", "json_syntax", 0],
    [`${"[".repeat(200)}`, "json_too_deep", 129],
  ])("SEC-005 RSP-007 %s is rejected as %s at %i", (text, code, at) => {
    expect(parseJson(text)).toMatchObject({ ok: false, rejection: { code, at } });
  });

  it("says line and column", () => {
    const found = parseJson('{\n  "a": x\n}');
    expect(found.ok ? "" : found.rejection.detail).toBe('Expected a value, found "x" (line 2, column 8).');
  });

  it("SEC-005 __proto__ and constructor are names like any other", () => {
    const node = parsed('{"__proto__":"p","constructor":"c"}');
    expect(stringOf(member(node, "__proto__"))).toBe("p");
    expect(stringOf(member(node, "constructor"))).toBe("c");
    expect(member(node, "toString")).toBeUndefined();
  });
});
