import { type Randomness, seeded } from "./randomness.js";

type Test = (character: string) => boolean;

const composed: Test = (c) => c.normalize("NFC") !== c || c.normalize("NFD") !== c;
const cased: Test = (c) => c.toLowerCase() !== c || c.toUpperCase() !== c;

/**
 * Characters of which something else than signing them as they are would make others: by class, where they stand within the
 * Basic Multilingual Plane and where beyond it, since what is right for the one may be wrong for the other. Which of a range
 * belong to the class, the Unicode of the running Node says.
 */
const CLASSES: readonly (readonly [test: Test, basic: string, beyond: string])[] = [
  // Composed or taken apart by NFC or NFD.
  [
    composed,
    "c0-17f 340-344 958-95f 1e00-1eff 212a-212b ac00-d7a3 f900-fad9 fb1d-fb4e",
    "2f800-2fa1d 1d15e-1d164 1109a-110ab 1112e-1112f 1134b-1134c 1d1bb-1d1c0",
  ],
  // Another character by NFKC alone.
  [
    (c) => !composed(c) && c.normalize("NFKC") !== c,
    "a8-be 2070-20a8 2100-214f 2460-24ff 3200-33ff fb00-fb06 ff01-ffe6",
    "1d400-1d7ff 1ee00-1eebb 1f100-1f251 1fbf0-1fbf9",
  ],
  [
    cased,
    "df-ff 130-131 370-58f 10a0-10c5 1e9e 2160-217f ff21-ff5a",
    "10400-1044f 104b0-104fb 118a0-118df 16e40-16e7f 1e900-1e943",
  ],
  // Not seen: marks of direction, joiners, selectors, tags.
  [
    (c) => /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}]/u.test(c),
    "ad 34f 61c 180b-180e 200b-200f 2028-202e 2060-206f fe00-fe0f",
    "e0100-e01ef e0020-e007f e0001 1bca0-1bca3 1d173-1d17a 110bd",
  ],
  // Digits, spaces and marks of other scripts.
  [
    (c) => /[\p{Nd}\p{Z}\p{M}]/u.test(c),
    "300-36f 5b0-5bd 660-669 966-96f e34-e3a e50-e59 1680 2000-200a 3000",
    "104a0-104a9 1d165-1d172 1d7ce-1d7ff 1e8d0-1e8d6 1e950-1e959",
  ],
  // Private ones, and those that are none.
  [
    (c) => /[\p{Co}\p{Noncharacter_Code_Point}]/u.test(c),
    "e000-f8ff fdd0-fdef fffe-ffff",
    "f0000-fffff 100000-10ffff 1fffe-1ffff 2fffe-2ffff efffe-effff 10fffe-10ffff",
  ],
  [
    (c) => !isChangeable(c),
    "e01-e2e 627-63a 3041-3096 4e00-9fff",
    "20000-2a6df 30000-3134a 1f300-1f64f 12000-12399 13000-1342f",
  ],
];

/** Sequences that stay what they are only as long as nothing is taken out, composed, or put into another order. */
const SEQUENCES: readonly string[] = [
  "👩🏽\u200d💻🇹🇭1\ufe0f\u20e3❤\ufe0f",
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}葛\u{e0100}",
  "a\u0323\u0307 a\u0307\u0323 \u0e01\u0e48\u0e34",
  "\u{11099}\u{110ba}\u{1d157}\u{1d165}\u1100\u1161",
  "ﷺ\u1e9eİıſς\u01c5",
  "x\u0085\u009f\x0b\x0c\x1bx",
];

const FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;

/** Whether normalising, folding case or taking out what is not seen makes another text of what is not ASCII in this one. */
export function isChangeable(text: string): boolean {
  const foreign = text.replace(/[\0-\x7f]/g, "");
  return (
    /[\p{Default_Ignorable_Code_Point}\p{C}\p{M}\p{Nd}\p{Z}]/u.test(foreign) ||
    FORMS.some((form) => text.normalize(form) !== text) ||
    [...foreign].some(cased)
  );
}

/** What is left of a text that was normalised, folded and stripped: the same for all that were one text before. */
export function folded(text: string): string {
  const taken = /[\p{Default_Ignorable_Code_Point}\p{C}\p{M}\p{Z}\ufffd]/gu;
  return text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(taken, "");
}

/**
 * Texts from every plane, one of each class of characters within the Basic Multilingual Plane and one beyond it, none longer
 * than 32 UTF-16 units. Which characters stand for a class, the seed chooses (SIG-004, SIG-006, REQ-006).
 */
export function unicodeTexts(seed: number): readonly string[] {
  const random = seeded(seed);
  const drawn = CLASSES.flatMap(([test, ...ranges]) => ranges.map((some) => drawnFrom(random, some, test)));
  return [...SEQUENCES, ...drawn];
}

/** The same where a text may be long: nine to a row of three, so that few calls show them all. */
export function longTexts(seed: number): readonly (readonly [string, string, string])[] {
  const texts = unicodeTexts(seed);
  const three = (at: number): string => texts.slice(at, at + 3).join(" ");
  const rows = Array.from({ length: Math.ceil(texts.length / 9) }, (_, i) => 9 * i);
  return rows.map((at) => [three(at), three(at + 3), three(at + 6)] as const);
}

/** Characters of a class, of every range in turn, between letters: what stands at the ends is trimmed for other reasons. */
function drawnFrom(random: Randomness, ranges: string, test: Test): string {
  const bounds = ranges.split(" ").map((range) => range.split("-").map((hex) => Number.parseInt(hex, 16)));
  let text = "x";
  for (let i = 0; text.length < 30 && i < 120; i += 1) {
    const [from = 0, to = from] = bounds[i % bounds.length] ?? [];
    const character = String.fromCodePoint(from + random.below(to - from + 1));
    if (test(character)) text += character;
  }
  return `${text}x`;
}
