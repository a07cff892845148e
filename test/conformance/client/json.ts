/** A JSON value as it stands in a text: numbers keep their digits, objects their order. */
export type Json =
  | { readonly is: "object"; readonly members: ReadonlyMap<string, Json> }
  | { readonly is: "list"; readonly items: readonly Json[] }
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "number"; readonly digits: string }
  | { readonly is: "word"; readonly word: "true" | "false" | "null" };

/** Whether a name that stands twice in an object is an error, or the first or the last one counts. */
export type Doubles = "refuse" | "first" | "last";

/** A name stands twice in one object. */
export class Doubled extends Error {}

/** Reads a JSON text by hand, so that nothing of it is lost. Throws for what is no JSON. */
export function readJson(text: string, doubles: Doubles = "refuse"): Json {
  JSON.parse(text);
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[{}[\],:]/gs) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const value = (): Json => {
    const token = next();
    if (token === "{") return object();
    if (token === "[") return list();
    if (token.startsWith('"')) return { is: "text", text: JSON.parse(token) as string };
    if (token === "true" || token === "false" || token === "null") return { is: "word", word: token };
    return { is: "number", digits: token };
  };
  const object = (): Json => {
    const members = new Map<string, Json>();
    while (tokens[at] !== "}") {
      const name = JSON.parse(next()) as string;
      next();
      const found = value();
      if (members.has(name) && doubles === "refuse") throw new Doubled(name);
      if (!(members.has(name) && doubles === "first")) members.set(name, found);
      if (tokens[at] === ",") at += 1;
    }
    at += 1;
    return { is: "object", members };
  };
  const list = (): Json => {
    const items: Json[] = [];
    while (tokens[at] !== "]") {
      items.push(value());
      if (tokens[at] === ",") at += 1;
    }
    at += 1;
    return { is: "list", items };
  };
  return value();
}

/** A member of an object; undefined where there is none, or it is no object. */
export function memberOf(json: Json | undefined, name: string): Json | undefined {
  return json?.is === "object" ? json.members.get(name) : undefined;
}

/** The text of a text. */
export function textOf(json: Json | undefined): string | undefined {
  return json?.is === "text" ? json.text : undefined;
}

/** A whole number that is written plainly. */
export function integerOf(json: Json | undefined): number | undefined {
  return json?.is === "number" && /^-?(0|[1-9][0-9]{0,14})$/.test(json.digits)
    ? Number(json.digits)
    : undefined;
}
