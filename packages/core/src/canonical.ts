import { type Params, SIGN } from "./params.js";

/** One name and its value, as they take part in the canonical text. */
export type Pair = readonly [name: string, value: string];

/**
 * Orders two texts as their UTF-8 bytes would be ordered (SIG-002). UTF-16 order differs: it puts U+1F600 (a surrogate
 * pair) before U+FFFD, so units from U+E000 up are moved below the surrogates first.
 */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** The pairs that are signed: all but `sign` (SIG-001), by name, ascending by byte (SIG-002), empty values too (SIG-005). */
export function signedPairs(params: Params): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const pair of params) if (pair[0] !== SIGN) pairs.push(pair);
  return pairs.sort((a, b) => compareBytes(a[0], b[0]));
}

/**
 * The canonical text: `name=value` pairs joined with nothing between (SIG-003), values as they are (SIG-004).
 * @example canonicalText(new Map([["b", ""], ["a", "1"]])) // "a=1b="
 */
export function canonicalText(params: Params): string {
  return joinPairs(signedPairs(params));
}

/** Joins pairs that are in order already (SIG-003). */
export function joinPairs(pairs: readonly Pair[]): string {
  let text = "";
  for (const [name, value] of pairs) text += `${name}=${value}`;
  return text;
}
