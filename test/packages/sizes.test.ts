import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { root } from "../architecture/sources.js";

/** What a package may weigh, in bytes: its tarball, and what a bundler makes of all of it, minified and then gzipped. */
const BUDGETS = [
  { name: "core", packed: 115_000, minified: 205_000, gzipped: 65_000 },
  { name: "client", packed: 26_000, minified: 28_000, gzipped: 10_000 },
];

describe("size budgets", () => {
  test.each(BUDGETS)("$name: $minified bytes minified, $gzipped of them gzipped", (budget) => {
    const { outputFiles } = buildSync({
      entryPoints: [join(root, "packages", budget.name, "dist/index.js")],
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      write: false,
    });
    const bundle = outputFiles[0]!.contents;
    expect(bundle.length).toBeLessThanOrEqual(budget.minified);
    expect(gzipSync(bundle, { level: 9 }).length).toBeLessThanOrEqual(budget.gzipped);
  });

  test.each(BUDGETS)("$name: a tarball of $packed bytes", ({ name, packed }) => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json"], {
      cwd: join(root, "packages", name),
      encoding: "utf8",
    });
    const [{ size }] = JSON.parse(stdout) as readonly [{ readonly size: number }];
    expect(size).toBeLessThanOrEqual(packed);
  });
});
