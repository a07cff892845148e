import { existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";

/**
 * The files that the arguments name, each once, in the order given; a glob's (`*`, `?`, `**`) by name. `-` is standard
 * input. Throws `EnvironmentError` where there is no such file, or a glob matches none.
 */
export function filesOf(words: readonly string[]): readonly string[] {
  if (words.length === 0) {
    throw new UsageError("input_missing", "No input was given.", {
      hint: "Give files, globs, or - for standard input.",
    });
  }
  const files = words.flatMap((word) => (word === "-" || existsSync(word) ? [fileOf(word)] : matching(word)));
  return [...new Set(files)];
}

function fileOf(word: string): string {
  if (word !== "-" && statSync(word).isDirectory()) {
    throw new EnvironmentError("input_folder", `${word} is a folder; expected a file.`, {
      hint: `For all that is in it: ${join(word, "**")}`,
    });
  }
  return word;
}

function matching(glob: string): readonly string[] {
  if (!/[*?]/.test(glob)) {
    throw new EnvironmentError("input_file", `There is no file ${glob}.`, {
      hint: "Give files, globs, or - for standard input.",
    });
  }
  const parts = glob.split(/[/\\]/);
  const fixed = parts.findIndex((part) => /[*?]/.test(part));
  const folder = parts.slice(0, fixed).join(sep) || (glob.startsWith("/") ? sep : "");
  const pattern = patternOf(parts.slice(fixed).join("/"));
  const found = existsSync(folder || ".")
    ? readdirSync(folder || ".", { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) =>
          pattern.test(
            file
              .slice(folder ? join(folder, "x").length - 1 : 0)
              .split(sep)
              .join("/"),
          ),
        )
        .sort()
    : [];
  if (found.length > 0) return found;
  throw new EnvironmentError("input_glob", `The glob ${glob} matches no file.`);
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(
      /\*\*\/|\*\*|\*|\?/g,
      (found) => ({ "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" })[found] ?? found,
    );
  return new RegExp(`^${source}$`);
}
