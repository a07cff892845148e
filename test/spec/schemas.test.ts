import { describe, expect, it } from "vitest";
import { compiled } from "./folder.js";

describe("the schema files", () => {
  it("are there", () => {
    expect(compiled.files.length).toBeGreaterThan(25);
  });

  it.each(compiled.files)("$name compiles, and its own examples fit it", ({ schema }) => {
    const validate = compiled.ajv.getSchema(String(schema.$id));
    expect(validate).toBeDefined();
    for (const example of (schema.examples ?? []) as unknown[]) {
      const valid = validate?.(example);
      expect(validate?.errors ?? [], JSON.stringify(example)).toEqual([]);
      expect(valid).toBe(true);
    }
  });
});
