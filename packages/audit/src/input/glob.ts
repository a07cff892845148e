import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";

/**
 * The files that the arguments name, each once (also where links name it twice), in the order given; a glob's (`*`, `?`, `**`) by name. `-` is standard
 * input. Throws `EnvironmentError` where there is no such file, or a glob matches none.
 */
export function filesOf(words: readonly string[]): readonly string[] {
  if (words.length === 0) {
    throw new UsageError("input_missing", "No input was given.", {
      hint: "Give files, globs, or - for standard input.",
    });
  }
  const files = words.flatMap((word) => (word === "-" || existsSync(word) ? [fileOf(word)] : matching(word)));
  const names = new Map<string, string>();
  for (const file of files) {
    const path = file === "-" ? file : realpathSync(file);
    if (!names.has(path)) names.set(path, file);
  }
  return [...names.values()];
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
  const rooted = /^[/\\]/.test(glob);
  const parts = glob.split(/[/\\]/).filter((part) => part !== "");
  const found = [...new Set(under(rooted ? sep : "", parts))].sort();
  if (found.length > 0) return found;
  throw new EnvironmentError("input_glob", `The glob ${glob} matches no file.`);
}

/** The files below a folder that match the parts of a glob, one part a level; only folders that can match are opened. */
function under(folder: string, parts: readonly string[]): readonly string[] {
  const [part = "", ...rest] = parts;
  if (part === "**") {
    const deeper = entriesOf(folder).filter((entry) => entry.isDirectory());
    const here = under(folder, rest.length === 0 ? ["*"] : rest);
    return [...here, ...deeper.flatMap(({ name }) => under(join(folder, name), parts))];
  }
  if (!/[*?]/.test(part) && rest.length > 0) return under(join(folder, part), rest);
  const matches = entriesOf(folder).filter(({ name }) => patternOf(part).test(name));
  if (rest.length === 0)
    return matches.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  return matches
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => under(join(folder, name), rest));
}

/** What a folder holds; nothing where there is no such folder. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder || ".", { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new EnvironmentError("input_folder", `The folder ${folder} can't be read (${code}).`, {
      hint: "Name the files, or a glob that leaves this folder out.",
      cause,
    });
  }
}

function patternOf(part: string): RegExp {
  const source = part
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}
