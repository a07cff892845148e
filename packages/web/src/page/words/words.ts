import type { Sentences } from "../sentences/sentences.js";
import { th as thSentences } from "../sentences/th.js";
import { zh as zhSentences } from "../sentences/zh.js";
import { en, type Words } from "./en.js";
import { th } from "./th.js";
import { zh } from "./zh.js";

/** The page's languages, each under its own name. */
export const LANGUAGES = {
  en: { name: "English", words: en, sentences: null },
  th: { name: "ไทย", words: th, sentences: thSentences },
  zh: { name: "中文", words: zh, sentences: zhSentences },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly words: Words; readonly sentences: Sentences | null }>
>;

export type Language = keyof typeof LANGUAGES;

/** The first language of the browser that the page speaks; English where there is none. */
export function preferred(languages: readonly string[]): Language {
  for (const tag of languages) {
    const start = tag.slice(0, 2).toLowerCase();
    if (Object.hasOwn(LANGUAGES, start)) return start as Language;
  }
  return "en";
}
