import { compareBytes } from "../canonical.js";
import { type Mistake, mistake } from "./mistake.js";
import type { Field } from "./recipe.js";

const units = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const pair = (f: Field): string => `${f.name}=${f.value}`;

const isIndex = (name: string): boolean => /^(0|[1-9][0-9]{0,8})$/.test(name);
const integersFirst = (a: string, b: string): number => {
  if (isIndex(a) && isIndex(b)) return Number(a) - Number(b);
  return isIndex(a) ? -1 : isIndex(b) ? 1 : compareBytes(a, b);
};

/** Wrong orders of the pairs (SIG-002). */
export const ORDER_MISTAKES: readonly Mistake[] = [
  mistake(
    "integer_names_first",
    "SIG-002",
    "puts names that are integers first, in the order of numbers (a JavaScript object)",
    "order",
    () => ({ order: (a, b) => integersFirst(a.name, b.name) }),
  ),
  mistake("keys_not_sorted", "SIG-002", "does not sort the names: takes them as they came", "order", () => ({
    order: () => 0,
  })),
  mistake("sorted_by_pair", "SIG-002", "sorts whole name=value pairs, not names", "order", () => ({
    order: (a, b) => compareBytes(pair(a), pair(b)),
  })),
  mistake("sorted_case_insensitively", "SIG-002", "sorts the names without regard to case", "order", () => ({
    order: (a, b) => compareBytes(a.name.toLowerCase(), b.name.toLowerCase()) || compareBytes(a.name, b.name),
  })),
  mistake("sorted_by_utf16", "SIG-002", "sorts the names by UTF-16 unit, not by byte", "order", () => ({
    order: (a, b) => units(a.name, b.name),
  })),
  mistake("sorted_by_locale", "SIG-002", "sorts the names as a language would", "order", () => ({
    order: (a, b) => a.name.localeCompare(b.name, "en"),
  })),
  mistake("sorted_backwards", "SIG-002", "sorts the names in descending order", "order", () => ({
    order: (a, b) => compareBytes(b.name, a.name),
  })),
  mistake("sorted_by_value", "SIG-002", "sorts by value, not by name", "order", () => ({
    order: (a, b) => compareBytes(a.value, b.value) || compareBytes(a.name, b.name),
  })),
  mistake("sorted_naturally", "SIG-002", "sorts digits in names as numbers", "order", () => ({
    order: (a, b) => a.name.localeCompare(b.name, "en", { numeric: true }),
  })),
  mistake("sorted_by_length", "SIG-002", "sorts the names by their length", "order", () => ({
    order: (a, b) => a.name.length - b.name.length || compareBytes(a.name, b.name),
  })),
];
