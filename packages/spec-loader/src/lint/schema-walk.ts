import type { Schema } from "../model.js";

const LISTS = ["x-requirements", "x-sources", "x-doubts"] as const;

/** One list of ids in a schema, with its path. */
export interface AnnotationList {
  readonly path: readonly (string | number)[];
  readonly keyword: (typeof LISTS)[number];
  readonly ids: readonly string[];
}

/** Every list of ids in a schema: requirements, sources, doubts. */
export function parseSchemaAnnotations(schema: Schema): readonly AnnotationList[] {
  const found: AnnotationList[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(name) : name];
      const keyword = LISTS.find((one) => one === name);
      if (keyword && Array.isArray(inner)) found.push({ path: here, keyword, ids: inner.map(String) });
      else if (name === "x-requirement-for")
        found.push({
          path: here,
          keyword: "x-requirements",
          ids: Object.values(inner as object).map(String),
        });
      else if (name !== "examples") walk(inner, here);
    }
  };
  walk(schema, []);
  return found;
}

/** A schema with its `$ref` followed, across files; members beside the `$ref` come on top. */
export function resolved(schema: Schema, schemas: ReadonlyMap<string, Schema>, own: Schema): Schema {
  const { $ref, ...beside } = schema;
  if (typeof $ref !== "string") return schema;
  const [file = "", pointer = ""] = $ref.split("#");
  const root = file === "" ? own : schemas.get(file.replace(/\.schema\.json$/, ""));
  const target = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((here, part) => (here as Record<string, unknown> | undefined)?.[part], root);
  return { ...resolved((target ?? {}) as Schema, schemas, root ?? own), ...beside };
}
