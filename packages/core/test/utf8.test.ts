import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8, encodeUtf8, loneSurrogateAt, UsageError } from "../src/index.js";

describe("UTF-8", () => {
  it("SIG-006 encodes as the platform does, and decodes back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(loneSurrogateAt(text) < 0);
        expect(Buffer.from(encodeUtf8(text))).toEqual(Buffer.from(text, "utf8"));
        expect(decodeUtf8(encodeUtf8(text))).toEqual({ ok: true, value: text });
      }),
    );
  });

  it("SIG-006 half a surrogate pair has no UTF-8", () => {
    for (const [text, at] of [
      ["\ud83d", 0],
      ["a\ude00", 1],
      ["\ud83d\ud83d\ude00", 0],
      ["😀\ude00", 2],
    ] as const) {
      expect(loneSurrogateAt(text)).toBe(at);
      expect(() => encodeUtf8(text)).toThrow(UsageError);
    }
  });

  it.each([
    ["c080", 0, "overlong NUL"],
    ["61e08080", 1, "overlong three bytes"],
    ["eda080", 0, "a surrogate"],
    ["f5808080", 0, "above U+10FFFF"],
    ["f4908080", 0, "just above U+10FFFF"],
    ["61c3", 1, "cut short"],
    ["6180", 1, "a stray continuation"],
    ["e0a0", 0, "two of three bytes"],
  ])("SIG-006 rejects %s at byte %i: %s", (hex, at) => {
    const found = decodeUtf8(Buffer.from(hex, "hex"));
    expect(found).toMatchObject({ ok: false, rejection: { code: "bad_utf8", at } });
  });

  it("keeps a byte order mark as a character", () => {
    expect(decodeUtf8(Buffer.from("efbbbf61", "hex"))).toEqual({ ok: true, value: "\ufeffa" });
  });
});
