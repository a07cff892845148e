import type { Specs } from "../model.js";
import type { SpecFiles } from "../read.js";
import type { SpecError } from "../spec-error.js";

type Path = readonly (string | number)[];

/** What a lint looks at, and where it says what it found. */
export interface Lint {
  readonly specs: Specs;
  readonly files: SpecFiles;
  /** Reports at a path of a table, `codes` and so on. */
  at(table: keyof SpecFiles["tables"], path: Path, detail: string): void;
  /** Reports at a path of a schema by name. */
  atSchema(name: string, path: Path, detail: string): void;
  readonly found: SpecError[];
}

/** A lint over files that are each of the right shape. */
export function lintOf(specs: Specs, files: SpecFiles): Lint {
  const found: SpecError[] = [];
  return {
    specs,
    files,
    found,
    at: (table, path, detail) => found.push(files.tables[table].errorAt(path, detail)),
    atSchema: (name, path, detail) => {
      const file = files.schemas.find((one) => one.name === name)?.file;
      if (file) found.push(file.errorAt(path, detail));
    },
  };
}

/** The places of values that came before in a list. */
export function twins<T>(
  rows: readonly T[],
  key: (row: T) => string,
): readonly { readonly row: T; readonly index: number }[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const name = key(row);
    if (seen.has(name)) return [{ row, index }];
    seen.add(name);
    return [];
  });
}
