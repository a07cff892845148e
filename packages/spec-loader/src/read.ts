import type { Ajv2020 } from "ajv/dist/2020.js";
import type { Codes, DoubtRow, Outcomes, Protocol, Requirement, SourceRow, Specs, States } from "./model.js";
import { checkSchemas, readSchemas, type SchemaFile } from "./schemas.js";
import type { SpecSource } from "./source.js";
import { SpecError } from "./spec-error.js";
import { parseYamlFile, type YamlFile } from "./yaml-file.js";
import { shapeErrors } from "./yaml-shape.js";

/** The tables of the specs; each has a schema `spec-<name>`. */
export const TABLES = ["protocol", "codes", "states", "outcomes", "sources", "doubts"] as const;
export type TableName = (typeof TABLES)[number];

/** The groups of requirements in the order in which people read them. */
export const GROUP_FILES = [
  "signing",
  "request",
  "response",
  "query",
  "cancel",
  "retry",
  "webhook",
  "hardening",
] as const;

/** The files of a specs folder, parsed and of the right shape, each with the places of its values. */
export interface SpecFiles {
  readonly tables: Readonly<Record<TableName, YamlFile>>;
  readonly groups: readonly YamlFile[];
  readonly schemas: readonly SchemaFile[];
}

/** Schemas that were read and compiled before, for whoever reads the same folder many times. */
export interface CompiledSchemas {
  readonly files: readonly SchemaFile[];
  readonly ajv: Ajv2020;
}

/** Reads and compiles the schemas of a specs folder. Throws `SpecError`. */
export function compileSchemas(source: SpecSource): CompiledSchemas {
  const files = readSchemas(source);
  return { files, ajv: checkSchemas(files) };
}

/** Reads all files of a specs folder and holds each to its schema. Throws an array-carrying `SpecErrors` at the first file that is wrong. */
export function readFiles(source: SpecSource, compiled = compileSchemas(source)): SpecFiles {
  const table = (path: string, schema: string): YamlFile => {
    const yaml = parseYamlFile(`${source.name}/${path}`, source.read(path));
    const validate = compiled.ajv.getSchema(`https://ksherproof.dev/schemas/${schema}.schema.json`);
    if (!validate) throw yaml.errorAt([], `There is no schemas/${schema}.schema.json to hold this file to.`);
    const errors = shapeErrors(yaml, validate as Parameters<typeof shapeErrors>[1]);
    if (errors.length > 0) throw new SpecErrors(errors);
    return yaml;
  };
  const named = GROUP_FILES.map((name) => `${name}.yaml`);
  const others = source.list("requirements").filter((one) => one.endsWith(".yaml") && !named.includes(one));
  return {
    tables: Object.fromEntries(TABLES.map((name) => [name, table(`${name}.yaml`, `spec-${name}`)])) as Record<
      TableName,
      YamlFile
    >,
    groups: [...named, ...others].map((name) => table(`requirements/${name}`, "spec-requirements")),
    schemas: compiled.files,
  };
}

/** Several errors at once, as a compiler gives them; the message has them all. */
export class SpecErrors extends Error {
  readonly code = "spec";
  readonly errors: readonly SpecError[];
  constructor(errors: readonly SpecError[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.name = "SpecError";
    this.errors = errors;
  }
}

/** The specs that files hold, without their places. */
export function specsOf(files: SpecFiles): Specs {
  const value = <T>(name: TableName): T => files.tables[name].value as T;
  return {
    protocol: value<Protocol>("protocol"),
    codes: value<Codes>("codes"),
    states: value<States>("states"),
    outcomes: value<Outcomes>("outcomes"),
    sources: value<{ sources: readonly SourceRow[] }>("sources").sources,
    doubts: value<{ doubts: readonly DoubtRow[] }>("doubts").doubts,
    requirements: files.groups.flatMap((yaml) => {
      const { group, requirements } = yaml.value as {
        group: string;
        requirements: Omit<Requirement, "group">[];
      };
      return requirements.map(({ id, ...rest }) => ({ id, group, ...rest }));
    }),
    schemas: new Map(files.schemas.map(({ name, schema }) => [name, schema])),
  };
}

/** The errors that a thrown value carries, or undefined where it is something else. */
export function specErrorsOf(thrown: unknown): readonly SpecError[] | undefined {
  if (thrown instanceof SpecErrors) return thrown.errors;
  return thrown instanceof SpecError ? [thrown] : undefined;
}
