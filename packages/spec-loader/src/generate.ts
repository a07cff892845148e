// Writes everything that is generated from specs/: `pnpm gen`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { requirementsModule } from "./emit/requirements.js";
import { loadRequirements } from "./requirements.js";
import { SpecError } from "./spec-error.js";

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
  const requirements = loadRequirements(join(root, "specs"));
  put("packages/spec/src/generated/requirements.ts", requirementsModule(requirements));
} catch (error) {
  if (!(error instanceof SpecError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
