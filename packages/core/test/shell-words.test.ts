import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fromCommandPrompt, shellWords } from "../src/shell-words.js";

/** Command lines without expansions, which a real shell and ours must split alike. */
const LINES = [
  "curl -d a=1 http://x",
  "  curl\t-d  'a b'  ",
  'curl -d "a=\\"1\\" \\\\ \\$x \\` \\n"',
  String.raw`curl -d a\ b\'c\\ d`,
  "curl 'a'\"b\"c''",
  "curl -d 'a\\' b",
  "curl \\\n  -d 'x'",
  'curl "a\\\nb"',
  'curl "a\\\\\nb"',
  String.raw`curl $'a\n\t\'\"\\ \x41\101 \u0e01\U1f600 \q \xe0\xb8\x81'`,
  "curl $'a\\'b'c",
  'curl "" \'\' -d ""',
  "curl -d 'ก😀'",
];

describe("a command line from somebody's terminal", () => {
  const bash = spawnSync("bash", ["-c", "true"]).status === 0;

  it.skipIf(!bash)("is split as bash splits it (skipped where there is no bash)", () => {
    const script = LINES.map((line) => `printf '%s\\0' ${line.trim()}\nprintf '\\1'`).join("\n");
    const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8", env: { LC_ALL: "C.UTF-8" } });
    const expected = stdout.split("\x01").slice(0, -1);
    expect(expected).toHaveLength(LINES.length);
    for (const [i, line] of LINES.entries())
      expect([line, shellWords(line)]).toEqual([
        line,
        { ok: true, value: expected[i]?.split("\0").slice(0, -1) },
      ]);
  });

  it.each([
    ["curl 'a", 5],
    ['curl "a\\"', 5],
    ["curl $'a\\'", 5],
  ])("%s has a quote that is never closed, and says where it opens", (line, at) => {
    const detail = `The quote that opens at character ${at + 1} is never closed.`;
    expect(shellWords(line)).toEqual({
      ok: false,
      rejection: { code: "curl_quote", requirement: null, detail, at },
    });
  });

  it("bytes that are no UTF-8, and code points that are none, stay visible", () => {
    expect(shellWords(String.raw`$'a\xffb\ud800c\U110000'`)).toEqual({
      ok: true,
      value: ["a\uFFFDb\uFFFDc\uFFFD"],
    });
  });

  it("as the Windows command prompt writes it, is one for a POSIX shell", () => {
    const line = 'curl ^"http://x/^%20^" ^\r\n  -H ^"a: b^" ^\n --data-raw ^"a=^\\^"1^\\^"^"';
    expect(fromCommandPrompt(line)).toBe('curl "http://x/%20" -H "a: b" --data-raw "a=\\"1\\""');
    expect(fromCommandPrompt("curl 'a^b'")).toBe("curl 'a^b'");
  });
});
