import { resolved } from "./lint/schema-walk.js";
import type { Schema } from "./model.js";

/** What a message's schema says of one field, for sentences about it. */
export interface MessageField {
  /** What is expected there, in words that a merchant understands. */
  readonly expected: string;
  /** The requirement that a wrong value breaks. */
  readonly requirement: string;
  /** Another requirement for a keyword of JSON Schema, where it differs. */
  readonly byKeyword?: Readonly<Record<string, string>>;
}

/** Every field of a message by its JSON pointer; the message itself is at the empty one. What a schema adds itself counts before what it refers to. */
export function messageFields(
  name: string,
  schemas: ReadonlyMap<string, Schema>,
): Readonly<Record<string, MessageField>> {
  const fields: Record<string, MessageField> = {};
  const see = (schema: Schema, own: Schema, pointer: string): void => {
    const whole = resolved(schema, schemas, own);
    const [requirement] = (whole["x-requirements"] ?? []) as readonly string[];
    if (requirement !== undefined && fields[pointer] === undefined) {
      const byKeyword = whole["x-requirement-for"] as MessageField["byKeyword"];
      fields[pointer] = {
        expected: String(whole["x-expected"] ?? whole.title),
        requirement,
        ...(byKeyword === undefined ? {} : { byKeyword }),
      };
    }
    for (const [field, inner] of Object.entries(
      (schema.properties ?? {}) as Record<string, Schema | boolean>,
    ))
      if (typeof inner === "object") see(inner, own, `${pointer}/${field}`);
    const file = typeof schema.$ref === "string" ? schema.$ref.split("#")[0] : "";
    const target = schemas.get((file ?? "").replace(/\.schema\.json$/, ""));
    if (target && !String(schema.$ref).includes("#")) see(target, target, pointer);
    for (const inner of (schema.allOf ?? []) as readonly Schema[]) {
      see(inner, own, pointer);
      if (inner.then) see(inner.then as Schema, own, pointer);
    }
  };
  const root = schemas.get(name) ?? {};
  see(root, root, "");
  return fields;
}
