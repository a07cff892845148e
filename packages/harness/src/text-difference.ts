import { folded } from "./unicode-samples.js";

/** The pairs of a canonical text, in its order: without `sign`, by bytes. */
type Pairs = readonly (readonly [name: string, value: string])[];

/**
 * Which requirement a wrong canonical text breaks, told from the difference to the right one alone (SIG-001 to SIG-006):
 * for a mistake that nobody has a name for. Null where the two have too little in common.
 *
 * @example breachOf([["a", "1"], ["b", ""]], "a=1b") // "SIG-005"
 */
export function breachOf(pairs: Pairs, other: string): string | null {
  const texts = pairs.map(([name, value]) => `${name}=${value}`);
  if (sameTexts(texts, other)) return "SIG-002";
  if (pairs.map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join("") === other)
    return "SIG-005";
  if (texts.filter((_, i) => pairs[i]?.[1] !== "").join("") === other) return "SIG-005";
  if (isJoined(texts, other)) return "SIG-003";
  // A secret before or behind them is one more thing that is signed.
  const right = texts.join("");
  if (other.startsWith(right) || other.endsWith(right)) return "SIG-001";
  if (right.toLowerCase() === other.toLowerCase()) return "SIG-004";
  const missing = leftOut(texts, other);
  if (missing !== null) return missing.every((at) => pairs[at]?.[1] === "") ? "SIG-005" : "SIG-001";
  return changedValue(pairs, other);
}

/** Whether a text is the pairs, each once, in another order. */
function sameTexts(texts: readonly string[], other: string): boolean {
  if (texts.join("").length !== other.length) return false;
  let rest = other;
  for (const text of [...texts].sort((a, b) => b.length - a.length)) {
    const at = rest.indexOf(text);
    if (at < 0) return false;
    // What stands between two pairs keeps them apart, so that no pair is found across a border that was never there.
    rest = `${rest.slice(0, at)}\0${rest.slice(at + text.length)}`;
  }
  return /^\0*$/.test(rest);
}

/** Whether a text is the pairs in their order with one and the same thing between, before or behind them. */
function isJoined(texts: readonly string[], other: string): boolean {
  const between: string[] = [];
  let at = 0;
  for (const text of texts) {
    const found = other.indexOf(text, at);
    if (found < 0) return false;
    between.push(other.slice(at, found));
    at = found + text.length;
  }
  const inner = new Set(between.slice(1));
  return inner.size <= 1 && (between[0] ?? "").length <= 1 && other.length - at <= 2;
}

/** The indexes of the pairs that a text leaves out, where that is all that is wrong with it. */
function leftOut(texts: readonly string[], other: string): readonly number[] | null {
  const missing: number[] = [];
  let at = 0;
  for (const [index, text] of texts.entries()) {
    if (other.startsWith(text, at)) at += text.length;
    else missing.push(index);
  }
  return at === other.length && missing.length < texts.length ? missing : null;
}

/** What is wrong where the names stand in their order and values differ: letters that are not ASCII, or others. */
function changedValue(pairs: Pairs, other: string): string | null {
  let at = 0;
  const found: string[] = [];
  for (const [name] of pairs) {
    const from = other.indexOf(`${name}=`, at);
    if (from < 0 || (at === 0 && from > 0)) return null;
    if (at > 0) found.push(other.slice(at, from));
    at = from + name.length + 1;
  }
  found.push(other.slice(at));
  const changed = pairs.flatMap(([, value], i) =>
    found[i] === value ? [] : [[value, found[i] ?? ""] as const],
  );
  if (changed.length === 0) return null;
  if (changed.every(([value]) => value === "")) return "SIG-005";
  return changed.every(([right, wrong]) => isForeign(right, wrong)) ? "SIG-006" : "SIG-004";
}

/** Whether only what is not ASCII has become something else; what merely vanishes beside letters that stay was taken out. */
function isForeign(right: string, wrong: string): boolean {
  const ascii = (text: string): string => text.replace(/[^\0-\x7f]/gu, "");
  if (!/[^\0-\x7f]/.test(right) || folded(right) === folded(wrong) || isSpelt(right, wrong)) return false;
  if (ascii(right) !== ascii(wrong)) return ascii(wrong).length > ascii(right).length && !holds(wrong, right);
  return /[^\0-\x7f]/.test(wrong) ? [...wrong].length >= [...right].length : true;
}

/** Whether some letters that are not ASCII became ASCII ones, letter by letter, and others stayed: no encoding does that. */
function isSpelt(right: string, wrong: string): boolean {
  const [before, after] = [[...right], [...wrong]];
  const stayed = before.some((letter, i) => letter > "\x7f" && letter === after[i]);
  const lost = before.some((letter, i) => letter !== after[i] && /[?\ufffd]/.test(after[i] ?? "?"));
  return stayed && before.length === after.length && !lost;
}

/** Whether every letter of the right text that is not ASCII still stands in the wrong one. */
function holds(wrong: string, right: string): boolean {
  return [...right].every((letter) => letter <= "\x7f" || wrong.includes(letter));
}
