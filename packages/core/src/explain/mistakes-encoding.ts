import { type Mistake, mistake } from "./mistake.js";

// TextDecoder knows the legacy encodings of the web; it is turned round here, so that no table need be shipped.
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Every character of a one- or two-byte encoding with its bytes; empty where the platform does not know it. */
function tableOf(label: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(label);
  if (known) return known;
  const table = new Map<string, readonly number[]>();
  try {
    const decoder = new TextDecoder(label);
    const learn = (bytes: readonly number[]): void => {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && text !== "\uFFFD" && !table.has(text)) table.set(text, bytes);
    };
    for (let first = 0; first < 256; first += 1) learn([first]);
    for (let first = 0x81; first < 0xff; first += 1) {
      for (let second = 0x40; second < 0xff; second += 1) learn([first, second]);
    }
  } catch {
    table.clear();
  }
  tables.set(label, table);
  return table;
}

function encodeWith(label: string, text: string): Uint8Array | null {
  const table = tableOf(label);
  const bytes: number[] = [];
  for (const character of text) {
    const found = table.get(character);
    if (!found) return null;
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
}

const legacy = (id: string, label: string, name: string): Mistake =>
  mistake(id, "SIG-006", `signs the text's ${name} bytes, not its UTF-8`, "encode", () => ({
    encode: (text) => encodeWith(label, text),
  }));

/** Windows-1252's 0x80 to 0x9f, of its own: Node 20's TextDecoder takes them for Latin-1. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function windows1252(text: string): Uint8Array | null {
  const bytes = [...text].map((c) => {
    const at = WINDOWS_1252.indexOf(c);
    return at >= 0 ? 0x80 + at : c <= "\x7f" || (c >= "\xa0" && c <= "\xff") ? c.charCodeAt(0) : -1;
  });
  return bytes.includes(-1) ? null : Uint8Array.from(bytes);
}

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = little ? unit & 0xff : unit >> 8;
    bytes[2 * i + 1] = little ? unit >> 8 : unit & 0xff;
  }
  return bytes;
}

/** Wrong bytes of the right text (SIG-006). */
export const ENCODING_MISTAKES: readonly Mistake[] = [
  // What Latin-1 does not have is a question mark in Java, and with errors="replace" in Python.
  mistake("signed_as_latin1", "SIG-006", "signs the text's Latin-1 bytes, not its UTF-8", "encode", () => ({
    encode: (text) =>
      Uint8Array.from([...text], (c) => (c.length === 1 && c <= "\xff" ? c.charCodeAt(0) : 63)),
  })),
  mistake("signed_as_low_bytes", "SIG-006", "signs the low byte of each UTF-16 unit", "encode", () => ({
    encode: (text) => Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i) & 0xff),
  })),
  mistake("signed_as_ascii", "SIG-006", "signs the text's ASCII bytes, ? for the rest", "encode", () => ({
    encode: (text) =>
      Uint8Array.from({ length: text.length }, (_, i) =>
        text.charCodeAt(i) < 128 ? text.charCodeAt(i) : 63,
      ),
  })),
  legacy("signed_as_gbk", "gbk", "GBK"),
  legacy("signed_as_big5", "big5", "Big5"),
  legacy("signed_as_windows_874", "windows-874", "Thai (Windows-874)"),
  mistake(
    "signed_as_windows_1252",
    "SIG-006",
    "signs the text's Windows-1252 bytes, not its UTF-8",
    "encode",
    () => ({ encode: windows1252 }),
  ),
  legacy("signed_as_shift_jis", "shift_jis", "Shift_JIS"),
  mistake("signed_as_utf16le", "SIG-006", "signs the text's UTF-16 bytes (little-endian)", "encode", () => ({
    encode: (text) => utf16(text, true),
  })),
  mistake("signed_as_utf16be", "SIG-006", "signs the text's UTF-16 bytes (big-endian)", "encode", () => ({
    encode: (text) => utf16(text, false),
  })),
  mistake("signed_as_double_utf8", "SIG-006", "encodes the text as UTF-8 twice", "encode", () => ({
    encode: (text) => utf8Twice(text),
  })),
  mistake(
    "signed_as_cesu8",
    "SIG-006",
    "encodes each half of a surrogate pair by itself (CESU-8)",
    "encode",
    () => ({
      encode: (text) => cesu8(text),
    }),
  ),
];

function utf8Twice(text: string): Uint8Array {
  const once = cesu8(text, true);
  return cesu8(String.fromCharCode(...once), true);
}

/** UTF-8, with the halves of surrogate pairs encoded one by one unless `pairs` keeps them together. */
function cesu8(text: string, pairs = false): Uint8Array {
  const bytes: number[] = [];
  const units = pairs ? [...text] : text.split("");
  for (const unit of units) {
    const point = unit.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 63),
        0x80 | ((point >> 6) & 63),
        0x80 | (point & 63),
      );
  }
  return Uint8Array.from(bytes);
}
