import type { Schema, Specs } from "../model.js";
import { type Lint, twins } from "./report.js";
import { parseSchemaAnnotations } from "./schema-walk.js";

/** Ids of requirements, sources, doubts and schemas: known wherever they are named, and never used twice. */
export function lintReferences(lint: Lint): void {
  const { specs, files } = lint;
  const requirements = new Set(specs.requirements.map(({ id }) => id));
  const sources = new Set(specs.sources.map(({ id }) => id));
  const doubts = new Set(specs.doubts.map(({ id }) => id));
  for (const { row, index } of twins(specs.sources, ({ id }) => id))
    lint.at("sources", ["sources", index, "id"], `The source ${row.id} stands twice.`);
  for (const { row, index } of twins(specs.doubts, ({ id }) => id))
    lint.at("doubts", ["doubts", index, "id"], `The doubt ${row.id} stands twice; ids are never reused.`);
  const seen = new Set<string>();
  for (const file of files.groups) {
    const { group, requirements: rows } = file.value as {
      group: string;
      requirements: { id: string; sources: string[] }[];
    };
    rows.forEach((row, i) => {
      const say = (name: string, detail: string) =>
        lint.found.push(file.errorAt(["requirements", i, name], detail));
      if (!row.id.startsWith(`${group}-`))
        say("id", `Expected an id of the group ${group}, found ${row.id}.`);
      if (seen.has(row.id)) say("id", `The requirement ${row.id} stands twice; ids are never reused.`);
      seen.add(row.id);
      for (const id of row.sources)
        if (!sources.has(id)) say("sources", `There is no source ${id} in sources.yaml.`);
    });
  }
  for (const table of ["protocol", "codes", "states", "doubts"] as const) {
    walk(files.tables[table].value, [], (path, name, value) => {
      const known =
        name === "requirements" ? requirements : name === "source" || name === "sources" ? sources : null;
      if (known === null || (table === "doubts" && path.length < 3)) return;
      for (const id of [value].flat() as string[])
        if (!known.has(id))
          lint.at(table, path, `There is no ${known === sources ? "source" : "requirement"} ${id}.`);
    });
  }
  specs.doubts.forEach(({ id, schemas }, i) => {
    for (const name of schemas)
      if (!specs.schemas.has(name))
        lint.at("doubts", ["doubts", i, "schemas"], `There is no schema ${name}.`);
      else if (!doubtsOf(name, specs).includes(id))
        lint.at("doubts", ["doubts", i, "schemas"], `The schema ${name} says nothing of ${id} in x-doubts.`);
  });
  const lists = { "x-requirements": requirements, "x-sources": sources, "x-doubts": doubts } as const;
  for (const { name, schema } of files.schemas) {
    for (const { path, keyword, ids } of parseSchemaAnnotations(schema))
      for (const id of ids)
        if (!lists[keyword].has(id)) lint.atSchema(name, path, `There is no ${keyword.slice(2, -1)} ${id}.`);
  }
}

/** The doubts that a schema names, itself or through the shared fields that it refers to. */
function doubtsOf(name: string, { schemas }: Specs): readonly string[] {
  const schema = schemas.get(name) ?? {};
  const fields = (schemas.get("fields")?.$defs ?? {}) as Record<string, Schema>;
  const shared = [...JSON.stringify(schema).matchAll(/fields\.schema\.json#\/\$defs\/(\w+)/g)].map(
    ([, field]) => fields[field ?? ""] ?? {},
  );
  return [schema, ...shared]
    .flatMap((one) => parseSchemaAnnotations(one))
    .flatMap(({ keyword, ids }) => (keyword === "x-doubts" ? ids : []));
}

function walk(
  value: unknown,
  path: readonly (string | number)[],
  see: (path: readonly (string | number)[], name: string, value: unknown) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(name) : name];
    see(here, name, inner);
    walk(inner, here, see);
  }
}
