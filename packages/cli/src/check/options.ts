import { UsageError } from "@ksherproof/core/errors";

/** A whole number of an option. Throws `UsageError` for anything else. */
export function wholeNumber(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(
      "option_number",
      `${name}: expected a whole number from ${least} to ${most}, found ${JSON.stringify(text)}.`,
    );
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** The longest that a timer can wait: some 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** A time of an option, `90s`, `2m`, `500ms` or seconds, in milliseconds. Throws `UsageError` for anything else. */
export function duration(name: string): (text: string) => number {
  return (text) => {
    const found = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min)?$/.exec(text);
    const value = found ? Math.round(Number(found[1]) * (UNITS[found[2] ?? "s"] ?? 1000)) : 0;
    if (value > LONGEST_MS)
      throw new UsageError("option_time", `${name}: expected at most 24 days, found ${text}.`);
    if (value > 0) return value;
    throw new UsageError(
      "option_time",
      `${name}: expected a time such as 90s or 2m, found ${JSON.stringify(text)}.`,
    );
  };
}

/** Collects the words of `--only`, given one by one or with commas between. Throws `UsageError` where there is none. */
export function selection(text: string, before: readonly string[] = []): readonly string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0)
    throw new UsageError(
      "only_empty",
      `--only: expected requirements or groups, found ${JSON.stringify(text)}.`,
      {
        hint: "Leave it out to ask for all. Example: --only CXL-007,SIG",
      },
    );
  return [...before, ...words.map((word) => word.toUpperCase())];
}
