// pnpm check: what CI runs. Every step runs even after one failed; the last line counts them all.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run, tool } from "./steps.mjs";

let passed = 0;
let failed = 0;

function step(name, body) {
  const from = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const good = body();
  if (good) passed += 1;
  else failed += 1;
  process.stdout.write(`${good ? "ok" : "FAILED"} ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`);
  return good;
}

/** The paths that differ from what git holds, as text; generated files must leave none. */
function changes() {
  return spawnSync(
    "git",
    [
      "status",
      "--porcelain",
      "--",
      "packages/spec",
      "docs/reference",
      "specs",
      "vectors",
      "packages/cli/man",
    ],
    {
      cwd: root,
      encoding: "utf8",
    },
  ).stdout;
}

const built = step("build", () => run(process.execPath, ["scripts/build.mjs"]) === 0);
if (built) {
  step("generated files are up to date", () => {
    const before = changes();
    if (run(process.execPath, ["scripts/gen.mjs"]) !== 0) return false;
    const after = changes();
    if (after === before) return true;
    process.stdout.write(`pnpm gen changed files; commit what it wrote:\n${after}`);
    return false;
  });
  step("tests compile", () => tool("tsc", ["-p", "tsconfig.test.json"]) === 0);
}
step("lint", () => tool("biome", ["check", "--error-on-warnings", "."]) === 0);
step("nothing unused", () => tool("knip", ["--no-progress", "--config", "scripts/knip.json"]) === 0);
if (built) {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-check-"));
  const results = join(folder, "vitest.json");
  step(
    "tests",
    () =>
      tool("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`]) === 0,
  );
  if (existsSync(results)) {
    const report = JSON.parse(readFileSync(results, "utf8"));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    const skipped = report.numPendingTests + report.numTodoTests;
    if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
  } else {
    failed += 1;
  }
  rmSync(folder, { recursive: true });
}

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
