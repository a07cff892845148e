// Builds the ports that need it, into folders that git ignores: node adapters/build.mjs [language ...]
// What is newer than its sources is left alone; a language whose tools are missing is skipped, and said.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const ports = JSON.parse(readFileSync(join(here, "ports.json"), "utf8"));
const GENERATED = new Set(["build", "target", "__pycache__"]);

function isOnPath(tool) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => endings.some((ending) => changed(join(folder, tool + ending)) > 0));
}

/** When a file was changed, in milliseconds; 0 where there is none. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !GENERATED.has(name))
    .map((entry) =>
      entry.isDirectory() ? newest(join(folder, entry.name)) : changed(join(folder, entry.name)),
    );
  return Math.max(0, ...times);
}

/** Two runs at once must not write the same files: the second waits, a minute at most. */
function alone(folder, act) {
  const lock = join(folder, ".building");
  for (let waited = 0; waited < 600; waited += 1) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    return act();
  } finally {
    rmdirSync(lock);
  }
}

function buildPort(language) {
  const { needs, build, output } = ports[language];
  const missing = needs.filter((tool) => !isOnPath(tool));
  if (missing.length > 0) return `skipped: ${missing.join(" and ")} not found on the PATH`;
  const [program, ...args] = build;
  if (program === undefined) return "needs no build";
  const cwd = join(here, language);
  if (changed(join(cwd, output)) > newest(cwd)) return "up to date";
  const done = alone(cwd, () => spawnSync(program, args, { cwd, encoding: "utf8" }));
  if (done.status === 0) return "built";
  process.exitCode = 1;
  return `FAILED: ${build.join(" ")}\n${done.error?.message ?? done.stdout + done.stderr}`;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((language) => !Object.hasOwn(ports, language));
if (unknown.length > 0) {
  process.stderr.write(`Expected some of ${Object.keys(ports).join(", ")}; found ${unknown.join(", ")}.\n`);
  process.exit(2);
}
for (const language of asked.length > 0 ? asked : Object.keys(ports)) {
  process.stdout.write(`${language}: ${buildPort(language)}\n`);
}
