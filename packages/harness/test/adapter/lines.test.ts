import { describe, expect, it } from "vitest";
import { Lines } from "../../src/adapter/lines.js";

const push = (lines: Lines, text: string): readonly string[] | null => lines.push(Buffer.from(text));

describe("an adapter's stdout in lines", () => {
  it("a line may come in pieces, and several in one piece", () => {
    const lines = new Lines();
    expect(push(lines, "a")).toEqual([]);
    expect(push(lines, "b\ncd\n\ne")).toEqual(["ab", "cd", ""]);
    expect(lines.unfinished).toBe(1);
    expect(push(lines, "f\n")).toEqual(["ef"]);
    expect(lines.unfinished).toBe(0);
  });

  it("is cut between any two bytes of a character, and stays the same text", () => {
    const bytes = Buffer.from("ก😀\n");
    for (let at = 1; at < bytes.length; at += 1) {
      const lines = new Lines();
      expect(lines.push(bytes.subarray(0, at))).toEqual([]);
      expect(lines.unfinished).toBe(at);
      expect(lines.push(bytes.subarray(at))).toEqual(["ก😀"]);
    }
  });

  it("that never end are no lines: 32 MiB are let gather, and no byte more", () => {
    const lines = new Lines();
    const chunk = Buffer.alloc(16 << 20, "x");
    expect(lines.push(chunk)).toEqual([]);
    expect(lines.push(chunk)).toEqual([]);
    expect(push(lines, "x")).toBeNull();
  });
});
