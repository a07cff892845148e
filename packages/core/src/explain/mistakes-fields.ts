import { SIGN } from "../params.js";
import { type Sentence, sentence } from "../sentence.js";
import { type Mistake, mistake } from "./mistake.js";
import type { Field, Material } from "./recipe.js";

type Fields = readonly Field[];

const chosen = (
  id: string,
  requirement: string,
  says: string | Sentence,
  choose: (fields: Fields, material: Material) => Fields,
): Mistake =>
  mistake(id, requirement, says, "fields", (recipe) => ({
    fields: (fields, material) => choose(recipe.fields(fields, material), material),
  }));

const added = (name: string, value: string): Mistake => {
  const id = `extra_${name}_${value}`.replace(/[^a-z0-9_]+/gi, "_").replace(/_$/, "_empty");
  const says = sentence("extra_field", { field: name, value });
  return mistake(id, "SIG-001", says, "include", (recipe) => ({
    fields: (fields, material) => {
      const chosen = recipe.fields(fields, material);
      return chosen.some((f) => f.name === name) ? chosen : [...chosen, { name, value }];
    },
  }));
};

/** The envelope's members beside data and its signature. */
const others = (envelope: Fields): Fields => envelope.filter(({ name }) => name !== SIGN && name !== "data");

/** Fields that some version of an SDK, a plugin or another endpoint adds. */
const EXTRA: readonly (readonly [string, string])[] = [
  ["version", "3.0.0"],
  ["version", "2.0.0"],
  ["version", "1.0.0"],
  ["lang", "en"],
  ["lang", "cn"],
  ["lang", "th"],
  ["lang", ""],
  ["sign", ""],
  ["sign_type", "RSA"],
  ["sign_type", "MD5"],
  ["signType", "RSA"],
  ["fee_type", "THB"],
  ["operator_id", ""],
  ["attach", ""],
  ["device", "PC"],
  ["device", "H5"],
  ["channel", ""],
  ["ksher_order_no", ""],
  ["ksher-sign-version", "V2"],
];

/** Wrong choices of what is signed (SIG-001, SIG-005, QRY-001, QRY-004). */
export const FIELD_MISTAKES: readonly Mistake[] = [
  chosen("empty_values_dropped", "SIG-005", "leaves out the fields whose value is empty", (fields) =>
    fields.filter(({ value }) => value !== ""),
  ),
  chosen(
    "blank_values_dropped",
    "SIG-005",
    "leaves out the fields whose value is empty or white space",
    (fields) => fields.filter(({ value }) => value.trim() !== ""),
  ),
  chosen(
    "falsy_values_dropped",
    "SIG-005",
    "leaves out the fields whose value is empty, 0, false or null",
    (fields) => fields.filter(({ value }) => value !== "" && !["0", "false", "null"].includes(value)),
  ),
  mistake("sign_included", "SIG-001", "signs the field sign too", "fields", (recipe) => ({
    fields: (fields, material) => withSign(fields, recipe.fields(fields, material), material.signature),
  })),
  chosen(
    "envelope_merged",
    "QRY-001",
    "signs the envelope's members together with those of data",
    (fields, material) => [...fields, ...others(material.envelope ?? [])],
  ),
  chosen(
    "envelope_instead_of_data",
    "QRY-001",
    "signs the envelope's members, with data as JSON",
    (fields, material) =>
      material.envelope === undefined || material.dataText === undefined
        ? fields
        : [...others(material.envelope), { name: "data", value: material.dataText }],
  ),
  chosen(
    "envelope_without_data",
    "QRY-001",
    "signs the envelope's members and leaves data out",
    (fields, material) => (material.envelope === undefined ? fields : others(material.envelope)),
  ),
  chosen("nested_values_dropped", "SIG-011", "leaves out nested values", (fields) =>
    fields.filter(({ node }) => node?.kind !== "object" && node?.kind !== "array"),
  ),
  chosen("names_lower_cased", "SIG-004", "changes the names to lower case", (fields) =>
    fields.map((f) => ({ ...f, name: f.name.toLowerCase() })),
  ),
  chosen("names_upper_cased", "SIG-004", "changes the names to upper case", (fields) =>
    fields.map((f) => ({ ...f, name: f.name.toUpperCase() })),
  ),
  chosen("names_camel_cased", "SIG-004", "writes the names in camelCase", (fields) =>
    fields.map((f) => ({
      ...f,
      name: f.name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    })),
  ),
  chosen("order_number_left_out", "SIG-001", "leaves mch_order_no out of what is signed", (fields) =>
    fields.filter(({ name }) => name !== "mch_order_no"),
  ),
  ...EXTRA.map(([name, value]) => added(name, value)),
];

/** Puts `sign` back among the chosen fields, where it stood. */
function withSign(all: Fields, chosen: Fields, signature: string): Fields {
  const at = all.findIndex(({ name }) => name === SIGN);
  const sign = all[at] ?? { name: SIGN, value: signature };
  const before = new Set(all.slice(0, Math.max(at, 0)).map(({ name }) => name));
  return at < 0
    ? [...chosen, sign]
    : [...chosen.filter((f) => before.has(f.name)), sign, ...chosen.filter((f) => !before.has(f.name))];
}

/** Every mistake that leaves out one or two of the fields that are there (SIG-001). */
export function leftOut(material: Material): readonly Mistake[] {
  const names = material.fields.map(({ name }) => name).filter((name) => name !== SIGN);
  const made: Mistake[] = [];
  const drop = (says: Sentence, ...dropped: readonly string[]): void => {
    made.push(
      chosen(`left_out_${dropped.join("_and_")}`, "SIG-001", says, (fields) =>
        fields.filter(({ name }) => !dropped.includes(name)),
      ),
    );
  };
  for (const name of names) drop(sentence("left_out", { field: name }), name);
  names.forEach((first, i) => {
    for (const second of names.slice(i + 1)) drop(sentence("left_out_two", { first, second }), first, second);
  });
  return made;
}
