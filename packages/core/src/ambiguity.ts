import { QUERY_DATA_FIELDS } from "@ksherproof/spec";
import type { Pair } from "./canonical.js";

/** Another message that the same canonical text, and so the same signature, stands for. */
export type Reading = readonly Pair[];

/** The names of a query answer's documented members in the order in which they are signed. */
const QUERY_NAMES: readonly string[] = QUERY_DATA_FIELDS.map(({ name }) => name).sort();

/** At most this many readings are listed. */
export const MOST_READINGS = 1000;

/**
 * Whether a canonical text can be that of a query answer: every documented name with its `=`, in order. Such a message
 * must have the documented shape (QRY-007).
 */
export function couldBeQueryAnswer(canonical: string): boolean {
  let at = 0;
  for (const name of QUERY_NAMES) {
    const found = canonical.indexOf(`${name}=`, at);
    if (found < 0 || (at === 0 && found !== 0)) return false;
    at = found + name.length + 1;
  }
  return true;
}

/**
 * Every way to split a canonical text into these names, in this order (QRY-007): nothing separates the pairs, so a value
 * that holds `name=` itself can be read in more than one way. `fits` leaves out values of the wrong type.
 */
export function readingsOf(
  canonical: string,
  names: readonly string[] = QUERY_NAMES,
  fits: (name: string, value: string) => boolean = fitsQuery,
): readonly Reading[] {
  const found: Reading[] = [];
  const walk = (index: number, start: number, pairs: readonly Pair[]): void => {
    if (found.length >= MOST_READINGS) return;
    const name = names[index];
    if (name === undefined) return;
    const from = start + name.length + 1;
    const next = names[index + 1];
    if (next === undefined) {
      const value = canonical.slice(from);
      if (fits(name, value)) found.push([...pairs, [name, value]]);
      return;
    }
    for (let at = canonical.indexOf(`${next}=`, from); at >= 0; at = canonical.indexOf(`${next}=`, at + 1)) {
      const value = canonical.slice(from, at);
      if (fits(name, value)) walk(index + 1, at, [...pairs, [name, value]]);
    }
  };
  const first = names[0];
  if (first !== undefined && canonical.startsWith(`${first}=`)) walk(0, 0, []);
  return found;
}

function fitsQuery(name: string, value: string): boolean {
  if (name === "total_fee") return /^-?(0|[1-9][0-9]*)$/.test(value);
  return true;
}
