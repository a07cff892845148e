import type { Schema } from "@ksherproof/spec-loader";
import fc from "fast-check";
import { resolved } from "../../packages/spec-loader/src/lint/schema-walk.js";

type Json = Record<string, unknown>;

/** The schemas as a map, and one of them as a flat shape for a given code: its fields with all that bears on each. */
export interface Shape {
  readonly fields: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** The only members that may be there; null where others are tolerated. */
  readonly closed: readonly string[] | null;
}

/** Flattens `$ref`, `allOf` and the branch of `if` that a code takes; what comes later is stricter and wins. */
export function shapeOf(schemas: ReadonlyMap<string, Schema>, name: string, code: number | null): Shape {
  const fields: Record<string, Schema> = {};
  const required = new Set<string>();
  let closed: readonly string[] | null = null;
  const see = (schema: Schema, own: Schema): void => {
    if (typeof schema.$ref === "string" && !schema.$ref.includes("#")) {
      const target = schemas.get(schema.$ref.replace(/\.schema\.json$/, "")) ?? {};
      see(target, target);
    }
    for (const inner of (schema.allOf ?? []) as readonly Schema[]) {
      const condition = inner.if as { properties?: { code?: { const?: number } } } | undefined;
      if (condition === undefined) see(inner, own);
      else if (condition.properties?.code?.const === code) see(inner.then as Schema, own);
    }
    for (const one of (schema.required ?? []) as readonly string[]) required.add(one);
    if (schema.propertyNames !== undefined) closed = namesOf(schema);
    for (const [field, value] of Object.entries(
      (schema.properties ?? {}) as Record<string, Schema | boolean>,
    )) {
      if (value === false) fields[field] = { absent: true };
      else if (typeof value === "object")
        fields[field] = merged(fields[field], resolved(value, schemas, own));
    }
  };
  const root = schemas.get(name) ?? {};
  see(root, root);
  return { fields, required: [...required], closed };
}

/** Two schemas of one place as one; the second is the stricter. */
function merged(one: Schema | undefined, two: Schema): Schema {
  const [mine, other] = [one?.properties, two.properties] as (Record<string, Schema> | undefined)[];
  if (!mine || !other) return { ...one, ...two };
  const names = [...new Set([...Object.keys(mine), ...Object.keys(other)])];
  const properties = Object.fromEntries(names.map((name) => [name, { ...mine[name], ...other[name] }]));
  return { ...one, ...two, properties };
}

function namesOf({ propertyNames }: Schema): readonly string[] {
  return (propertyNames as { readonly enum: readonly string[] }).enum;
}

/** Whether a schema says anything about a value. */
export function asserts(schema: Schema): boolean {
  return ["type", "enum", "const", "pattern", "properties"].some((word) => schema[word] !== undefined);
}

const text = (least: number, most: number) =>
  fc.string({ unit: "binary", minLength: least, maxLength: most });
const hex = (digits: string, ...lengths: readonly number[]) =>
  fc
    .constantFrom(...lengths)
    .chain((length) =>
      fc
        .array(fc.constantFrom(...digits), { minLength: length, maxLength: length })
        .map((list) => list.join("")),
    );

/** Values that a field's schema takes. */
export function valid(field: string, schema: Schema): fc.Arbitrary<unknown> {
  const pattern = schema.pattern as string | undefined;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as unknown[]));
  if (field === "sign")
    return pattern?.includes("A-F")
      ? hex("0123456789abcdefABCDEF", 128, 256, 512)
      : hex("0123456789abcdef", 128, 256);
  if (pattern !== undefined)
    return fc
      .stringMatching(new RegExp(pattern))
      .filter((one) => [...one].length <= Number(schema.maxLength ?? 400));
  const types = [schema.type ?? "string"].flat();
  const whole = {
    min: Number(schema.minimum ?? Number.MIN_SAFE_INTEGER),
    max: Number(schema.maximum ?? Number.MAX_SAFE_INTEGER),
  };
  const arbitraries = types.map((type) =>
    type === "integer"
      ? fc.integer(whole)
      : text(Number(schema.minLength ?? 0), Math.min(40, Number(schema.maxLength ?? 40))),
  );
  return fc.oneof(...arbitraries);
}

/** Values that a field's schema refuses, each for one reason. */
export function invalid(field: string, schema: Schema): fc.Arbitrary<unknown> {
  const types = [
    schema.type ?? (schema.const === undefined && schema.enum === undefined ? "object" : "string"),
  ].flat();
  const found: fc.Arbitrary<unknown>[] = [fc.constantFrom<unknown>(null, true, [1], 1.5)];
  if (!types.includes("string")) found.push(text(0, 5));
  if (!types.includes("integer")) found.push(fc.integer());
  if (!types.includes("object")) found.push(fc.constant({}));
  const fits = (one: string): boolean =>
    (schema.pattern === undefined || new RegExp(schema.pattern as string, "u").test(one)) &&
    (schema.enum === undefined || (schema.enum as unknown[]).includes(one)) &&
    (schema.const === undefined || schema.const === one) &&
    [...one].length <= Number(schema.maxLength ?? Number.POSITIVE_INFINITY) &&
    [...one].length >= Number(schema.minLength ?? 0);
  if (types.includes("string")) {
    if ([schema.pattern, schema.enum, schema.const].some((word) => word !== undefined))
      found.push(text(0, 50).filter((one) => !fits(one)));
    if (schema.maxLength !== undefined)
      found.push(text(Number(schema.maxLength) + 1, Number(schema.maxLength) + 9));
    if (Number(schema.minLength ?? 0) > 0) found.push(text(0, Number(schema.minLength) - 1));
    if (field === "sign") found.push(hex("0123456789abcdef", 126, 127, 255, 514));
  }
  if (types.includes("integer") && schema.maximum !== undefined)
    found.push(fc.constant(Number(schema.maximum) + 1));
  if (types.includes("integer") && schema.enum !== undefined)
    found.push(fc.integer().filter((one) => !(schema.enum as unknown[]).includes(one)));
  return fc.oneof(...found);
}

/** Messages of a shape, `data` among them where it is an object; optional fields come and go. */
export function messages(
  schemas: ReadonlyMap<string, Schema>,
  { fields, required, closed }: Shape,
): fc.Arbitrary<Json> {
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  const kept: string[] = [];
  for (const [field, schema] of Object.entries(fields)) {
    if (schema.absent === true || closed?.includes(field) === false) continue;
    model[field] = isObject(schema) ? messages(schemas, dataShape(schemas, schema)) : valid(field, schema);
    if (required.includes(field)) kept.push(field);
  }
  return fc.record(model, { requiredKeys: kept, noNullPrototype: true }) as fc.Arbitrary<Json>;
}

/** The fields of `data`, as a shape of their own. */
export function dataShape(schemas: ReadonlyMap<string, Schema>, schema: Schema): Shape {
  const tolerant = (schemas.get("query-data")?.properties ?? {}) as Record<string, Schema>;
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const query = "result" in properties || "total_fee" in properties;
  const names = Object.keys(query ? tolerant : properties);
  const fields = Object.fromEntries(
    names.map((name) => [name, { ...(query ? tolerant[name] : {}), ...properties[name] }]),
  );
  const required = query ? names : ((schema.required ?? names) as readonly string[]);
  return { fields, required, closed: schema.propertyNames === undefined ? null : namesOf(schema) };
}

export function isObject(schema: Schema): boolean {
  return schema.type === "object" || (schema.properties !== undefined && schema.type === undefined);
}
