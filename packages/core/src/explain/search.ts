import { equalBytes, toHex } from "../bytes.js";
import { SIGN } from "../params.js";
import { sentence } from "../sentence.js";
import { encodeUtf8, loneSurrogateAt } from "../utf8.js";
import { digestWith } from "./hashes.js";
import { type Mistake, mistake } from "./mistake.js";
import { smallChanges, usualChanges } from "./mistakes-changed.js";
import { ENCODING_MISTAKES } from "./mistakes-encoding.js";
import { FIELD_MISTAKES, leftOut } from "./mistakes-fields.js";
import { JOIN_MISTAKES } from "./mistakes-join.js";
import { ORDER_MISTAKES } from "./mistakes-order.js";
import { VALUE_MISTAKES } from "./mistakes-values.js";
import { NESTED_MISTAKES, WHOLE_MISTAKES } from "./mistakes-whole.js";
import { type Material, type Recipe, RIGHT, type Slot, textOf } from "./recipe.js";
import type { HashName } from "./recovered.js";

/** What a search found: the mistakes, in the order in which a signer makes them, and the text that fits. */
export interface Found {
  readonly mistakes: readonly Mistake[];
  readonly text: string;
}

/**
 * How much text a search writes before it gives up, in characters and a share for each field: all that a message of the
 * documented size asks for, about a second's work for a very long one, whose likelier mistakes come first.
 */
const MOST_CHARACTERS = 40_000_000;

/** Digest of a digest: some signers hash first and hand the hex text to a signing function that hashes again. */
const DIGEST_MISTAKES: readonly Mistake[] = [
  mistake(
    "hex_digest_signed",
    "SIG-007",
    "signs the hex text of the digest: it is hashed twice",
    "encode",
    (recipe) => ({
      encode: (text) => hexOfMd5(recipe, text, false),
    }),
  ),
  mistake(
    "hex_digest_signed_upper",
    "SIG-007",
    "signs the upper-case hex text of the digest",
    "encode",
    (recipe) => ({
      encode: (text) => hexOfMd5(recipe, text, true),
    }),
  ),
];

function hexOfMd5(recipe: Recipe, text: string, upper: boolean): Uint8Array | null {
  const bytes = bytesOf(recipe, text);
  const digest = bytes && digestWith("MD5", bytes);
  if (!digest) return null;
  return encodeUtf8(upper ? toHex(digest).toUpperCase() : toHex(digest));
}

/** Every named mistake, the likelier ones first. Each message adds the ones of leaving out its own fields. */
export const MISTAKES: readonly Mistake[] = [
  ...JOIN_MISTAKES,
  ...ORDER_MISTAKES,
  ...FIELD_MISTAKES,
  ...NESTED_MISTAKES,
  ...VALUE_MISTAKES,
  ...WHOLE_MISTAKES,
  ...ENCODING_MISTAKES,
  ...DIGEST_MISTAKES,
];

/** The order in which a signer does things; a pair of mistakes is named in it. */
const STAGES: readonly Slot[] = [
  "fields",
  "include",
  "value",
  "order",
  "equals",
  "joiner",
  "write",
  "finish",
  "encode",
];

/** Slots in which two mistakes can follow each other. */
const COMPOSABLE: readonly Slot[] = ["fields", "include", "value", "finish"];

/**
 * Searches the text whose digest a signature carries: each named mistake, each pair of them, each choice of fields left
 * out (SIG-001 to SIG-006); `quick` looks for one mistake alone. Null where nothing fits.
 */
export function searchText(
  material: Material,
  hash: HashName,
  digest: Uint8Array,
  quick = false,
): Found | null {
  const seen = new Set<string>();
  let left = MOST_CHARACTERS;
  const fits = (mistakes: readonly Mistake[]): Found | null => {
    const recipe = mistakes.reduce((made, one) => one.change(made, material), RIGHT);
    const text = textOf(recipe, material);
    left -= text.length + 20 * material.fields.length;
    const key = recipe.encode ? "" : text;
    if (key !== "" && seen.has(key)) return null;
    if (key !== "") seen.add(key);
    const bytes = bytesOf(recipe, text);
    const found = bytes && digestWith(hash, bytes);
    return found && equalBytes(found, digest) ? { mistakes, text } : null;
  };
  return firstOf(candidates(material, quick), fits, () => left > 0);
}

/**
 * The bytes that a signer, or a verifier, with each named mistake would take for this message; those that are the right
 * ones are left out. For finding out which mistake a client makes that only says "invalid".
 */
export function mistakenBytes(
  material: Material,
): readonly { readonly mistake: Mistake; readonly bytes: Uint8Array }[] {
  const right = textOf(RIGHT, material);
  const rightBytes = bytesOf(RIGHT, right);
  return MISTAKES.flatMap((mistake) => {
    const recipe = mistake.change(RIGHT, material);
    const text = textOf(recipe, material);
    const bytes = text === right && recipe.encode === null ? null : bytesOf(recipe, text);
    return bytes === null || (rightBytes && equalBytes(bytes, rightBytes)) ? [] : [{ mistake, bytes }];
  });
}

function bytesOf(recipe: Recipe, text: string): Uint8Array | null {
  if (recipe.encode) return recipe.encode(text);
  return loneSurrogateAt(text) < 0 ? encodeUtf8(text) : null;
}

function firstOf(
  lists: Iterable<readonly Mistake[]>,
  fits: (list: readonly Mistake[]) => Found | null,
  goesOn: () => boolean,
): Found | null {
  for (const list of lists) {
    if (!goesOn()) return null;
    const found = fits(list);
    if (found) return found;
  }
  return null;
}

/** Lists of mistakes to try, the simplest first; quickly, one mistake at a time. */
function* candidates(material: Material, quick: boolean): Generator<readonly Mistake[]> {
  yield [];
  for (const one of MISTAKES) yield [one];
  const omissions = leftOut(material);
  for (const one of omissions) yield [one];
  for (const one of usualChanges(material)) yield [one];
  if (quick) return;
  for (const [i, a] of MISTAKES.entries()) {
    for (const b of MISTAKES.slice(i + 1)) yield* inStages(a, b);
  }
  for (const omission of omissions) {
    for (const one of MISTAKES) yield* inStages(omission, one);
  }
  yield* subsets(material);
  for (const one of smallChanges(material)) yield [one];
}

function* inStages(a: Mistake, b: Mistake): Generator<readonly Mistake[]> {
  const difference = STAGES.indexOf(a.slot) - STAGES.indexOf(b.slot);
  if (difference !== 0) {
    yield difference < 0 ? [a, b] : [b, a];
    return;
  }
  if (!COMPOSABLE.includes(a.slot)) return;
  yield [a, b];
  yield [b, a];
}

/** At most this many fields: every choice of them is tried, 2^14 texts at the most. */
const MOST_FIELDS = 14;

/** Every choice of the fields, the large ones and the small ones alike (get_settlement_info signs three of four). */
function* subsets(material: Material): Generator<readonly Mistake[]> {
  const names = material.fields.map(({ name }) => name).filter((name) => name !== SIGN);
  if (names.length > MOST_FIELDS) return;
  for (let mask = 1; mask < 2 ** names.length - 1; mask += 1) {
    const kept = names.filter((_, i) => (mask >> i) & 1);
    const says = sentence("only", { fields: kept.join(", ") });
    yield [
      mistake(`only_${kept.join("_and_")}`, "SIG-001", says, "fields", () => ({
        fields: (fields) => fields.filter(({ name }) => kept.includes(name)),
      })),
    ];
  }
}
