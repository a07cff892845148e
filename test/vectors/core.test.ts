import {
  allVectors,
  checkManifest,
  checkVectorSchemas,
  type FoundVector,
  ofProfile,
  VECTOR_FILES,
} from "@ksherproof/vectors";
import { describe, expect, it } from "vitest";
import { judgeVector } from "../../packages/cli/src/vectors/judge.js";
import { RSA } from "../../packages/cli/src/vectors/rsa.js";

const all = allVectors();
const ours = ofProfile(all, "documented");

describe("the golden vectors", () => {
  it("are at least 300, of every file, with ids of their own", () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map(({ test }) => test.id)).size).toBe(all.length);
    for (const file of VECTOR_FILES) expect(all.some((one) => one.file === file)).toBe(true);
  });

  it("are what their schemas and their manifest say", async () => {
    expect(await checkVectorSchemas()).toEqual([]);
    expect(checkManifest().filter(({ matches }) => !matches)).toEqual([]);
  });

  it("are all binding for core but those of the profile that it does not follow", () => {
    const left = all.filter((one) => !ours.includes(one));
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ test }) => test.profile === "observed")).toBe(true);
  });
});

describe.each(Object.entries(RSA))(
  "core agrees with Python and openssl on every vector, with %s RSA",
  (_, rsa) => {
    it.each(VECTOR_FILES)("%s.json", (file) => {
      const wrong = ours
        .filter((vector) => vector.file === file)
        .map((vector) => [vector.test.id, judgeVector(vector, rsa)] as const)
        .filter(([, differences]) => differences.length > 0);
      expect(wrong).toEqual([]);
    });
  },
);

describe("no vector is unchecked: each is judged wrong once its answer is changed", () => {
  const changed = (vector: FoundVector): FoundVector => {
    const test = { ...vector.test } as Record<string, unknown>;
    if (vector.file === "outcome") test.outcome = "other";
    else test.result = test.result === "valid" ? "invalid" : "valid";
    return { ...vector, test } as unknown as FoundVector;
  };

  it.each(VECTOR_FILES)("%s.json", (file) => {
    const unchecked = ours.filter(
      (vector) => vector.file === file && judgeVector(changed(vector), RSA.node).length === 0,
    );
    expect(unchecked.map(({ test }) => test.id)).toEqual([]);
  });

  it("each value of it too", () => {
    const steps = [
      "pairs",
      "canonical",
      "canonical_utf8_hex",
      "digest",
      "digest_info",
      "encoded_message",
      "recovered",
      "at",
      "mistakes",
    ];
    const other = (value: unknown): unknown =>
      Array.isArray(value)
        ? [...value, ["x", "y"]]
        : typeof value === "number"
          ? value + 1
          : `${value ?? ""}00`;
    const unchecked = ours.flatMap((vector) => {
      const made = ["canonical", "form"].includes(vector.file) ? [...steps, "signature"] : steps;
      const held = [...made, ...(vector.file === "form" ? ["params"] : [])].filter((step) =>
        Object.hasOwn(vector.test, step),
      );
      const test = vector.test as unknown as Record<string, unknown>;
      const changes = Object.fromEntries(held.map((step) => [step, other(test[step])]));
      const found = judgeVector(
        { ...vector, test: { ...test, ...changes } } as unknown as FoundVector,
        RSA.node,
      );
      return held
        .filter((step) => !found.some(({ layer }) => layer === step))
        .map((step) => `${vector.test.id}: ${step}`);
    });
    expect(unchecked).toEqual([]);
  });
});
