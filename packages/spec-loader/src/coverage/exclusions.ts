import { compileSchemas, SpecErrors } from "../read.js";
import type { SpecSource } from "../source.js";
import { parseYamlFile } from "../yaml-file.js";
import { shapeErrors } from "../yaml-shape.js";

/** A must that nothing covers, and why. */
export interface Exclusion {
  readonly id: string;
  readonly reason: string;
}

/** Reads specs/exclusions.yaml. Throws `SpecErrors` where its shape is wrong. */
export function loadExclusions(source: SpecSource): readonly Exclusion[] {
  const yaml = parseYamlFile(`${source.name}/exclusions.yaml`, source.read("exclusions.yaml"));
  const validate = compileSchemas(source).ajv.getSchema(
    "https://ksherproof.dev/schemas/spec-exclusions.schema.json",
  );
  const errors = validate ? shapeErrors(yaml, validate as Parameters<typeof shapeErrors>[1]) : [];
  if (errors.length > 0) throw new SpecErrors(errors);
  return (yaml.value as { readonly exclusions: readonly Exclusion[] }).exclusions;
}
