import { accept, type Result, reject } from "./rejection.js";
import { loneSurrogateAt } from "./utf8.js";

/** Decoded field names and values, in the order in which they came. */
export type Params = ReadonlyMap<string, string>;

/** The field that carries the signature and is never part of what is signed (SIG-001). */
export const SIGN = "sign";

/**
 * Params from an object whose values are all strings, as a form carries them.
 * Rejects other types and text that has no UTF-8 (SIG-006). Names such as `__proto__` are names like any other (SEC-005).
 */
export function paramsFromObject(object: Readonly<Record<string, unknown>>): Result<Params> {
  const params = new Map<string, string>();
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (typeof value !== "string") {
      return reject(
        "param_not_string",
        "SIG-004",
        `Expected a string as the value of ${name}, found ${nameOf(value)}.`,
        {
          field: name,
        },
      );
    }
    const rejected = rejectLone(name, name) ?? rejectLone(name, value);
    if (rejected) return rejected;
    params.set(name, value);
  }
  return accept(params);
}

/** A rejection where a text has half a surrogate pair, else null (SIG-006). */
export function rejectLone(field: string, text: string): ReturnType<typeof reject> | null {
  const at = loneSurrogateAt(text);
  if (at < 0) return null;
  return reject(
    "lone_surrogate",
    "SIG-006",
    `${JSON.stringify(field)} has half a surrogate pair at index ${at}, which has no UTF-8.`,
    { field, at },
  );
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
