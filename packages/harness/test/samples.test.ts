import { describe, expect, it } from "vitest";
import { paramMaps } from "../src/samples.js";

describe("the params that a client is asked to sign", () => {
  it("hold a plain pair each: of an empty value alone, a dropped pair and a dropped name look the same", () => {
    for (let seed = 1; seed <= 200; seed += 1)
      for (const [, params] of paramMaps(seed, 12))
        expect(Object.values(params).some((value) => value.trim() !== "")).toBe(true);
  });
});
