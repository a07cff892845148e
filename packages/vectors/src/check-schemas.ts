import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFolder, vectorFolder } from "./folder.js";
import { VECTOR_FILES } from "./types.js";

/** One place where a vector file is not of its schema's shape. */
export interface SchemaProblem {
  readonly file: string;
  readonly pointer: string;
  readonly detail: string;
}

/** Holds every vector file to its published schema (specs/schemas/vectors-*.schema.json). */
export async function checkVectorSchemas(
  folder = vectorFolder(),
  schemas = schemaFolder(),
): Promise<readonly SchemaProblem[]> {
  const { ajvWith } = await import("@ksherproof/spec-loader");
  const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, "utf8"));
  const schema = (name: string) => read(join(schemas, `vectors-${name}.schema.json`));
  const ajv = ajvWith([schema("common")]);
  return VECTOR_FILES.flatMap((name) => {
    const validate = ajv.compile(schema(name));
    if (validate(read(join(folder, `${name}.json`)))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => ({
      file: `${name}.json`,
      pointer: instancePath,
      detail: message ?? "is not of its schema's shape",
    }));
  });
}
