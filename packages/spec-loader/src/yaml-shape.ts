import type { ErrorObject, ValidateFunction } from "ajv";
import type { SpecError } from "./spec-error.js";
import type { YamlFile } from "./yaml-file.js";

/** Holds a YAML file to its schema; gives every difference with its place. */
export function shapeErrors(yaml: YamlFile, validate: ValidateFunction): readonly SpecError[] {
  if (validate(yaml.value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== "anyOf" && keyword !== "if");
  return errors.map((error) => yaml.errorAt(pathOf(error, yaml.value), sentence(error, yaml.value)));
}

/** The YAML path of a JSON pointer; numbers index lists. */
export function pathOf(error: ErrorObject, value: unknown): readonly (string | number)[] {
  const path: (string | number)[] = [];
  let here = value;
  for (const part of error.instancePath.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const step = Array.isArray(here) ? Number(name) : name;
    path.push(step);
    here = (here as Record<string | number, unknown> | null)?.[step];
  }
  const odd = error.params.additionalProperty as string | undefined;
  return odd === undefined ? path : [...path, odd];
}

function sentence(error: ErrorObject, root: unknown): string {
  const path = pathOf(error, root);
  const found = path.reduce<unknown>(
    (here, step) => (here as Record<string | number, unknown>)?.[step],
    root,
  );
  const where = path.at(-1) ?? "the file";
  switch (error.keyword) {
    case "required":
      return `Expected the member \`${error.params.missingProperty}\` here; it is missing.`;
    case "additionalProperties":
      return `Unknown member \`${error.params.additionalProperty}\`.`;
    case "enum":
      return `Expected \`${where}\` to be one of ${error.params.allowedValues.join(", ")}, found ${shown(found)}.`;
    case "const":
      return `Expected \`${where}\` to be ${shown(error.params.allowedValue)}, found ${shown(found)}.`;
    case "type":
      return `Expected \`${where}\` to be ${[error.params.type].flat().join(" or ")}, found ${shown(found)}.`;
    default:
      return `\`${where}\` ${error.message ?? "is wrong"}; found ${shown(found)}.`;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
