import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts } from "../../src/index.js";

/** One side of a diff, put together again. */
const side = (parts: ReturnType<typeof diffTexts>, kind: "right" | "other"): string =>
  parts
    .filter((part) => part.kind === "same" || part.kind === kind)
    .map(({ text }) => text)
    .join("");

const shared = (parts: ReturnType<typeof diffTexts>): number =>
  parts.filter(({ kind }) => kind === "same").reduce((sum, { text }) => sum + [...text].length, 0);

/** The length of the longest common subsequence, by the table that every textbook has. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    b.forEach((other, i) => {
      next.push(one === other ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0));
    });
    row = next;
  }
  return row[b.length] ?? 0;
}

const texts = fc.array(fc.constantFrom("a", "b", "=", "ก", "😀"), { maxLength: 14 });

describe("the diff of two texts", () => {
  it("gives both texts back, and keeps as much in common as there is", () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const parts = diffTexts(a.join(""), b.join(""));
        expect(side(parts, "right")).toBe(a.join(""));
        expect(side(parts, "other")).toBe(b.join(""));
        expect(shared(parts)).toBe(longestCommon(a, b));
        expect(parts.every(({ text }) => text !== "")).toBe(true);
        expect(parts.every(({ kind }, i) => kind !== parts[i - 1]?.kind)).toBe(true);
      }),
    );
  });

  it("names what was added, left out and changed", () => {
    expect(diffTexts("a=1b=2", "a=1&b=2")).toEqual([
      { kind: "same", text: "a=1" },
      { kind: "other", text: "&" },
      { kind: "same", text: "b=2" },
    ]);
    expect(diffTexts("fee_type=THB", "fee_type=")).toEqual([
      { kind: "same", text: "fee_type=" },
      { kind: "right", text: "THB" },
    ]);
    expect(diffTexts("same", "same")).toEqual([{ kind: "same", text: "same" }]);
    expect(diffTexts("", "")).toEqual([]);
  });

  it("never cuts a character of two UTF-16 units", () => {
    expect(diffTexts("😀", "😁")).toEqual(
      expect.arrayContaining([
        { kind: "right", text: "😀" },
        { kind: "other", text: "😁" },
      ]),
    );
  });

  it("shows the middle of very long texts whole: at 4000 characters, and not before", () => {
    const left = "ab".repeat(1000);
    expect(diffTexts(`x${left}y`, `x${"ba".repeat(1000)}y`).length).toBeGreaterThan(4);
    expect(diffTexts(`x${left}ay`, `x${"bc".repeat(1000)}y`)).toEqual([
      { kind: "same", text: "x" },
      { kind: "right", text: `${left}a` },
      { kind: "other", text: "bc".repeat(1000) },
      { kind: "same", text: "y" },
    ]);
  });
});
