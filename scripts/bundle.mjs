// Makes one file each of what must start fast: the audit's worker, and the CLI's audit command. As separate modules they
// take four times as long to load, and a worker 20 MB more.
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
  entryPoints: ["packages/cli/dist/commands/audit.js"],
  outfile: "packages/cli/dist/audit.bundle.js",
  external: ["commander", "picocolors"],
  plugins: [
    {
      name: "the engine's files stay in their package, and what asks for DuckDB stays where it is installed",
      setup({ onLoad, onResolve }) {
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
