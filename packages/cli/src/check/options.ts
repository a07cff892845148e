import { UsageError } from "@ksherproof/core";
import {
  GATEWAY_STORIES,
  LEVELS,
  type Level,
  nearest,
  type Profile,
  wrongSelection,
} from "@ksherproof/harness";

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
    if (value > 0 && value <= LONGEST_MS) return value;
    throw new UsageError(
      "option_time",
      `${name}: expected a time such as 90s or 2m, found ${JSON.stringify(text)}.`,
    );
  };
}

function oneOf<T extends string>(name: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found) return found;
    const near = nearest(text, words);
    throw new UsageError(
      "option_word",
      `${name}: expected ${words.join(", ")}; found ${JSON.stringify(text)}${near ? `. Did you mean ${near}?` : "."}`,
    );
  };
}

export const level = oneOf<Level>("--level", LEVELS);
export const profile = oneOf<Profile>("--profile", ["documented", "observed"]);

/** Collects the words of `--only`, given one by one or with commas between. */
export function selection(text: string, before: readonly string[] = []): readonly string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  return [...before, ...words.map((word) => word.toUpperCase())];
}

/** Holds the words of `--only` against the requirements of a client, or of a gateway. Throws `UsageError` for an unknown one. */
export function assertSelection(words: readonly string[], gateway: boolean): void {
  const held = GATEWAY_STORIES.map(({ requirement }) => requirement);
  for (const word of words) {
    const known = gateway && held.some((id) => id === word || id.startsWith(`${word}-`));
    const wrong = known ? null : gateway ? `No gateway story shows ${word}.` : wrongSelection(word);
    if (wrong === null) continue;
    throw new UsageError("unknown_requirement", wrong, {
      hint: gateway
        ? `They show ${held.join(", ")}.`
        : "All of them: ksherproof check --list --level hardening",
    });
  }
}
