import { UsageError } from "./errors.js";
import { accept, type Result, reject } from "./rejection.js";

// Pure functions of the platform (browsers and Node alike), declared here since core sees no DOM and no Node types.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (
  label: "utf-8",
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const HALF = /[\uD800-\uDFFF]/;
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The index of the first surrogate without its partner, or -1: such a text has no UTF-8 (SIG-006). */
export function loneSurrogateAt(text: string): number {
  return HALF.test(text) ? text.search(LONE) : -1;
}

/** The UTF-8 bytes of a text (SIG-006). Throws `UsageError` for a lone surrogate, which has none. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const at = loneSurrogateAt(text);
  if (at >= 0) {
    throw new UsageError(
      "lone_surrogate",
      `The text has half a surrogate pair at index ${at}, which has no UTF-8.`,
    );
  }
  return encoder.encode(text);
}

/** Reads UTF-8 strictly: overlong forms, surrogates and stray bytes are rejections with their byte offset (SIG-006). */
export function decodeUtf8(bytes: Uint8Array): Result<string> {
  try {
    return accept(decoder.decode(bytes));
  } catch {
    const at = firstBadByte(bytes);
    const found = bytes[at] === undefined ? "the end" : `0x${bytes[at].toString(16).padStart(2, "0")}`;
    return reject("bad_utf8", "SIG-006", `Expected UTF-8, found ${found} at byte ${at}.`, { at });
  }
}

function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** The length of the well-formed sequence at an offset, 0 where there is none (Unicode 15, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return 1;
  const within = (offset: number, low: number, high: number): boolean => {
    const byte = bytes[at + offset];
    return byte !== undefined && byte >= low && byte <= high;
  };
  const tail = (offset: number): boolean => within(offset, 0x80, 0xbf);
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return within(1, low, high) && tail(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return within(1, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}
