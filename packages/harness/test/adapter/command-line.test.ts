import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { splitCommandLine } from "../../src/adapter/command-line.js";
import { quoted } from "../../src/adapter/quoting.js";

const WORDS = [
  "plain",
  "two words",
  "it's",
  'say "x"',
  "a\\b",
  "$HOME `id` !x",
  "",
  "ก😀",
  "-n",
  "*",
  "a\nb",
];

describe("the adapter's command line", () => {
  it.each([
    ["node a.mjs --x=1", ["node", "a.mjs", "--x=1"]],
    ["  python3   'my adapter.py'  ", ["python3", "my adapter.py"]],
    ['x "a \\"b\\"" c\\ d', ["x", 'a "b"', "c d"]],
    ["C:\\tools\\java.exe -jar a.jar", ["C:\\tools\\java.exe", "-jar", "a.jar"]],
    ["x '' y", ["x", "", "y"]],
  ])("%s", (line, words) => {
    expect(splitCommandLine(line)).toEqual(words);
  });

  it.each(["'open", 'x "open', "", "   "])("%j is no command line", (line) => {
    expect(() => splitCommandLine(line)).toThrow(expect.objectContaining({ name: "UsageError" }));
  });

  it.each(WORDS)("%j survives a POSIX shell", (word) => {
    const found = spawnSync("sh", ["-c", `printf %s ${quoted(word)}`], { encoding: "utf8" });
    expect(found.stdout).toBe(word);
  });

  it.each(WORDS.filter((word) => !word.includes("\n")))("%j survives our own splitting", (word) => {
    expect(splitCommandLine(`x ${quoted(word)}`)).toEqual(["x", word]);
  });
});
