import { existsSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError } from "@ksherproof/core";
import {
  type Broken,
  type Change,
  diffSpecs,
  folderSource,
  loadSpecs,
  type Specs,
} from "@ksherproof/spec-loader";
import { colours } from "../output.js";

/** What `spec diff --json` prints (specs/schemas/cli-spec-diff.schema.json). */
export interface DiffReport {
  /** Whom the changes break, each once. */
  readonly breaks: readonly Broken[];
  readonly changes: readonly Change[];
}

/** Compares two folders of specs, or two revisions of the repository. Throws `EnvironmentError` where there is none. */
export function diffReport(old: string, now: string): DiffReport {
  const changes = diffSpecs(specsIn(old), specsIn(now));
  return { breaks: [...new Set(changes.flatMap(({ breaks }) => breaks))].sort(), changes };
}

function specsIn(folder: string): Specs {
  const found = [folder, join(folder, "specs")].find((one) => existsSync(join(one, "codes.yaml")));
  if (found !== undefined) return loadSpecs(folderSource(found, found));
  throw new EnvironmentError(
    "specs_missing",
    `There are no specs in ${folder}: expected a folder with codes.yaml.`,
    {
      hint: "Give two folders of specs; an older revision: git worktree add ../old v1.0.0",
    },
  );
}

/** The same for people. */
export function diffText({ breaks, changes }: DiffReport): string {
  if (changes.length === 0) return "Nothing changed.";
  const lines = changes.map(({ kind, of, name, detail, breaks: whom }) => {
    const mark = { added: "+", removed: "-", changed: "~" }[kind];
    return `${mark} ${of} ${name}: ${detail}${whom.length === 0 ? "" : colours.red(` Breaks ${whom.join(", ")}.`)}`;
  });
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return [
    ...lines,
    "",
    `${count}; ${breaks.length === 0 ? "nobody is broken" : `breaks ${breaks.join(", ")}`}.`,
  ].join("\n");
}
