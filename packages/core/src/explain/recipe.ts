import { compareBytes } from "../canonical.js";
import type { JsonNode } from "../json.js";
import { SIGN } from "../params.js";

/** One field as a client may have seen it: its text, and the JSON node that it came from where there was one. */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly node?: JsonNode;
}

/** All that is known of a message: the material that a wrong text can have been made from. */
export interface Material {
  /** Every field in the order in which it came, `sign` included where it came with the params. */
  readonly fields: readonly Field[];
  /** The raw text of the body (JSON or form) where there is one. */
  readonly body?: string;
  /** The raw text of `data` where the message is an envelope. */
  readonly dataText?: string;
  /** The envelope's other members, as fields (code, msg, message, ...). */
  readonly envelope?: readonly Field[];
  readonly signature: string;
}

/** How a text is made from the material. The right recipe is {@link RIGHT}; a mistake changes one slot of it. */
export interface Recipe {
  /** Chooses and changes the fields. */
  readonly fields: (fields: readonly Field[], material: Material) => readonly Field[];
  readonly value: (field: Field) => string;
  readonly order: (a: Field, b: Field) => number;
  readonly equals: string;
  readonly joiner: string;
  /** Writes the ordered fields as a text. */
  readonly write: (fields: readonly Field[], recipe: Recipe, material: Material) => string;
  /** What happens to the whole text. */
  readonly finish: (text: string) => string;
  /** Turns the text into bytes; null where it can't. */
  readonly encode: ((text: string) => Uint8Array | null) | null;
}

/** The slot of a recipe that a mistake changes; two mistakes combine where their slots differ. */
export type Slot = keyof Recipe | "include";

/** The documented recipe (SIG-001 to SIG-006). */
export const RIGHT: Recipe = {
  fields: (fields) => fields.filter(({ name }) => name !== SIGN),
  value: ({ value }) => value,
  order: (a, b) => compareBytes(a.name, b.name),
  equals: "=",
  joiner: "",
  write: (fields, recipe) => fields.map((f) => f.name + recipe.equals + recipe.value(f)).join(recipe.joiner),
  finish: (text) => text,
  encode: null,
};

/** Follows a recipe. */
export function textOf(recipe: Recipe, material: Material): string {
  const fields = [...recipe.fields(material.fields, material)].sort(recipe.order);
  return recipe.finish(recipe.write(fields, recipe, material));
}
