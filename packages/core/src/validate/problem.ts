import { fieldOf, type MessageName, type SchemaError, schemaErrors } from "@ksherproof/spec/validators";

/** One thing that is wrong with a message. */
export interface Problem {
  /** Where, as a JSON pointer (RFC 6901); a form's fields are members of one object. Empty for the message as a whole. */
  readonly pointer: string;
  /** The requirement that is broken; null where the text is not even a message. */
  readonly requirement: string | null;
  /** `missing`, `type`, `form`, `value`, `too_long`, `too_short`, `undocumented`, or the code of a rejection. */
  readonly code: string;
  /** One sentence or two: what was expected and what was found. */
  readonly detail: string;
}

/** Errors that only say that another one is inside. */
const WRAPPERS = new Set(["if", "allOf", "anyOf", "oneOf", "propertyNames"]);

/** Where several keywords fail at one place, the one that says most comes first. */
const WEIGHT = [
  "required",
  "type",
  "false schema",
  "propertyName",
  "const",
  "enum",
  "maxLength",
  "minLength",
  "pattern",
];

/** Everything that a message's schema finds wrong with a value, one problem for each place, in the order of places. */
export function schemaProblems(message: MessageName, value: unknown): readonly Problem[] {
  const best = new Map<string, SchemaError>();
  for (const error of schemaErrors(message, value)) {
    if (WRAPPERS.has(error.keyword)) continue;
    const pointer = pointerOf(error);
    const before = best.get(pointer);
    if (before === undefined || weight(error) < weight(before)) best.set(pointer, error);
  }
  return [...best].map(([pointer, error]) => problemOf(message, pointer, error, value));
}

function weight({ keyword, propertyName }: SchemaError): number {
  const found = WEIGHT.indexOf(propertyName === undefined ? keyword : "propertyName");
  return found < 0 ? WEIGHT.length : found;
}

/** A missing member and one that should not be there are at their own place, not at their parent's. */
function pointerOf({ instancePath, params, propertyName }: SchemaError): string {
  const name = (params.missingProperty as string | undefined) ?? propertyName;
  return name === undefined ? instancePath : `${instancePath}/${escapePointer(name)}`;
}

/** A name as a part of a JSON pointer. */
export function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The name at the end of a JSON pointer, for people; `message` for the whole. */
export function nameAt(pointer: string): string {
  return pointer === ""
    ? "the message"
    : pointer.slice(1).replaceAll("~1", "/").replaceAll("~0", "~").replaceAll("/", ".");
}

function problemOf(message: MessageName, pointer: string, error: SchemaError, root: unknown): Problem {
  const tolerant = message.replace(".strict", "") as MessageName;
  const field =
    (error.keyword === "required" ? fieldOf(tolerant, pointer) : undefined) ?? fieldOf(message, pointer);
  const name = nameAt(pointer);
  const found = shown(valueAt(root, pointer));
  const whole = fieldOf(message, "");
  const requirement = field?.byKeyword?.[error.keyword] ?? field?.requirement ?? whole?.requirement ?? null;
  const say = (code: string, detail: string): Problem => ({ pointer, requirement, code, detail });
  const expected = error.keyword === "const" ? JSON.stringify(error.params.allowedValue) : field?.expected;
  if (error.propertyName !== undefined || error.keyword === "false schema")
    return say("undocumented", `${name} is not documented here: expected no such member, found ${found}.`);
  switch (error.keyword) {
    case "required":
      return say("missing", `${name} is missing: expected ${expected ?? "a value"}.`);
    case "type":
      return say("type", `Expected ${name} to be ${expected ?? error.params.type}, found ${found}.`);
    case "maxLength":
    case "minLength": {
      const length = [...String(valueAt(root, pointer))].length;
      const code = error.keyword === "maxLength" ? "too_long" : length === 0 ? "empty" : "too_short";
      return say(
        code,
        `Expected ${name} to be ${expected}, found ${length === 0 ? "an empty text" : `${length} ${length === 1 ? "character" : "characters"}`}.`,
      );
    }
    case "pattern":
      return say("form", `Expected ${name} to be ${expected}, found ${found}.`);
    default:
      return say("value", `Expected ${name} to be ${expected ?? "another value"}, found ${found}.`);
  }
}

function valueAt(root: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((here, part) => {
      const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
      return typeof here === "object" && here !== null && Object.hasOwn(here, name)
        ? (here as Record<string, unknown>)[name]
        : undefined;
    }, root);
}

/** A value for a sentence, cut where it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (value === "") return "an empty text";
  const text = typeof value === "string" ? JSON.stringify(value) : `the ${typeof value} ${String(value)}`;
  if (text.length <= 72) return text;
  return `${[...text].slice(0, 48).join("")}..." (${[...String(value)].length} characters)`;
}
