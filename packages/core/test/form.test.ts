import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeForm, encodeForm, loneSurrogateAt } from "../src/index.js";

describe("form bodies", () => {
  const text = fc.string({ unit: "binary" }).filter((made) => loneSurrogateAt(made) < 0);

  it("REQ-006 decode to exactly what was encoded", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name }), (entries) => {
        const params = new Map(entries.filter(([name]) => name !== ""));
        expect(decodeForm(encodeForm(params))).toEqual({ ok: true, value: params });
      }),
    );
  });

  it("REQ-006 are written as the URL standard writes them", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(encodeForm(new Map([["a", value]]))).toBe(new URLSearchParams({ a: value }).toString());
      }),
    );
  });

  it("REQ-006 each ASCII character is written as the URL standard writes it", () => {
    const ascii = String.fromCharCode(...Array.from({ length: 129 }, (_, code) => code));
    for (const value of [...ascii, ascii])
      expect(encodeForm(new Map([["a", value]]))).toBe(new URLSearchParams({ a: value }).toString());
    expect(decodeForm("")).toEqual({ ok: true, value: new Map() });
  });

  it.each([
    ["a&b=1", "REQ-002", "Expected name=value at byte 0, found no =."],
    ["a=1&=1", "REQ-002", "Expected a name before the = at byte 4."],
    ["a=1&a=2", "REQ-003", 'The field "a" comes a second time at byte 4.'],
    ["a=%c3%a9%ff", "SIG-006", "The bytes that the field decodes to are no UTF-8, from byte 8 on."],
  ])("%s: %s %s", (body, requirement, detail) => {
    expect(decodeForm(body)).toMatchObject({ ok: false, rejection: { requirement, detail } });
  });

  it.each([
    ["a=1&a=2", "form_duplicate", 4],
    ["a=%2", "form_bad_escape", 2],
    ["a=%zz", "form_bad_escape", 2],
    ["a=1&b=%", "form_bad_escape", 6],
    ["a=%ff", "form_bad_utf8", 2],
    ["a=x%c3", "form_bad_utf8", 3],
    ["a=%c0%80", "form_bad_utf8", 2],
    ["=1", "form_empty_name", 0],
    ["a", "form_no_equals", 0],
    ["a=1&b&c=2", "form_no_equals", 4],
  ])("REQ-003 REQ-006 %s is rejected as %s at byte %i", (body, code, at) => {
    expect(decodeForm(body)).toMatchObject({ ok: false, rejection: { code, at } });
  });

  it("empty stretches between ampersands are no fields", () => {
    expect(decodeForm("&a=1&&b=&")).toEqual({
      ok: true,
      value: new Map([
        ["a", "1"],
        ["b", ""],
      ]),
    });
  });
});
