import { describe, expect, it } from "vitest";
import { failureLines, PLAIN, visible } from "../../src/report/story.js";
import { failure } from "./plain.js";

const bare = { ...failure, story: [], expected: null, got: null, canonical: null, diagnosis: null, wire: [] };
const [sent] = failure.wire;

describe("what a failure looks like", () => {
  it("the doctor is not heard twice: where the detail is what it says, its line is left out", () => {
    const said = { ...bare, diagnosis: failure.diagnosis };
    expect(failureLines(said, PLAIN)).toEqual(["  doctor    The pairs were joined with &."]);
    expect(failureLines({ ...said, detail: "The pairs were joined with &." }, PLAIN)).toEqual([]);
  });

  it("the last six exchanges are shown, and how one ended that did not end well", () => {
    const wire = Array.from({ length: 8 }, (_, i) => ({
      ...sent!,
      at_ms: i,
      ending: i === 7 ? "reset" : "complete",
    }));
    const lines = failureLines({ ...bare, wire }, PLAIN);
    expect(lines).toHaveLength(12);
    expect(lines[0]).toBe("       +2 ms  POST /cancel_order  appid=mch1");
    expect(lines.slice(-3)).toEqual([
      '              -> HTTP 200 {"code":-4}',
      "       +7 ms  POST /cancel_order  appid=mch1",
      '              -> HTTP 200 {"code":-4} (reset)',
    ]);
  });

  it("a text and a difference are cut where they are endless, and a signature is cut to its beginning", () => {
    const long = "x ".repeat(700);
    const [got, right] = failureLines({ ...bare, got: long, canonical: { right: long, other: long } }, PLAIN);
    expect(got).toBe(`  got       ${long.slice(0, 1200)} ...`);
    expect(right).toBe(`  + right   ${long.slice(0, 1200)} ...`);
    const hex = (digits: number): string =>
      failureLines({ ...bare, got: "a1".repeat(digits / 2) }, PLAIN)[0]?.trim() ?? "";
    expect([hex(62), hex(64)]).toEqual([
      `got       ${"a1".repeat(31)}`,
      "got       a1a1a1a1...(64 hex digits)",
    ]);
    const whole = "y".repeat(1200);
    expect(failureLines({ ...bare, got: whole }, PLAIN)).toEqual([`  got       ${whole}`]);
  });

  it("both sides of a difference are marked, each with what the other has not", () => {
    const canonical = { right: "a=1b=2", other: "a=1&b=" };
    expect(failureLines({ ...bare, canonical }, PLAIN)).toEqual([
      "  + right   a=1b={+2+}",
      "  - client  a=1[-&-]b=",
    ]);
  });
});

describe("text that a terminal might obey, or not show", () => {
  it.each([
    ["\u0000\t\n\u001b[31m", "\u2400\u2409\u240a\u241b[31m"],
    ["a b\u007f", "a b\u2421"],
    ["\u009b31m", "<U+009B>31m"],
    ["a\u200bb\u202ec\u2066d\ufeff", "a<U+200B>b<U+202E>c<U+2066>d<U+FEFF>"],
    ["\ud83d \ude00", "<U+D83D> <U+DE00>"],
    ["\u{1f600} กขค é", "\u{1f600} กขค é"],
  ])("%j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
