import { type Randomness, seeded } from "./randomness.js";
import { isChangeable, longTexts } from "./unicode-samples.js";

/**
 * Texts that clients stumble over, each for a reason; a letter that nothing would change shows that not all that is not ASCII
 * is gone. Every run uses all of them, with a slow client the first at least.
 */
export const TEXTS: readonly string[] = [
  "plain",
  " leading and trailing ",
  "0001234500",
  "a+b",
  "%41%20%2B",
  "a&b=c",
  "MiXeD cAsE",
  "tab\tand\r\nline ends\n",
  "测试订单",
  "😀🎫",
  "字 e\u0301 decomposed",
  "ชำระเงิน๑๒๓",
  "😀🏴‍☠️",
  "0",
  "a  b",
  "100%",
  "x=y",
  "~!*'()-._",
  "\"quoted\" 'single'",
  "<b>&amp;</b>",
  "a/b\\c?d#e",
  "12345678901234567890",
  "1e3",
  "1.50",
  "true",
  "null",
  "café",
  "ﬁ ²",
  "مرحبا",
  "\u202e字 RTL\u200bZWSP",
  "𠀀𝒳\u{10FFFD}",
  "\ufffd\uffff",
  "\u00a0nbsp 字\u3000",
  "C:\\\\new\\\\table \\n\\u0041 \\\\",
  "one\nline feed",
  "one\rcarriage return",
  "字 zero\ufeffwidth\u2060soft\u00adhyphen",
  "\ufeffมาร์ค",
];

/** The first texts, one of each kind: no two are mistaken for the same reason. */
export const TELLING: ReadonlySet<string> = new Set(TEXTS.slice(0, 13));

/** A text of so many characters at most, from all planes of Unicode, with what needs escaping well represented. */
export function randomText(random: Randomness, most: number): string {
  const length = 1 + random.below(most);
  let text = "";
  for (let i = 0; i < length; i += 1) text += String.fromCodePoint(randomPoint(random));
  return text;
}

/** A name within the Basic Multilingual Plane: names beyond it are a sample of their own (SIG-013). */
function randomName(random: Randomness): string {
  return [...randomText(random, 6)].filter((character) => character.length === 1).join("") || "name";
}

function randomPoint(random: Randomness): number {
  const range = RANGES[random.below(RANGES.length)] ?? [0x20, 0x7e];
  return range[0] + random.below(range[1] - range[0] + 1);
}

const RANGES: readonly (readonly [number, number])[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0x20, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x5c, 0x5c],
  [0x7b, 0x7e],
  [0xa0, 0xff],
  [0x100, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x3ff],
  [0xe01, 0xe3a],
  [0x1100, 0x11ff],
  [0x200b, 0x206f],
  [0x4e00, 0x9fff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xff01, 0xff60],
  [0x1f300, 0x1f6ff],
  [0x20000, 0x2a6df],
  [0x100000, 0x10fffd],
];

/** Order numbers: every text that fits into 32 characters, borders of the length, and random ones. */
export function orderNumbers(seed: number, randomOnes: number): readonly string[] {
  const random = seeded(seed);
  const fixed = [...TEXTS, "x", "9".repeat(32), `${"é".repeat(31)}ก`].filter(
    (text) => [...text].length <= 32,
  );
  return [...fixed, ...Array.from({ length: randomOnes }, () => unitsWithin(randomText(random, 32), 32))];
}

/** So much of a text as fits into so many UTF-16 units: what a character is, languages count differently. */
function unitsWithin(text: string, most: number): string {
  let kept = "";
  for (const character of text) if (kept.length + character.length <= most) kept += character;
  return kept;
}

/** Maps of params for canonicalize and sign: orders of names, empties, borders, and random ones. */
export function paramMaps(
  seed: number,
  randomOnes: number,
): readonly (readonly [why: string, params: Readonly<Record<string, string>>])[] {
  const random = seeded(seed);
  const base = { appid: "mch35005", mch_order_no: "A1", nonce_str: "9f8e7d", time_stamp: "20261124112030" };
  const made: (readonly [string, Record<string, string>])[] = [
    ["SIG-001", base],
    ["SIG-001", { ...base, sign: "abcdef", sign_type: "x" }],
    ["SIG-001", { ...base, Sign: "1", SIGN: "2", signature: "3", sign_: "4", design: "5" }],
    ["SIG-005", { ...base, attach: "", lang: "" }],
    ["SIG-002", { b: "2", a: "1", C: "3", _: "4", "0": "5" }],
    ["SIG-002", { a: "1", a1: "2", "a-b": "3", "a.b": "4", a_b: "5", aB: "6" }],
    ["SIG-002", { Zebra: "1", apple: "2", Apple: "3", zebra: "4" }],
    ["SIG-013", { "\ufffd": "1", "😀": "2", "\ue000": "3", z: "4" }],
    ["SIG-002", { a10: "1", a9: "2", a: "3" }],
    ["SIG-002", { "10": "1", "9": "2", "1e1": "3", a: "4" }],
    ["SIG-002", { é: "1", f: "2", e: "3", "e\u0301": "4" }],
    ["SIG-002", { constructor: "1", toString: "2", hasOwnProperty: "3" }],
    ...TEXTS.map((text) => ["SIG-004", { ...base, attach: text }] as const),
    ...longTexts(seed).map(
      ([attach, channel, openid]) => ["SIG-004", { ...base, attach, channel, openid }] as const,
    ),
  ];
  for (let i = 0; i < randomOnes; i += 1) {
    // Beside a plain pair: of an empty value alone, nobody can tell a left-out pair from a left-out name.
    const params: Record<string, string> = { appid: base.appid };
    const count = 1 + random.below(8);
    for (let k = 0; k < count; k += 1)
      params[randomName(random)] = random.below(5) === 0 ? "" : randomText(random, 24);
    made.push(["SIG-004", params]);
  }
  return made.map(([why, params]) => [
    why === "SIG-004" ? shownBy(Object.values(params).join("")) : why,
    params,
  ]);
}

/** What a text shows above all: that it is signed in UTF-8, or, where normalising or the like would show, as it is. */
export function shownBy(text: string): string {
  return /[^\0-\x7f]/.test(text) && !isChangeable(text) ? "SIG-006" : "SIG-004";
}
