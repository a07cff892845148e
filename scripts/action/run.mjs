// The GitHub Action's one step: runs ksherproof check, then writes outputs, annotations and the step summary, also
// where the client fails. Its exit code is that of the check.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const input = (name) => process.env[`KSHERPROOF_${name}`]?.trim() ?? "";
const folder = input("REPORTS") || "ksherproof-reports";
const file = (name) => join(folder, name);

const words = ["check", "--adapter", input("ADAPTER"), "--level", input("LEVEL") || "must"];
for (const [flag, name] of [
  ["--only", "ONLY"],
  ["--seed", "SEED"],
  ["--baseline", "BASELINE"],
  ["--scenarios", "SCENARIOS"],
  ["--time-budget", "TIME_BUDGET"],
])
  if (input(name) !== "") words.push(flag, input(name));
const REPORTS = {
  json: "report.json",
  ndjson: "events.ndjson",
  junit: "junit.xml",
  sarif: "report.sarif",
  html: "report.html",
  markdown: "summary.md",
  badge: "badge.json",
};
for (const [kind, name] of Object.entries(REPORTS)) words.push("--report", `${kind}=${file(name)}`);

const own = fileURLToPath(new URL("../../packages/cli/bin/ksherproof.mjs", import.meta.url));
const [program, ...first] = input("COMMAND") ? input("COMMAND").split(/\s+/) : [process.execPath, own];
const windows = process.platform === "win32" && input("COMMAND") !== "";
const args = [...first, ...words].map((word) => (windows ? `"${word.replaceAll('"', '\\"')}"` : word));
const found = spawnSync(program, args, { stdio: "inherit", shell: windows });
if (found.error)
  process.stdout.write(`::error title=ksherproof::${program} did not start: ${found.error.message}\n`);

/** Text for a workflow command. */
const escaped = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
/** One `name=value` line of an output or summary file of the runner. */
const write = (variable, text) => {
  if (process.env[variable]) appendFileSync(process.env[variable], text);
};

const text = existsSync(file("report.json")) ? readFileSync(file("report.json"), "utf8") : "";
if (text !== "") {
  const { summary, conforms, baseline, requirements } = JSON.parse(text);
  const known = new Set((baseline?.known ?? []).map(({ requirement }) => requirement));
  for (const { id, verdict, reason, failure } of requirements) {
    if (verdict !== "fail" || known.has(id)) continue;
    const says = `${failure.detail}\nAgain: ${failure.reproduce}`;
    process.stdout.write(`::error title=${property(`${id}: ${reason}`)}::${escaped(says)}\n`);
  }
  const outputs = {
    passed: summary.pass,
    failed: summary.fail + summary.not_exercised,
    conforms,
    "report-path": resolve(folder),
    "badge-json": readFileSync(file("badge.json"), "utf8").trim(),
  };
  for (const [name, value] of Object.entries(outputs)) write("GITHUB_OUTPUT", `${name}=${value}\n`);
  write("GITHUB_STEP_SUMMARY", readFileSync(file("summary.md"), "utf8"));
} else write("GITHUB_STEP_SUMMARY", "## ❌ ksherproof check made no report\n");
process.exitCode = found.status ?? 3;
