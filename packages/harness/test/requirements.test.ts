import { describe, expect, it } from "vitest";
import { belongs, type Requirement, requirementOf } from "../src/requirements.js";

const of = (level: Requirement["level"], basis: Requirement["basis"]): Requirement => ({
  ...requirementOf("SIG-001"),
  level,
  basis,
});

describe("the requirements of a run", () => {
  it("each level takes in the ones before it, and hardening is asked for by name alone", () => {
    const asked = (one: Requirement) =>
      (["must", "should", "hardening"] as const).map((at) => belongs(one, at));
    expect(asked(of("must", "stated"))).toEqual([true, true, true]);
    expect(asked(of("should", "inferred"))).toEqual([false, true, true]);
    expect(asked(of("must", "hardening"))).toEqual([false, false, true]);
    expect(asked(of("should", "hardening"))).toEqual([false, false, true]);
  });

  it("what a client may do, it fails by at no level", () => {
    for (const basis of ["stated", "hardening"] as const)
      for (const level of ["must", "should", "hardening"] as const)
        expect(belongs(of("may", basis), level)).toBe(false);
  });

  it("an id that the specs do not have is none", () => {
    expect(requirementOf("CXL-007").id).toBe("CXL-007");
    expect(() => requirementOf("CXL-999")).toThrow("The specs have no requirement CXL-999.");
  });
});
