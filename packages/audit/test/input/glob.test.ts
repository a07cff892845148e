import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesOf } from "../../src/input/glob.js";

describe("the files that globs name", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ksherproof-glob-"));
    for (const name of ["2025", "2026", "2026/11"]) mkdirSync(join(folder, name));
    for (const name of ["a.jsonl", "2025/b.jsonl", "2026/c.jsonl", "2026/11/d.jsonl", "2026/11/d.json"])
      writeFileSync(join(folder, name), "x");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["*.jsonl", ["a.jsonl"]],
    ["202?/*.jsonl", ["2025/b.jsonl", "2026/c.jsonl"]],
    ["**/*.jsonl", ["2025/b.jsonl", "2026/11/d.jsonl", "2026/c.jsonl", "a.jsonl"]],
    ["2026/**", ["2026/11/d.json", "2026/11/d.jsonl", "2026/c.jsonl"]],
    ["*/11/d.*", ["2026/11/d.json", "2026/11/d.jsonl"]],
  ])("%s", (glob, names) => {
    expect(filesOf([join(folder, glob)])).toEqual(names.map((name) => join(folder, name)));
  });

  it("a glob opens no folder that can't match", () => {
    expect(() => filesOf(["/no-such-file-*"])).toThrow("The glob /no-such-file-* matches no file.");
    expect(() => filesOf([join(folder, "none/*.jsonl")])).toThrow("matches no file");
  });
});
