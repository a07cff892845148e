import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText, explain, loneSurrogateAt } from "../../src/index.js";
import { newKey, signWith } from "./planted.js";

const text = fc.string({ unit: "binary", maxLength: 12 }).filter((made) => loneSurrogateAt(made) < 0);
const params = fc
  .uniqueArray(
    fc.tuple(
      text.filter((name) => name !== "" && name !== "sign"),
      text,
    ),
    {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((entries) => new Map(entries));
const sizes = [512, 1024, 2048] as const;
const owners = sizes.map((bits) => newKey(`owner-${bits}`, bits));
const strangers = sizes.map((bits) => newKey(`stranger-${bits}`, bits));
const size = fc.nat(2);
const at = <T>(list: readonly T[], index: number): T => list[index] ?? expect.unreachable();
const md5 = (bytes: string): string => createHash("md5").update(bytes).digest("hex");

describe("explain attributes nothing falsely, over any Unicode and three sizes of key", () => {
  it("a right signature is valid, whatever the params", () => {
    fc.assert(
      fc.property(params, size, (made, i) => {
        const { named, privateKey } = at(owners, i);
        const signature = signWith(privateKey, canonicalText(made));
        expect(explain({ params: made, signature, key: named }).verdict).toBe("valid");
      }),
      { numRuns: 60 },
    );
  });

  it("another key of the same size is wrong_key, whatever it signed; of another size bad_length", () => {
    fc.assert(
      fc.property(params, size, size, fc.boolean(), (made, i, j, right) => {
        const signature = signWith(at(strangers, j).privateKey, right ? canonicalText(made) : "a&b");
        const found = explain({ params: made, signature, key: at(owners, i).named });
        expect(found.verdict).toBe(i === j ? "wrong_key" : "bad_length");
        expect(found.mistakes).toEqual([]);
        expect(found.madeBy).toBe(null);
      }),
      { numRuns: 60 },
    );
  });

  it("a text that no mistake makes gets no name; a named one is the text whose digest was signed", () => {
    fc.assert(
      fc.property(params, text, size, (made, other, i) => {
        const { named, privateKey } = at(owners, i);
        const signed = `${other}\u0001unheard of`;
        const found = explain({ params: made, signature: signWith(privateKey, signed), key: named });
        expect(found).toMatchObject({ verdict: "other_text", mistakes: [], signedText: null });
        const joined = [...made].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        const mistaken = joined.map((pair) => pair.join("=")).join("&");
        if (mistaken === canonicalText(made)) return;
        const again = explain({ params: made, signature: signWith(privateKey, mistaken), key: named });
        expect(again.verdict).toBe("other_text");
        expect(again.mistakes).toHaveLength(1);
        expect(md5(again.signedText ?? "")).toBe(again.steps.recoveredDigest);
      }),
      { numRuns: 15 },
    );
  });
});
