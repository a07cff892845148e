import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS, FAULT_SHAPE, readFault, schemaOf } from "../../src/index.js";

const published = new Ajv2020({ strict: false }).compile(schemaOf(FAULT_SHAPE));

describe("faults as data", () => {
  it.each(FAULT_KINDS)("$id: its example fits the shape and the published schema", ({ example }) => {
    expect(readFault(example, "fault")).toBe(example);
    expect(published(example)).toBe(true);
  });

  it("the published schema is the one that is checked against", () => {
    const file = new URL("../../../../specs/schemas/fault.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject(schemaOf(FAULT_SHAPE));
  });

  it.each([
    [{ kind: "delay" }, "the member ms is missing"],
    [{ kind: "dalay", ms: 1 }, "expected one of delay"],
    [{ kind: "delay", ms: -1 }, "a whole number from 0"],
    [{ kind: "empty", at: 1 }, 'there is no member "at"'],
    [{ kind: "chunks", sizes: [] }, "at least 1 entries"],
    ["empty", "expected an object"],
  ])("%j is refused with the place: %s", (fault, says) => {
    expect(() => readFault(fault, "fault")).toThrow(says);
    expect(published(fault)).toBe(false);
  });
});
