import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText, compareBytes, loneSurrogateAt, signedPairs } from "../src/index.js";

const params = (entries: readonly (readonly [string, string])[]) => new Map(entries);

describe("the canonical text", () => {
  it("SIG-001 leaves out sign and nothing else", () => {
    expect(
      canonicalText(
        params([
          ["sign", "x"],
          ["Sign", "y"],
          ["sign_type", "z"],
        ]),
      ),
    ).toBe("Sign=ysign_type=z");
  });

  it("SIG-002 orders names by byte: U+FFFD before U+1F600, upper case before lower, a before a1", () => {
    const text = canonicalText(
      params([
        ["😀", "4"],
        ["\ufffd", "3"],
        ["a1", "2"],
        ["a", "1"],
        ["Z", "0"],
        ["_", "u"],
      ]),
    );
    expect(text).toBe("Z=0_=ua=1a1=2\ufffd=3😀=4");
  });

  it("SIG-002 orders as the UTF-8 bytes are ordered, for any two texts", () => {
    const text = fc.string({ unit: "binary" }).filter((made) => loneSurrogateAt(made) < 0);
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });

  it("SIG-003 SIG-004 SIG-005 joins with nothing, values as they are, empty ones too", () => {
    expect(
      canonicalText(
        params([
          ["b", " a&b=%20+é\r\n"],
          ["a", ""],
        ]),
      ),
    ).toBe("a=b= a&b=%20+é\r\n");
    expect(
      signedPairs(
        params([
          ["b", "1"],
          ["a", ""],
        ]),
      ),
    ).toEqual([
      ["a", ""],
      ["b", "1"],
    ]);
  });
});
