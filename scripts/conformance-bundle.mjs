// The clients of test/conformance as JavaScript, for scripts: bundled by esbuild, our packages as they were built.
import { mkdirSync, renameSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./steps.mjs";

/** Bundles one file of test/conformance; gives the path of what came of it. */
export async function bundled(name) {
  const folder = `${root}node_modules/.cache/ksherproof`;
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${name}.mjs`;
  const mine = `${folder}/${name}.${process.pid}.mjs`;
  await build({
    entryPoints: [`${root}test/conformance/${name}.ts`],
    outfile: mine,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  // Two scripts may be at it: neither may read the other's half-written file.
  renameSync(mine, outfile);
  return outfile;
}

/** The same, imported. */
export async function imported(name) {
  return import(pathToFileURL(await bundled(name)).href);
}
