// pnpm coverage [test files...]: which lines the tests reach, also in the processes that they start, and the page of it
// (all tests only). It takes as long as the tests, and a little more; the ordinary run of them measures nothing.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must, root } from "../steps.mjs";
import { writePage } from "./page.mjs";
import { ProcessCoverage } from "./processes.mjs";

/** What adds nothing: how the packages are packed, pages in a browser, which Node does not see, and other people's programs. */
const LEFT_OUT = [
  "test/packages/**",
  "test/web/**",
  "test/audit/spark*",
  "test/ports/**",
  "test/docs/**",
].map((glob) => `--exclude=${glob}`);

const asked = process.argv.slice(2);
must(process.execPath, ["scripts/build.mjs"]);
must(process.execPath, ["scripts/bundle.mjs", "--source-map"]);
const raw = mkdtempSync(join(tmpdir(), "ksherproof-coverage-"));
const processes = new ProcessCoverage(raw, root);
// What counts takes longer than what only runs.
const patience = ["--testTimeout=300000", "--hookTimeout=600000"];
const reporters = ["--coverage.reporter=json", "--coverage.reportsDirectory=coverage"];
mkdirSync(`${root}coverage`, { recursive: true });
const vitest = spawn(
  "node_modules/.bin/vitest",
  ["run", "--coverage", ...reporters, "--coverage.reportOnFailure", ...patience, ...LEFT_OUT, ...asked],
  { cwd: root, stdio: "inherit", env: { ...process.env, NODE_V8_COVERAGE: raw } },
);
const timer = setInterval(() => processes.collect(), 2000);
const code = await new Promise((resolve) => vitest.on("close", resolve));
clearInterval(timer);
processes.collect();
rmSync(raw, { recursive: true });
must(process.execPath, ["scripts/bundle.mjs"]);

const inTests = Object.values(JSON.parse(readFileSync(`${root}coverage/coverage-final.json`, "utf8")));
writePage({ inTests, processes, whole: asked.length === 0, passed: code === 0 });
process.exitCode = code ?? 1;
