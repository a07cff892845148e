import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALLOWED, type Row } from "./allowed.js";
import { root, sourcesOf } from "./sources.js";

const IMPORT =
  /(?:^|[^.\w])(?:import|export)\s(?:[^"'`;]*?\sfrom\s)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].map((found) => found[1] ?? found[2] ?? "");
}

/** `@ksherproof/core/x` is core; `node-forge/lib/rsa.js` is node-forge. */
function packageOf(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

describe("who may import whom", () => {
  const packages = readdirSync(join(root, "packages"));

  it("every package has a row in the table", () => {
    expect(packages.sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each(packages)("%s has the same row in docs/architecture.md", (name) => {
    const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
    const cells = page
      .split("\n")
      .find((line) => line.includes(`| \`${name}\` |`))
      ?.split("|")
      .slice(4, 7);
    const { ours, outside, node }: Row = ALLOWED[name as keyof typeof ALLOWED];
    const list = (names: readonly string[]) => names.map((one) => `\`${one}\``).join(", ") || "nothing";
    expect(cells?.map((cell) => cell.trim())).toEqual([list(ours), list(outside), node ? "yes" : "no"]);
  });

  it.each(packages)("%s imports only what its row allows", (name) => {
    const { ours, outside, node }: Row = ALLOWED[name as keyof typeof ALLOWED];
    const broken: string[] = [];
    for (const file of sourcesOf(name)) {
      for (const specifier of importsOf(readFileSync(file, "utf8"))) {
        if (specifier.startsWith(".")) continue;
        const named = packageOf(specifier);
        const own = named.startsWith("@ksherproof/") ? named.slice(12) : null;
        const allowed =
          own !== null ? ours.includes(own) : specifier.startsWith("node:") ? node : outside.includes(named);
        if (!allowed) broken.push(`${file.slice(root.length)} imports ${specifier}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it.each(packages)("%s declares what it imports, and nothing else", (name) => {
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
    const { dependencies, optionalDependencies, peerDependencies } = manifest;
    const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    const used = new Set(
      sourcesOf(name)
        .flatMap((file) => importsOf(readFileSync(file, "utf8")))
        .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
        .map(packageOf),
    );
    expect([...used].filter((one) => !declared.includes(one))).toEqual([]);
  });

  it("core is pure: no Node types, no DOM", () => {
    const config = JSON.parse(readFileSync(join(root, "packages/core/tsconfig.json"), "utf8"));
    const base = JSON.parse(readFileSync(join(root, "tsconfig.base.json"), "utf8"));
    expect(config.compilerOptions.types ?? base.compilerOptions.types).toEqual([]);
    expect(config.compilerOptions.lib ?? base.compilerOptions.lib).toEqual(["ES2023", "ES2024.String"]);
  });
});
