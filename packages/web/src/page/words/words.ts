import { en, type Words } from "./en.js";
import { th } from "./th.js";
import { zh } from "./zh.js";

/** The page's languages, each under its own name. */
export const LANGUAGES = {
  en: { name: "English", words: en },
  th: { name: "ไทย", words: th },
  zh: { name: "中文", words: zh },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly words: Words }>>;

export type Language = keyof typeof LANGUAGES;

/** The first language of the browser that the page speaks; English where there is none. */
export function preferred(languages: readonly string[]): Language {
  for (const tag of languages) {
    const start = tag.slice(0, 2).toLowerCase();
    if (Object.hasOwn(LANGUAGES, start)) return start as Language;
  }
  return "en";
}
