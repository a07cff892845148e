// pnpm build: compile every package, the audit's WebAssembly module and the verifier page; hold specs/ to its schemas and lints.
import { readdirSync, statSync } from "node:fs";
import { must, root, tool } from "./steps.mjs";

process.exitCode = tool("tsc", ["-b", "tsconfig.json"]);
if (process.exitCode === 0) process.exitCode = assembly();
if (process.exitCode === 0) {
  must(process.execPath, ["packages/spec-loader/dist/generate.js", "--lint"]);
  must(process.execPath, ["scripts/build-web.mjs"]);
  must(process.execPath, ["scripts/bundle.mjs"]);
}

/** Compiles packages/audit/assembly, unless what is there is newer. */
function assembly() {
  const folder = "packages/audit/assembly/";
  const out = "packages/audit/dist/engine/engine.wasm";
  const changed = (file) => statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newest = Math.max(...readdirSync(`${root}${folder}`).map((name) => changed(`${folder}${name}`)));
  if (changed(out) > newest) return 0;
  return tool("asc", [
    ...[`${folder}index.ts`, "--outFile", out, "-O3", "--noAssert", "--runtime", "stub"],
    ...["--enable", "simd", "--initialMemory", "112", "--use", "abort="],
  ]);
}
