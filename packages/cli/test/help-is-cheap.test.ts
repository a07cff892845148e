import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../../test/architecture/sources.js";

const SOURCES = join(root, "packages/cli/src");

/** What is small enough to be loaded for a help text; what does a command's work is loaded by its action. */
const LIGHT = [
  "commander",
  "picocolors",
  "@ksherproof/core/errors",
  "@ksherproof/harness/report/kinds",
  "@ksherproof/harness/run-events",
  "@ksherproof/intercept/vocabulary",
  "@ksherproof/spec",
  "@ksherproof/vectors",
];

/** What a file loads before anything runs: the packages, also those of its own files. */
function loadedBy(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const names = [...text.matchAll(/^(?:import|export)\s(?!type\b)[^;"]*?from "([^"]+)";/gm)].map(
    ([, name]) => name ?? "",
  );
  return names.flatMap((name) =>
    name.startsWith(".") ? loadedBy(join(dirname(file), name.replace(/\.js$/, ".ts")), seen) : [name],
  );
}

describe("the help of a command loads nothing of what the command works with", () => {
  it("the walk finds what an action loads", () => {
    expect(loadedBy(join(SOURCES, "actions/verify.ts"))).toContain("@ksherproof/core");
  });

  // audit is one file with all that it uses (scripts/bundle.mjs), which loads as fast.
  it.each(readdirSync(join(SOURCES, "commands")).filter((name) => name !== "audit.ts"))("%s", (name) => {
    const loaded = loadedBy(join(SOURCES, "commands", name));
    expect(loaded.filter((one) => !one.startsWith("node:") && !LIGHT.includes(one))).toEqual([]);
  });
});
