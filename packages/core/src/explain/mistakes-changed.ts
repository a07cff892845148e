import { QUERY_RESULTS } from "@ksherproof/spec";
import { SIGN } from "../params.js";
import { sentence } from "../sentence.js";
import { type Mistake, mistake } from "./mistake.js";
import type { Field, Material } from "./recipe.js";

/** Values that a field of this name often has: where one of them was signed, the value was changed afterwards. */
const USUAL: ReadonlyMap<string, readonly string[]> = new Map([
  ["result", QUERY_RESULTS.map(({ result }) => result)],
  ["fee_type", ["THB", "CNY", "USD", "EUR"]],
]);

/** A value that is not the one that was signed (SIG-004, QRY-003). */
function changed({ name, value }: Field, signed: string): Mistake {
  const terms = { field: name, signed: JSON.stringify(signed), found: JSON.stringify(value) };
  const says = sentence("changed", terms);
  return mistake(`changed_${name}`, "SIG-004", says, "fields", (recipe) => ({
    fields: (fields, material) =>
      recipe.fields(fields, material).map((one) => (one.name === name ? { name, value: signed } : one)),
  }));
}

const changeable = ({ fields }: Material): readonly Field[] => fields.filter(({ name }) => name !== SIGN);

/** Fields with a usual value, or an empty one, in place of what the message has. */
export function* usualChanges(material: Material): Generator<Mistake> {
  for (const field of changeable(material)) {
    for (const signed of [...(USUAL.get(field.name) ?? []), ""]) {
      if (signed !== field.value) yield changed(field, signed);
    }
  }
}

/** Longer values are left alone: the number of candidates grows with the length. */
const LONGEST = 64;
const LETTERS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

/** Fields of which one character was changed, added or dropped after signing: what a tampered or mistyped message has. */
export function* smallChanges(material: Material): Generator<Mistake> {
  for (const field of changeable(material)) {
    const characters = [...field.value];
    if (characters.length > LONGEST) continue;
    const spliced = (at: number, drop: number, ...put: readonly string[]): string =>
      characters.toSpliced(at, drop, ...put).join("");
    for (let at = 0; at < characters.length; at += 1) {
      yield changed(field, spliced(at, 1));
      for (const letter of LETTERS)
        if (letter !== characters[at]) yield changed(field, spliced(at, 1, letter));
    }
    for (let at = 0; at <= characters.length; at += 1) {
      for (const letter of LETTERS) yield changed(field, spliced(at, 0, letter));
    }
  }
}
