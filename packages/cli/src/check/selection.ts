import { UsageError } from "@ksherproof/core";
import {
  GATEWAY_STORIES,
  LEVELS,
  type Level,
  nearest,
  type Profile,
  wrongSelection,
} from "@ksherproof/harness";

/** One of some words. Throws `UsageError` for anything else, with the word that was likely meant. */
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
