import { toHex } from "../bytes.js";
import type { JsonNode } from "../json.js";
import { encodeUtf8, loneSurrogateAt } from "../utf8.js";
import { type Mistake, mistake } from "./mistake.js";
import type { Field, Recipe } from "./recipe.js";

/** A mistake in how each value is written; it builds on what the recipe did with the value before. */
const valued = (
  id: string,
  requirement: string,
  says: string,
  write: (text: string, field: Field) => string,
): Mistake =>
  mistake(id, requirement, says, "value", (recipe: Recipe) => ({
    value: (field) => write(recipe.value(field), field),
  }));

const percent = (text: string, keep: RegExp, space: string, upper: boolean): string => {
  // A field that the signature does not cover may hold it; such a text has no bytes to sign.
  if (loneSurrogateAt(text) >= 0) return text;
  let out = "";
  for (const byte of encodeUtf8(text)) {
    const letter = String.fromCharCode(byte);
    if (byte === 0x20) out += space;
    else if (byte < 0x80 && keep.test(letter)) out += letter;
    else out += `%${upper ? toHex(Uint8Array.of(byte)).toUpperCase() : toHex(Uint8Array.of(byte))}`;
  }
  return out;
};

const unpercent = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const URI = /[A-Za-z0-9\-_.!~*'()]/;
const RFC3986 = /[A-Za-z0-9\-_.~]/;
const FORM = /[A-Za-z0-9\-_.*]/;
const RESERVED = /[A-Za-z0-9;,/?:@&=+$#\-_.!~*'()]/;

const escaped = (text: string): string =>
  text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const isNumber = (node: JsonNode | undefined): node is JsonNode & { readonly kind: "number" } =>
  node?.kind === "number";
const amount = (name: string): boolean => /(^|_)(fee|amount)$/.test(name);
const digits = (text: string): boolean => /^-?\d+$/.test(text);

const AMOUNTS: readonly Mistake[] = [
  valued("amount_in_baht", "SIG-004", "writes the amount in baht, not in satang", (text, { name }) =>
    amount(name) && digits(text) ? String(Number(text) / 100) : text,
  ),
  valued(
    "amount_in_baht_two_places",
    "SIG-004",
    "writes the amount in baht with two decimal places",
    (text, { name }) => (amount(name) && digits(text) ? (Number(text) / 100).toFixed(2) : text),
  ),
  valued("amount_in_satang", "SIG-004", "writes the amount times a hundred", (text, { name }) =>
    amount(name) && /^-?\d+(\.\d+)?$/.test(text) ? String(Math.round(Number(text) * 100)) : text,
  ),
  valued("amount_as_float", "SIG-012", "writes the amount as a float", (text, { name }) =>
    amount(name) && digits(text) ? `${text}.0` : text,
  ),
  valued("amount_two_places", "SIG-012", "writes the amount with two decimal places", (text, { name }) =>
    amount(name) && digits(text) ? `${text}.00` : text,
  ),
];

const NUMBERS: readonly Mistake[] = [
  valued("numbers_as_float", "SIG-012", "writes whole numbers with .0", (text, { node }) =>
    isNumber(node) && digits(node.lexeme) ? `${text}.0` : text,
  ),
  valued(
    "numbers_parsed",
    "SIG-012",
    "parses numbers and writes them again: the lexeme is lost",
    (text, { node }) => (isNumber(node) ? String(Number(node.lexeme)) : text),
  ),
  valued("numbers_as_integer", "SIG-012", "cuts numbers to integers", (text, { node }) =>
    isNumber(node) ? String(Math.trunc(Number(node.lexeme))) : text,
  ),
  valued("numbers_in_exponent_form", "SIG-012", "writes numbers with an exponent", (text, { node }) =>
    isNumber(node) ? Number(node.lexeme).toExponential().replace("e+", "E") : text,
  ),
  valued("numbers_grouped", "SIG-012", "groups the digits of numbers in thousands", (text, { node }) =>
    isNumber(node) && digits(node.lexeme) ? text.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : text,
  ),
];

const literal = (id: string, word: string, yes: string, no: string, says: string): Mistake =>
  valued(id, "SIG-011", says, (text, { node }) => {
    if (node ? node.kind === "true" : text === "true") return yes;
    if (node ? node.kind === "false" : text === "false") return no;
    return word === "" || node?.kind !== "null" ? text : word;
  });

const TYPES: readonly Mistake[] = [
  literal(
    "booleans_capitalised",
    "None",
    "True",
    "False",
    "writes True and False for true and false (Python)",
  ),
  literal("booleans_as_digits", "", "1", "0", "writes 1 and 0 for true and false"),
  literal("booleans_php", "", "1", "", "writes 1 and nothing for true and false (PHP)"),
  valued("null_as_none", "SIG-011", "writes None for null", (text, { node }) =>
    node?.kind === "null" ? "None" : text,
  ),
  valued("null_as_empty", "SIG-011", "writes nothing for null", (text, { node }) =>
    node?.kind === "null" ? "" : text,
  ),
  valued("strings_quoted", "SIG-004", "writes strings with their JSON quotes", (text, { node }) =>
    node === undefined || node.kind === "string" ? JSON.stringify(text) : text,
  ),
];

const STAMPS: readonly Mistake[] = [
  valued(
    "time_stamp_in_milliseconds",
    "REQ-007",
    "signs the time stamp as milliseconds since 1970",
    (text, { name }) => (name === "time_stamp" ? toMilliseconds(text, 1) : text),
  ),
  valued(
    "time_stamp_in_seconds",
    "REQ-007",
    "signs the time stamp as seconds since 1970",
    (text, { name }) => (name === "time_stamp" ? toMilliseconds(text, 1000) : text),
  ),
  valued(
    "time_stamp_as_date",
    "REQ-007",
    "signs the time stamp as yyyyMMddHHmmss, sends another form",
    (text, { name }) => (name === "time_stamp" ? toStamp(text) : text),
  ),
  valued("time_stamp_as_iso", "REQ-007", "signs the time stamp in ISO 8601", (text, { name }) =>
    name === "time_stamp"
      ? toStamp(text).replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6Z")
      : text,
  ),
  valued(
    "time_stamp_with_s",
    "REQ-007",
    "signs the documented example's time stamp: seconds twice and an S",
    (text, { name }) => (name === "time_stamp" ? text.replace(/^(\d{12})(\d\d)$/, "$1$2$2S") : text),
  ),
];

/** Wrong ways to write a value (SIG-004, SIG-011, SIG-012). */
export const VALUE_MISTAKES: readonly Mistake[] = [
  valued("values_percent_encoded", "SIG-004", "percent-encodes the values", (text) =>
    percent(text, URI, "%20", true),
  ),
  valued("values_percent_encoded_rfc3986", "SIG-004", "percent-encodes the values as RFC 3986 does", (text) =>
    percent(text, RFC3986, "%20", true),
  ),
  valued("values_form_encoded", "SIG-004", "form-encodes the values: space becomes +", (text) =>
    percent(text, FORM, "+", true),
  ),
  valued("values_form_encoded_lower", "SIG-004", "form-encodes the values with lower-case escapes", (text) =>
    percent(text, FORM, "+", false),
  ),
  valued(
    "values_percent_encoded_lower",
    "SIG-004",
    "percent-encodes the values with lower-case escapes",
    (text) => percent(text, RFC3986, "%20", false),
  ),
  valued("values_uri_encoded", "SIG-004", "percent-encodes the values as a whole URI (encodeURI)", (text) =>
    percent(text, RESERVED, "%20", true),
  ),
  valued("non_ascii_percent_encoded", "SIG-004", "percent-encodes what is not ASCII", (text) =>
    percent(text, /[\x00-\x7f]/, " ", true),
  ),
  valued("values_decoded", "SIG-004", "percent-decodes the values before it signs", unpercent),
  valued("plus_as_space", "SIG-004", "takes + in a value for a space", (text) => text.replace(/\+/g, " ")),
  valued("space_as_plus", "SIG-004", "writes spaces as +", (text) => text.replace(/ /g, "+")),
  valued("values_trimmed", "SIG-004", "trims the values", (text) => text.trim()),
  valued("spaces_collapsed", "SIG-004", "makes one space of several", (text) => text.replace(/\s+/g, " ")),
  valued("spaces_removed", "SIG-004", "removes white space from the values", (text) =>
    text.replace(/\s/g, ""),
  ),
  valued("crlf_as_lf", "SIG-004", "changes CR LF to LF", (text) => text.replace(/\r\n?/g, "\n")),
  valued("lf_as_crlf", "SIG-004", "changes LF to CR LF", (text) => text.replace(/\r?\n/g, "\r\n")),
  valued("values_upper_cased", "SIG-004", "changes the values to upper case", (text) => text.toUpperCase()),
  valued("values_lower_cased", "SIG-004", "changes the values to lower case", (text) => text.toLowerCase()),
  valued("values_nfc", "SIG-004", "normalises the values (NFC)", (text) => text.normalize("NFC")),
  valued("values_nfd", "SIG-004", "normalises the values (NFD)", (text) => text.normalize("NFD")),
  valued("values_nfkc", "SIG-004", "normalises the values (NFKC)", (text) => text.normalize("NFKC")),
  valued("values_unicode_escaped", "SIG-006", "writes non-ASCII characters as \\uXXXX", escaped),
  valued("values_html_escaped", "SIG-004", "escapes & < > and quotes for HTML", (text) =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"),
  ),
  valued("slashes_escaped", "SIG-004", "writes / as \\/", (text) => text.replace(/\//g, "\\/")),
  valued("backslashes_added", "SIG-004", "puts backslashes before quotes", (text) =>
    text.replace(/[\\'"]/g, "\\$&"),
  ),
  valued("leading_zeros_dropped", "SIG-004", "drops leading zeros of values", (text) =>
    /^0+\d+$/.test(text) ? text.replace(/^0+/, "") : text,
  ),
  valued(
    "values_cut_at_nul",
    "SIG-004",
    "ends a value at its first NUL",
    (text) => text.split("\0")[0] ?? "",
  ),
  valued("non_ascii_removed", "SIG-006", "leaves out what is not ASCII", (text) =>
    text.replace(/[^\x00-\x7f]/g, ""),
  ),
  valued("astral_as_question_mark", "SIG-006", "writes ? for characters beyond U+FFFF", (text) =>
    text.replace(/[\u{10000}-\u{10ffff}]/gu, "?"),
  ),
  valued("non_ascii_as_question_mark", "SIG-006", "writes ? for what is not ASCII", (text) =>
    text.replace(/[^\x00-\x7f]/gu, "?"),
  ),
  ...NUMBERS,
  ...AMOUNTS,
  ...TYPES,
  ...STAMPS,
];

function toMilliseconds(stamp: string, divisor: number): string {
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(stamp);
  if (!found) return /^\d{13}$/.test(stamp) && divisor === 1000 ? stamp.slice(0, 10) : stamp;
  const [, year, month, day, hour, minute, second] = found.map(Number);
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return String(at / divisor);
}

function toStamp(text: string): string {
  if (!/^1\d{9}(\d{3})?$/.test(text)) return text;
  const at = Number(text) * (text.length === 10 ? 1000 : 1);
  return new Date(at).toISOString().replace(/\D/g, "").slice(0, 14);
}
