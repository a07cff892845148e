// Part of pnpm gen: which checks, vectors and tests cover which requirement. Fails where a must is covered by nothing.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CHECKS } from "../packages/harness/dist/index.js";
import {
  coverageModule,
  coverageOf,
  coverageProblems,
  folderSource,
  loadExclusions,
  loadSpecs,
  parseYamlFile,
  requirementsInTitles,
  traceabilityPage,
} from "../packages/spec-loader/dist/index.js";
import { root } from "./steps.mjs";

const read = (path) => readFileSync(`${root}${path}`, "utf8");

/** The files in a folder whose names end so, as paths from the root, sorted; `node_modules` and `dist` are not entered. */
function filesIn(folder, ending) {
  return readdirSync(`${root}${folder}`, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return /^(node_modules|dist|src)$/.test(entry.name) ? [] : filesIn(path, ending);
      return path.endsWith(ending) ? [path] : [];
    })
    .sort();
}

/** Every id under a member `requirement` or `requirements`, however deep. */
function idsUnder(value, found = new Set()) {
  if (typeof value !== "object" || value === null) return found;
  for (const [name, inner] of Object.entries(value)) {
    if (/^requirements?$/.test(name))
      for (const id of [inner].flat()) if (typeof id === "string") found.add(id);
    idsUnder(inner, found);
  }
  return found;
}

function put(path, text) {
  mkdirSync(dirname(`${root}${path}`), { recursive: true });
  writeFileSync(`${root}${path}`, text);
}

const source = folderSource(`${root}specs`);
const specs = loadSpecs(source);
const exclusions = loadExclusions(source);
const evidence = {
  checks: CHECKS.map(({ id, title, requirements }) => ({ id, title, requirements })),
  scenarios: filesIn("vectors/scenarios", ".yaml").map((path) => parseYamlFile(path, read(path)).value),
  vectors: new Map(
    filesIn("vectors", ".json").map((path) => [path, [...idsUnder(JSON.parse(read(path)))].sort()]),
  ),
  tests: new Map(
    [...filesIn("packages", ".test.ts"), ...filesIn("test", ".test.ts")].map((path) => [
      path,
      requirementsInTitles(read(path)),
    ]),
  ),
};
const covered = coverageOf(specs.requirements, evidence);
const problems = coverageProblems(covered, exclusions, evidence);
for (const problem of problems) process.stderr.write(`traceability: ${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
put("docs/reference/traceability.md", traceabilityPage(covered, exclusions));
put("packages/spec/src/generated/coverage.ts", coverageModule(covered));
