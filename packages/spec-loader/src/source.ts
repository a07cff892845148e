import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the texts of a specs folder come from: the disk, another revision, or a test that changes one line. */
export interface SpecSource {
  /** How the folder is called in errors, `specs`. */
  readonly name: string;
  /** The text of a file by its path inside the folder. Throws where there is none. */
  read(path: string): string;
  /** The names of the files in a folder inside it, sorted. */
  list(folder: string): readonly string[];
}

/** The specs in a folder on disk. */
export function folderSource(folder: string, name = "specs"): SpecSource {
  return {
    name,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    list: (inner) => readdirSync(join(folder, inner)).sort(),
  };
}
