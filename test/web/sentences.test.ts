import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MISTAKES, SENTENCES, type SentenceId, sentence } from "@ksherproof/core";
import { describe, expect, it } from "vitest";
import { type Sentences, write, writeFinding } from "../../packages/web/src/page/sentences/sentences.js";
import { en } from "../../packages/web/src/page/words/en.js";
import { LANGUAGES } from "../../packages/web/src/page/words/words.js";
import { root } from "../architecture/sources.js";

const places = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

/** Every code that a source of what the page runs gives a rejection or a key's error. */
function codesIn(folder: string, omitted: readonly string[]): readonly string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(".ts") && !omitted.some((one) => file.startsWith(one)))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));
  const codes = texts.flatMap((text) => [
    ...text.matchAll(/(?:\breject|\.stop|new KeyError)\(\s*"(\w+)"|"(json_\w+)"/g),
  ]);
  return [...new Set(codes.map(([, one, other]) => one ?? other ?? ""))].toSorted();
}

// What an outcome or the whole validation of a request says is no part of the page.
const codes = [
  ...codesIn("packages/core/src", ["outcome", "judge-request", "validate", "explain"]),
  ...codesIn("packages/audit/src/record", ["key-ring"]),
];
const fixed = MISTAKES.filter((one) => one.sentence === undefined).map(({ id }) => id);
const languages = Object.entries(LANGUAGES).flatMap(([language, { sentences, words }]) =>
  sentences === null ? [] : [{ language, sentences: sentences as Sentences, words }],
);

describe.each(languages)("what the core says, in $language", ({ sentences, words }) => {
  it.each(Object.keys(SENTENCES) as SentenceId[])("%s has the places of the English sentence", (id) => {
    expect(places(sentences.sentences[id])).toEqual(places(SENTENCES[id]));
  });

  it("has a sentence for each named mistake, and for nothing else", () => {
    expect(Object.keys(sentences.mistakes).toSorted()).toEqual(fixed.toSorted());
    for (const text of Object.values(sentences.mistakes)) expect(places(text)).toEqual([]);
  });

  it("has a sentence for each code of a message or key that can't be used, and for nothing else", () => {
    expect(codes.length).toBeGreaterThan(35);
    expect(Object.keys(sentences.rejections).toSorted()).toEqual([...new Set(codes)].toSorted());
    for (const text of Object.values(sentences.rejections))
      expect(["", "{field}"]).toContain(places(text).join());
  });

  it("has the page's own words with the same places, none left in English", () => {
    const same = Object.entries(words).filter(([key, text]) => text === en[key as keyof typeof en]);
    expect(same.map(([key]) => key)).toEqual(same.length === 0 ? [] : ["sign_params"]);
  });

  it("writes no English where sentences stand in sentences", () => {
    const changed = sentence("changed", { field: "fee_type", signed: '"THB"', found: '"USD"' });
    const mistakes = [{ id: "joined_with_ampersand", terms: {} }, changed];
    const text = write(sentence("other_text", { mistakes }), sentences);
    expect(text).not.toMatch(/[{}]|[a-z]{3,} [a-z]{3,}/);
    expect(text).toContain('"USD"');
    expect(text).toContain(sentences.joiner);
    expect(write(sentence("valid", { key: "the pasted key" }), sentences)).not.toContain("pasted");
  });

  it("says what a finding's reason adds to its kind", () => {
    expect(writeFinding("unreadable", "json_truncated", sentences)).toContain(
      sentences.rejections.json_truncated,
    );
    expect(writeFinding("signature_invalid", "values_trimmed", sentences)).toContain(
      sentences.mistakes.values_trimmed,
    );
    expect(writeFinding("weak_key", "bits_512", sentences)).toBe(sentences.findings.weak_key);
  });
});
