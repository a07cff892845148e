import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Schema } from "./model.js";
import type { SpecSource } from "./source.js";
import { SpecError } from "./spec-error.js";
import { parseYamlFile, type YamlFile } from "./yaml-file.js";

/** What our schemas say beside JSON Schema's own words: shown to people, never asserted. */
export const ANNOTATIONS = [
  "x-expected",
  "x-signed",
  "x-requirements",
  "x-requirement-for",
  "x-sources",
  "x-doubts",
] as const;

const SUFFIX = ".schema.json";

/** A schema with the places of its values, for errors. JSON is read as the YAML that it is. */
export interface SchemaFile {
  readonly name: string;
  readonly schema: Schema;
  readonly file: YamlFile;
}

/** Reads every schema of a specs folder. Throws `SpecError` where one is no JSON object or its `$id` is not its name's. */
export function readSchemas(source: SpecSource): readonly SchemaFile[] {
  return source
    .list("schemas")
    .filter((file) => file.endsWith(SUFFIX))
    .map((base) => {
      const name = base.slice(0, -SUFFIX.length);
      const text = source.read(`schemas/${base}`);
      const file = parseYamlFile(`${source.name}/schemas/${base}`, text);
      const schema = file.value as Schema | null;
      if (typeof schema !== "object" || schema === null || Array.isArray(schema))
        throw file.errorAt([], "Expected a JSON Schema, an object.");
      const id = `https://ksherproof.dev/schemas/${base}`;
      if (schema.$id !== id) throw file.errorAt(["$id"], `Expected "$id": "${id}".`);
      return { name, schema, file };
    });
}

/** An ajv that knows every schema given, draft 2020-12, every error reported. Nothing is compiled yet. */
export function ajvWith(schemas: readonly Schema[]): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
  });
  formats.default(ajv);
  ajv.addVocabulary([...ANNOTATIONS]);
  for (const schema of schemas) ajv.addSchema(schema as object);
  return ajv;
}

/** Compiles every schema; throws `SpecError` at the first that does not compile. */
export function checkSchemas(files: readonly SchemaFile[]): Ajv2020 {
  const ajv = ajvWith([]);
  for (const { schema, file } of files) {
    try {
      ajv.addSchema(schema as object);
    } catch (cause) {
      throw file.errorAt([], `The schema is not valid: ${(cause as Error).message}.`);
    }
  }
  for (const { schema, file } of files) {
    try {
      ajv.getSchema(String(schema.$id));
    } catch (cause) {
      if (cause instanceof SpecError) throw cause;
      throw file.errorAt([], `The schema does not compile: ${(cause as Error).message}.`);
    }
  }
  return ajv;
}
