import type { DataShape } from "./data-shape.js";

/** A JSON Schema (2020-12) as a value. */
export type JsonSchema = { readonly [name: string]: unknown };

/** The JSON Schema of a data shape. */
export function schemaOf(shape: DataShape): JsonSchema {
  switch (shape.kind) {
    case "any":
      return {};
    case "null":
      return { type: "null" };
    case "flag":
      return { type: "boolean" };
    case "whole":
      return {
        type: "integer",
        minimum: shape.least,
        ...(shape.most === undefined ? {} : { maximum: shape.most }),
      };
    case "text":
      return {
        type: "string",
        ...(shape.least ? { minLength: shape.least } : {}),
        ...(shape.most === undefined ? {} : { maxLength: shape.most }),
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
      };
    case "one":
      return { enum: [...shape.of] };
    case "list":
      return { type: "array", items: schemaOf(shape.of), ...(shape.least ? { minItems: shape.least } : {}) };
    case "map":
      return { type: "object", additionalProperties: schemaOf(shape.of) };
    case "either":
      return { anyOf: shape.of.map(schemaOf) };
    case "fields":
      return object({ ...shape.required, ...shape.optional }, Object.keys(shape.required));
    case "variants":
      return {
        oneOf: Object.entries(shape.of).map(([name, { required, optional }]) => {
          const members = { [shape.by]: { kind: "one", of: [name] } as const, ...required, ...optional };
          return object(members, [shape.by, ...Object.keys(required)]);
        }),
      };
  }
}

function object(members: Readonly<Record<string, DataShape>>, required: readonly string[]): JsonSchema {
  return {
    type: "object",
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(members).map(([name, one]) => [name, schemaOf(one)])),
  };
}
