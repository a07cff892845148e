import { UsageError } from "@ksherproof/core";

/** The shape of JSON data that people write: faults, scenarios, control requests. One source for checks and for JSON Schema. */
export type DataShape =
  | { readonly kind: "text"; readonly least?: number; readonly most?: number; readonly pattern?: string }
  | { readonly kind: "whole"; readonly least: number; readonly most?: number }
  | { readonly kind: "flag" }
  | { readonly kind: "null" }
  | { readonly kind: "any" }
  | { readonly kind: "one"; readonly of: readonly (string | number | boolean)[] }
  | { readonly kind: "list"; readonly of: DataShape; readonly least?: number }
  | { readonly kind: "map"; readonly of: DataShape }
  | { readonly kind: "either"; readonly of: readonly DataShape[] }
  | { readonly kind: "fields"; readonly required: Fields; readonly optional: Fields }
  /** Objects that a member of theirs tells apart. */
  | { readonly kind: "variants"; readonly by: string; readonly of: Readonly<Record<string, FieldsShape>> };

type Fields = Readonly<Record<string, DataShape>>;
export type FieldsShape = Extract<DataShape, { readonly kind: "fields" }>;

/** An object with these members and no others. */
export function fields(required: Fields, optional: Fields = {}): FieldsShape {
  return { kind: "fields", required, optional };
}

/** Takes a value of the shape as it is. Throws `UsageError` that says where the value differs, and what was expected. */
export function readData<T>(value: unknown, shape: DataShape, where: string): T {
  const wrong = mismatch(value, shape, where);
  if (wrong !== null) throw new UsageError("data_shape", wrong);
  return value as T;
}

/** Where and how a value differs from a shape, in one sentence; null where it fits. */
export function mismatch(value: unknown, shape: DataShape, where: string): string | null {
  const expected = (what: string): string => `${where}: expected ${what}, found ${shown(value)}.`;
  switch (shape.kind) {
    case "any":
      return null;
    case "null":
      return value === null ? null : expected("null");
    case "flag":
      return typeof value === "boolean" ? null : expected("true or false");
    case "whole":
      return isWhole(value, shape) ? null : expected(wordsOf(shape));
    case "text":
      return isText(value, shape) ? null : expected(wordsOf(shape));
    case "one":
      return shape.of.includes(value as string) ? null : expected(wordsOf(shape));
    case "list":
      if (!Array.isArray(value)) return expected("a list");
      if (value.length < (shape.least ?? 0)) return `${where}: expected at least ${shape.least} entries.`;
      return first(value.map((item, at) => () => mismatch(item, shape.of, `${where}[${at}]`)));
    case "map":
      if (!isObject(value)) return expected("an object");
      return first(
        Object.entries(value).map(
          ([name, item]) =>
            () =>
              mismatch(item, shape.of, `${where}.${name}`),
        ),
      );
    case "either":
      return shape.of.some((one) => mismatch(value, one, where) === null)
        ? null
        : (closest(value, shape.of, where) ?? expected(shape.of.map(wordsOf).join(" or ")));
    case "variants": {
      if (!isObject(value)) return expected("an object");
      const name = value[shape.by];
      const names = Object.keys(shape.of);
      if (typeof name !== "string" || !Object.hasOwn(shape.of, name)) {
        return `${where}.${shape.by}: expected one of ${names.join(", ")}; found ${shown(name)}.`;
      }
      const { [shape.by]: _, ...rest } = value;
      return mismatch(rest, shape.of[name] as FieldsShape, where);
    }
    case "fields": {
      if (!isObject(value)) return expected("an object");
      const known = { ...shape.required, ...shape.optional };
      const stranger = Object.keys(value).find((name) => !Object.hasOwn(known, name));
      if (stranger !== undefined) {
        return `${where}: there is no member ${shown(stranger)}; the members are ${Object.keys(known).join(", ")}.`;
      }
      const lacking = Object.keys(shape.required).find((name) => !Object.hasOwn(value, name));
      if (lacking !== undefined) return `${where}: the member ${lacking} is missing.`;
      return first(
        Object.entries(value).map(
          ([name, item]) =>
            () =>
              mismatch(item, known[name] as DataShape, `${where}.${name}`),
        ),
      );
    }
  }
}

/** Where a value can only have been meant as one of several shapes, what is wrong with it as that. */
function closest(value: unknown, shapes: readonly DataShape[], where: string): string | null {
  const meant = shapes.filter((shape) => {
    if (shape.kind === "list") return Array.isArray(value);
    if (shape.kind === "fields")
      return isObject(value) && Object.keys(shape.required).some((n) => n in value);
    return (shape.kind === "variants" || shape.kind === "map") && isObject(value);
  });
  const [only] = meant;
  return meant.length === 1 && only ? mismatch(value, only, where) : null;
}

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const wrong = check();
    if (wrong !== null) return wrong;
  }
  return null;
}

function isWhole(value: unknown, shape: DataShape & { kind: "whole" }): boolean {
  return (
    Number.isSafeInteger(value) &&
    (value as number) >= shape.least &&
    (value as number) <= (shape.most ?? Infinity)
  );
}

function isText(value: unknown, shape: DataShape & { kind: "text" }): boolean {
  if (typeof value !== "string") return false;
  const length = [...value].length;
  if (length < (shape.least ?? 0) || length > (shape.most ?? Infinity)) return false;
  return shape.pattern === undefined || new RegExp(shape.pattern, "u").test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordsOf(shape: DataShape): string {
  switch (shape.kind) {
    case "text": {
      const size = shape.most === undefined ? "" : ` of ${shape.least ?? 0} to ${shape.most} characters`;
      return `a text${shape.least && !size ? " that is not empty" : size}${shape.pattern ? ` like ${shape.pattern}` : ""}`;
    }
    case "whole":
      return `a whole number from ${shape.least}${shape.most === undefined ? " up" : ` to ${shape.most}`}`;
    case "flag":
      return "true or false";
    case "one":
      return `one of ${shape.of.join(", ")}`;
    case "list":
      return "a list";
    case "null":
      return "null";
    case "any":
      return "anything";
    case "map":
    case "fields":
    case "variants":
      return "an object";
    case "either":
      return shape.of.map(wordsOf).join(" or ");
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "none";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
