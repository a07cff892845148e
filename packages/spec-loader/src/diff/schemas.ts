import { resolved } from "../lint/schema-walk.js";
import { isMessage } from "../lint/schemas.js";
import type { Schema, Specs } from "../model.js";
import { type Broken, type Change, paired } from "./change.js";

/** A field of a message with all that its schema says, references followed. */
interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** Whether what was right before is refused now, or what was refused is right, or both. */
interface Movement {
  readonly narrower: boolean;
  readonly wider: boolean;
}

/** Fields of messages: a request that is narrower breaks clients, an answer that is wider breaks them too. */
export function schemaChanges(old: Specs, now: Specs): readonly Change[] {
  const names = [...new Set([...old.schemas.keys(), ...now.schemas.keys()])].filter(
    (name) => isMessage(name) && !name.includes(".strict"),
  );
  return names.flatMap((name) => {
    const pairs = paired(fieldsOf(name, old), fieldsOf(name, now), (field) => field.name);
    return pairs.flatMap(({ name: field, old: was, now: is }) => fieldChange(name, field, was, is));
  });
}

function fieldsOf(name: string, { schemas }: Specs): readonly Field[] {
  const schema = schemas.get(name) ?? {};
  const required = (schema.required ?? []) as readonly string[];
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([field, value]) => ({
    name: field,
    required: required.includes(field),
    schema: resolved(value, schemas, schema),
  }));
}

function fieldChange(
  message: string,
  field: string,
  was: Field | undefined,
  is: Field | undefined,
): readonly Change[] {
  const name = `${message} /${field}`;
  const change = (kind: Change["kind"], detail: string, moved: Movement): Change => ({
    kind,
    of: "field",
    name,
    detail,
    breaks: broken(message, moved),
  });
  if (!was && is) {
    const detail = `The field ${field} is new${is.required ? ", and required" : ", and optional"}.`;
    return [change("added", detail, { narrower: is.required, wider: false })];
  }
  if (was && !is)
    return [change("removed", `The field ${field} is gone.`, { narrower: false, wider: was.required })];
  if (!was || !is) return [];
  const changes: Change[] = [];
  if (was.required !== is.required) {
    const moved = { narrower: is.required, wider: !is.required };
    changes.push(change("changed", `${field} is ${is.required ? "required now" : "optional now"}.`, moved));
  }
  for (const word of [
    "type",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "x-signed",
  ]) {
    const [before, after] = [was.schema[word], is.schema[word]];
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    const detail = `${word} was ${JSON.stringify(before) ?? "nothing"}, is ${JSON.stringify(after) ?? "nothing"}.`;
    changes.push(change("changed", detail, movement(word, before, after)));
  }
  return changes;
}

function movement(word: string, before: unknown, after: unknown): Movement {
  if (before === undefined || after === undefined)
    return { narrower: before === undefined, wider: after === undefined };
  if (word === "enum" || word === "type") {
    const [was, is] = [[before].flat().map(String), [after].flat().map(String)];
    return { narrower: was.some((one) => !is.includes(one)), wider: is.some((one) => !was.includes(one)) };
  }
  if (word.startsWith("m")) {
    const grew = Number(after) > Number(before);
    return word.startsWith("min") ? { narrower: grew, wider: !grew } : { narrower: !grew, wider: grew };
  }
  return { narrower: true, wider: true };
}

function broken(message: string, { narrower, wider }: Movement): readonly Broken[] {
  const toGateway = message.endsWith(".request") && !message.startsWith("mch-");
  const sender: Broken = toGateway || message.endsWith(".reply") ? "clients" : "gateways";
  const receiver: Broken = sender === "clients" ? "gateways" : "clients";
  const found = [...(narrower ? [sender] : []), ...(wider ? [receiver] : [])];
  return found.length === 0 ? [] : [...found.sort(), "vectors"];
}
