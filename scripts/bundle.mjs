// Makes one file each of what must start fast: the audit's worker, the CLI itself, and its audit command, with a third one for
// what these two share. As separate modules they take up to four times as long to load, and a worker 20 MB more.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";
import { root } from "./steps.mjs";

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  charset: "utf8",
  legalComments: "eof",
  sourcemap: process.argv.includes("--source-map"),
  // node-forge is CommonJS and asks for Node's own modules.
  banner: {
    js: 'import{createRequire as $require}from"node:module";const require=$require(import.meta.url);',
  },
};

await build({
  ...shared,
  entryPoints: ["packages/audit/dist/engine/worker.js"],
  outfile: "packages/audit/dist/engine/worker.bundle.js",
});

await build({
  ...shared,
  entryPoints: {
    "main.bundle": "packages/cli/dist/main.js",
    "audit.bundle": "packages/cli/dist/commands/audit.js",
  },
  outdir: "packages/cli/dist",
  splitting: true,
  chunkNames: "shared.bundle",
  plugins: [
    {
      name: "other commands and the engine's files stay where they are, and what asks for DuckDB where it is installed",
      setup({ onLoad, onResolve }) {
        onResolve({ filter: /^\.\/commands\// }, ({ path }) => ({ path, external: true }));
        onResolve({ filter: /\/parquet\.js$/ }, () => ({
          path: "@ksherproof/audit/parquet",
          external: true,
        }));
        const contents =
          'export const ENGINE_FOLDER = new URL("./", import.meta.resolve("@ksherproof/audit/engine/worker.bundle.js"));';
        onLoad({ filter: /audit.dist.engine.files\.js$/ }, () => ({ contents }));
      },
    },
  ],
});

// Maps are for pnpm coverage alone: they have no place in what is packed.
if (!shared.sourcemap) {
  for (const folder of ["packages/audit/dist/engine/", "packages/cli/dist/"]) {
    const maps = readdirSync(`${root}${folder}`).filter((name) => name.endsWith(".bundle.js.map"));
    for (const name of maps) rmSync(`${root}${folder}${name}`);
  }
}
