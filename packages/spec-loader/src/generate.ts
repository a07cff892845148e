// Writes everything that is generated from specs/: `pnpm gen`. With --lint it only reads and lints: part of `pnpm build`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { emitAll } from "./emit/all.js";
import { loadSpecs } from "./load.js";
import { specErrorsOf } from "./read.js";
import { folderSource } from "./source.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Writes a file only if it differs, so that build tools do not see a change where there is none. */
function put(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  try {
    if (readFileSync(file, "utf8") === text) return;
  } catch {
    // Not there yet.
  }
  writeFileSync(file, text);
}

try {
  const specs = loadSpecs(folderSource(join(root, "specs")));
  if (!process.argv.includes("--lint")) for (const { path, text } of emitAll(specs)) put(path, text);
} catch (error) {
  const errors = specErrorsOf(error);
  if (!errors) throw error;
  for (const { message } of errors) process.stderr.write(`${message}\n`);
  process.stderr.write(`specs: ${errors.length === 1 ? "1 error" : `${errors.length} errors`}\n`);
  process.exitCode = 1;
}
