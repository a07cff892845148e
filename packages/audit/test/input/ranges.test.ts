import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LineCutter, LONGEST_LINE, Shelf } from "../../src/input/lines.js";
import { LEAST_RANGE, lineRanges, RANGE, type Range } from "../../src/input/ranges.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-ranges-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cut(bytes: Buffer, from = 0, to = bytes.length): readonly Range[] {
  const file = join(folder, "log");
  writeFileSync(file, bytes);
  const descriptor = openSync(file, "r");
  try {
    return [...lineRanges(descriptor, from, to)];
  } finally {
    closeSync(descriptor);
  }
}

const line = (length: number): Buffer => Buffer.concat([Buffer.alloc(length, 0x61), Buffer.from("\n")]);

/** What a stream of the same bytes is cut into, in pieces of some size: the lines that are too long, with their places. */
function tooLongOfStream(bytes: Buffer, size: number) {
  const cutter = new LineCutter(new Shelf());
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...cutter.push(bytes.subarray(at, at + size)));
  pieces.push(...cutter.end());
  return pieces.flatMap((piece) =>
    piece.kind === "too_long" ? [{ offset: piece.offset, length: piece.length }] : [],
  );
}

describe("cutting a plain file", () => {
  it("gives whole lines, each once, in ranges of about a chunk", () => {
    const lines = Array.from({ length: 4000 }, (_, i) => line((i * 7919) % 1500));
    const bytes = Buffer.concat([...lines, Buffer.from("no newline at the end")]);
    const ranges = cut(bytes);
    let at = 0;
    for (const range of ranges) {
      if (range.kind !== "lines") throw new Error("no line is too long");
      expect(range.start).toBe(at);
      expect(range.end - range.start).toBeLessThanOrEqual(RANGE);
      at = range.end;
      if (at < bytes.length) expect(bytes[at - 1]).toBe(10);
    }
    expect(at).toBe(bytes.length);
    expect(ranges.length).toBe(Math.ceil(bytes.length / LEAST_RANGE));
  });

  it("SEC-004 tells a line that is too long with its place and length, to the byte, as a stream of the same bytes does", () => {
    const bytes = Buffer.concat([line(5), line(LONGEST_LINE), line(LONGEST_LINE + 1), line(3), Buffer.alloc(LONGEST_LINE + 2, 0x62)]); // biome-ignore format: a list
    const third = 6 + LONGEST_LINE + 1;
    const last = third + LONGEST_LINE + 2 + 4;
    const expected = [
      { offset: third, length: LONGEST_LINE + 1 },
      { offset: last, length: LONGEST_LINE + 2 },
    ];
    const found = cut(bytes).flatMap((range) =>
      range.kind === "too_long" ? [{ offset: range.offset, length: range.length }] : [],
    );
    expect(found).toEqual(expected);
    for (const size of [1 << 16, 1 << 19, 999_983]) expect(tooLongOfStream(bytes, size)).toEqual(expected);
    const covered = cut(bytes).reduce((sum, range) => sum + (range.kind === "lines" ? range.end - range.start : range.length), 0); // biome-ignore format: a sum
    expect(covered).toBe(readFileSync(join(folder, "log")).length - 1);
  });
});
