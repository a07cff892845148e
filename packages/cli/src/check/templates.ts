import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import { nearest } from "@ksherproof/harness";
import { LANGUAGES, type Template } from "./languages.js";

const FOLDER = fileURLToPath(new URL("../../templates/adapter/", import.meta.url));

/** The template of a language. Throws `UsageError` for one that there is none for. */
export function templateOf(name: string): Template {
  const asked = name.toLowerCase();
  for (const [language, template] of Object.entries(LANGUAGES))
    if (language === asked || template.also.includes(asked)) return { language, ...template };
  const near = nearest(asked, Object.keys(LANGUAGES));
  throw new UsageError("adapter_language", `There is no adapter template for ${name}.`, {
    hint: near ? `Did you mean ${near}?` : `There are: ${Object.keys(LANGUAGES).join(", ")}`,
  });
}

/** Writes a template's files; gives their paths. Throws `UsageError` where one is there already. */
export function writeTemplate({ language }: Template, folder: string, force: boolean): readonly string[] {
  const from = join(FOLDER, language);
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1))
    .sort();
  const there = files.map((file) => join(folder, file)).filter((file) => existsSync(file));
  if (there.length > 0 && !force) {
    throw new UsageError("adapter_exists", `${there.join(", ")} is there already.`, {
      hint: "Give another folder, or replace it with --force.",
    });
  }
  for (const file of files) {
    const to = join(folder, file);
    try {
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, readFileSync(join(from, file)));
    } catch (cause) {
      throw new EnvironmentError("adapter_write", `${to} can't be written: ${(cause as Error).message}.`, {
        cause,
      });
    }
  }
  return files.map((file) => join(folder, file));
}
