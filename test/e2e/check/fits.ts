import { expect } from "vitest";
import { compiled } from "../../spec/folder.js";

/** Holds a value to one of the published schemas. */
export function expectToFit(value: unknown, schema: string): void {
  const validate = compiled.ajv.getSchema(`https://ksherproof.dev/schemas/${schema}.schema.json`);
  expect(validate, schema).toBeDefined();
  validate?.(value);
  expect(validate?.errors ?? []).toEqual([]);
}
