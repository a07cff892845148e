import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, sourcesOf } from "./sources.js";

const packages = readdirSync(join(root, "packages"));
const manifest = (name: string) =>
  JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));

/** What people write and read as code: every language of the adapters, the pages' own, and the scripts'. */
const CODE = /\.(ts|js|mjs|cjs|cts|mts|css|html|sh|py|rs|go|java|kt|rb|php|cs|swift|cpp|c|h|ps1|yml|toml)$/;
/** Made by a program, or somebody else's. */
const MADE = ["generated/", "node_modules/"];

/** The first lines of a file, where its reasons stand. */
const head = (lines: readonly string[]): string => lines.slice(0, 10).join(" ");

describe("the house", () => {
  it("has the top level that the design card names", () => {
    for (const name of [
      "packages",
      "specs",
      "vectors",
      "test",
      "pnpm-workspace.yaml",
      "package.json",
      "tsconfig.base.json",
    ]) {
      expect(existsSync(join(root, name)), name).toBe(true);
    }
  });

  it.each(packages)("%s says which Node it needs, its licence and its type", (name) => {
    expect(manifest(name)).toMatchObject({ engines: { node: ">=20.19.0" }, license: "MIT", type: "module" });
  });

  it("every dependency says in docs/decisions why it is there", () => {
    const why = readFileSync(join(root, "docs/decisions/dependencies.md"), "utf8");
    const manifests = [
      JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
      ...packages.map(manifest),
    ];
    const used = manifests.flatMap(({ dependencies, devDependencies, peerDependencies }) =>
      Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }),
    );
    const ours = /^(@ksherproof\/|ksherproof$)/;
    const silent = used.filter((name) => !ours.test(name) && !why.includes(`\`${name}\``));
    expect(silent).toEqual([]);
  });

  it.each(packages)("%s: index.ts only re-exports", (name) => {
    const text = readFileSync(join(root, "packages", name, "src/index.ts"), "utf8");
    const rest = text
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
      .replace(/export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*(?:from\s+"[^"]+")?;/g, "");
    expect(rest.trim()).toBe("");
  });

  it("no file in any language is long without a reason at its head", () => {
    const listed = spawnSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).stdout.split("\0");
    const written = listed.filter(
      (file) => CODE.test(file) && !MADE.some((part) => file.includes(part)) && existsSync(join(root, file)),
    );
    expect(new Set(written.map((file) => CODE.exec(file)?.[1])).size).toBeGreaterThan(12);
    const long = written
      .map((file) => [file, readFileSync(join(root, file), "utf8").split("\n")] as const)
      .filter(([, lines]) => lines.length > 251 && !/\blong\b/i.test(head(lines)));
    expect(long.map(([file]) => file)).toEqual([]);
  });

  it.each(packages.filter((name) => !name.startsWith("spec")))(
    "%s: no endpoint's name or path is typed, the generated ENDPOINTS has them",
    (name) => {
      const typed = sourcesOf(name).flatMap((file) =>
        [
          ...readFileSync(file, "utf8").matchAll(
            /(?<!:)"\/?(cancel_order|gateway_order_query|gateway_pay)"/g,
          ),
        ].map(([found]) => `${file.slice(root.length)}: ${found}`),
      );
      expect(typed).toEqual([]);
    },
  );

  it("an older Node gets one plain sentence and exit code 3", () => {
    const script = `Object.defineProperty(process.versions, "node", { value: "18.19.1" }); import("./packages/cli/bin/ksherproof.mjs");`;
    const found = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
    expect(found.status).toBe(3);
    expect(found.stderr).toBe("ksherproof needs Node 20.19 or later; this is Node 18.19.1.\n");
  });
});
