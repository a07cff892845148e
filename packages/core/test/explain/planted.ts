import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { type NamedKey, readPublicKey } from "../../src/index.js";

/** A fresh key pair: node's for signing, ours for explaining. */
export function newKey(
  name: string,
  bits: number,
): { readonly named: NamedKey; readonly privateKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { named: { name, key: readPublicKey(pem) }, privateKey };
}

export function signWith(privateKey: KeyObject, text: string | Uint8Array, hash = "RSA-MD5"): string {
  return createSign(hash).update(text).sign(privateKey, "hex");
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** A cancel request that shows every mistake: mixed case, empty, spaces, non-ASCII, prefix names, amounts. */
export const REQUEST: Readonly<Record<string, string>> = {
  time_stamp: "20261124112030",
  mch_order_no: "00A b+c&d=é%20",
  appid: "mch35005",
  nonce_str: " 9f8E7d/6c5b4a39 ",
  lang: "",
  Zone: "ก測試😀",
  total_fee: "2000",
  a: "1",
  a1: "2",
  cash: "true",
};

type Pairs = readonly (readonly [string, string])[];
const units = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const all: Pairs = Object.entries(REQUEST);
const sorted: Pairs = [...all].sort((a, b) => units(a[0], b[0]));
const join = (pairs: Pairs, joiner = "", equals = "="): string =>
  pairs.map(([n, v]) => n + equals + v).join(joiner);
const map = (f: (value: string, name: string) => string): Pairs => sorted.map(([n, v]) => [n, f(v, n)]);
const without = (...names: string[]): Pairs => sorted.filter(([n]) => !names.includes(n));
const withExtra = (name: string, value: string): Pairs =>
  [...sorted, [name, value] as const].sort((a, b) => units(a[0], b[0]));
const uri = (v: string): string => encodeURIComponent(v);
const form = (v: string): string => new URLSearchParams({ x: v }).toString().slice(2);
const unicodeEscape = (v: string): string =>
  v.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
const drop = (pairs: Pairs): Pairs => pairs.filter(([, v]) => v !== "");
const cased = [...all].sort((a, b) => units(a[0].toLowerCase(), b[0].toLowerCase()));
const byPair = [...all].sort((a, b) => units(a.join("="), b.join("=")));

/** Mistakes planted one by one: the ids that must be named, and the text that a signer with the mistake signs. */
export const SINGLES: readonly (readonly [ids: readonly string[], text: string])[] = [
  [["joined_with_ampersand"], join(sorted, "&")],
  [["joined_with_comma"], join(sorted, ",")],
  [["joined_with_newline"], join(sorted, "\n")],
  [["joined_with_space"], join(sorted, " ")],
  [["joined_with_bar"], join(sorted, "|")],
  [["joined_with_semicolon"], join(sorted, ";")],
  [["no_equals"], join(sorted, "", "")],
  [["colon_for_equals"], join(sorted, "", ":")],
  [["values_only"], sorted.map(([, v]) => v).join("")],
  [["trailing_newline"], `${join(sorted)}\n`],
  [["trailing_ampersand"], `${join(sorted)}&`],
  [["leading_question_mark"], `?${join(sorted)}`],
  [["text_upper_cased"], join(sorted).toUpperCase()],
  [["text_lower_cased"], join(sorted).toLowerCase()],
  [["keys_not_sorted"], join(all)],
  [["sorted_case_insensitively"], join(cased)],
  [["sorted_by_pair"], join(byPair)],
  [["sorted_backwards"], join([...sorted].reverse())],
  [["empty_values_dropped"], join(drop(sorted))],
  [
    ["names_upper_cased"],
    join(sorted.map(([n, v]) => [n.toUpperCase(), v] as const).sort((a, b) => units(a[0], b[0]))),
  ],
  [["order_number_left_out"], join(without("mch_order_no"))],
  [["left_out_nonce_str"], join(without("nonce_str"))],
  [["left_out_time_stamp_and_lang", "left_out_lang_and_time_stamp"], join(without("time_stamp", "lang"))],
  [["extra_version_3_0_0"], join(withExtra("version", "3.0.0"))],
  [["extra_sign_type_RSA"], join(withExtra("sign_type", "RSA"))],
  [["values_percent_encoded"], join(map(uri))],
  [["values_form_encoded"], join(map(form))],
  [["values_percent_encoded_lower"], join(map((v) => uri(v).replace(/%../g, (c) => c.toLowerCase())))],
  [["plus_as_space"], join(map((v) => v.replace(/\+/g, " ")))],
  [["space_as_plus"], join(map((v) => v.replace(/ /g, "+")))],
  [["values_trimmed"], join(map((v) => v.trim()))],
  [["spaces_removed"], join(map((v) => v.replace(/\s/g, "")))],
  [["values_upper_cased"], join(map((v) => v.toUpperCase()))],
  [["values_lower_cased"], join(map((v) => v.toLowerCase()))],
  [["values_nfd"], join(map((v) => v.normalize("NFD")))],
  [["values_unicode_escaped"], join(map(unicodeEscape))],
  [["values_html_escaped"], join(map((v) => v.replace(/&/g, "&amp;")))],
  [["slashes_escaped"], join(map((v) => v.replace(/\//g, "\\/")))],
  [["booleans_capitalised"], join(map((v) => (v === "true" ? "True" : v)))],
  [["booleans_as_digits"], join(map((v) => (v === "true" ? "1" : v)))],
  [["amount_as_float"], join(map((v, n) => (n === "total_fee" ? "2000.0" : v)))],
  [["amount_in_baht"], join(map((v, n) => (n === "total_fee" ? "20" : v)))],
  [["amount_in_baht_two_places"], join(map((v, n) => (n === "total_fee" ? "20.00" : v)))],
  [
    ["time_stamp_in_milliseconds"],
    join(map((v, n) => (n === "time_stamp" ? String(Date.UTC(2026, 10, 24, 11, 20, 30)) : v))),
  ],
  [["time_stamp_with_s"], join(map((v, n) => (n === "time_stamp" ? "2026112411203030S" : v)))],
  [["json_signed"], JSON.stringify(Object.fromEntries(sorted))],
  [["hex_digest_signed"], md5(join(sorted))],
  [["values_decoded"], join(map((v) => decodeURIComponent(v)))],
];

/** Pairs of mistakes; every id must be named. */
export const PAIRS: readonly (readonly [ids: readonly string[], text: string])[] = [
  [["empty_values_dropped", "joined_with_ampersand"], join(drop(sorted), "&")],
  [["keys_not_sorted", "joined_with_ampersand"], join(all, "&")],
  [["values_form_encoded", "joined_with_ampersand"], join(map(form), "&")],
  [["values_percent_encoded", "joined_with_ampersand"], join(map(uri), "&")],
  [["sorted_case_insensitively", "joined_with_ampersand"], join(cased, "&")],
  [["sorted_by_pair", "joined_with_ampersand"], join(byPair, "&")],
  [["joined_with_ampersand", "text_upper_cased"], join(sorted, "&").toUpperCase()],
  [["joined_with_ampersand", "trailing_newline"], `${join(sorted, "&")}\n`],
  [["empty_values_dropped", "values_trimmed"], join(drop(map((v) => v.trim())))],
  [["values_trimmed", "values_lower_cased"], join(map((v) => v.trim().toLowerCase()))],
  [["empty_values_dropped", "extra_version_3_0_0"], join(drop(withExtra("version", "3.0.0")))],
  [["order_number_left_out", "joined_with_ampersand"], join(without("mch_order_no"), "&")],
  [["left_out_nonce_str", "joined_with_ampersand"], join(without("nonce_str"), "&")],
  [["keys_not_sorted", "values_only"], all.map(([, v]) => v).join("")],
  [["empty_values_dropped", "keys_not_sorted"], join(drop(all))],
  [
    ["booleans_capitalised", "joined_with_ampersand"],
    join(
      map((v) => (v === "true" ? "True" : v)),
      "&",
    ),
  ],
];
