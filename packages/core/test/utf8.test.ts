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

  it.each([
    0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd000, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x3ffff,
    0x40000, 0xfffff, 0x100000, 0x10ffff,
  ])("SIG-006 U+%i is read whole, and each of its bytes must be right", (point) => {
    const good = Buffer.from(String.fromCodePoint(point));
    const badAt = (bytes: Uint8Array): unknown => {
      const found = decodeUtf8(bytes);
      return found.ok ? null : found.rejection.at;
    };
    expect(badAt(good)).toBeNull();
    expect(badAt(Buffer.concat([good, Buffer.of(0xff)]))).toBe(good.length);
    for (let length = 1; length < good.length; length += 1)
      expect(badAt(Buffer.concat([Buffer.from("a"), good.subarray(0, length)]))).toBe(1);
    for (let at = 1; at < good.length; at += 1) {
      for (const byte of [0x7f, 0xc0]) {
        const bad = Buffer.from(good);
        bad[at] = byte;
        expect(badAt(bad), `${bad.toString("hex")}`).toBe(0);
      }
    }
  });

  it.each(["c1bf", "e09fbf", "eda080", "edbfbf", "f08fbfbf", "f4908080", "f5808080"])(
    "SIG-006 %s is just outside of what UTF-8 has, and is told where it begins",
    (hex) => {
      const found = decodeUtf8(Buffer.from(`61${hex}`, "hex"));
      expect(found).toMatchObject({ ok: false, rejection: { code: "bad_utf8", at: 1 } });
      expect(found.ok || found.rejection.detail).toBe(
        `Expected UTF-8, found 0x${hex.slice(0, 2)} at byte 1.`,
      );
    },
  );

  it("keeps a byte order mark as a character", () => {
    expect(decodeUtf8(Buffer.from("efbbbf61", "hex"))).toEqual({ ok: true, value: "\ufeffa" });
  });
});
