// The figures of a coverage run: on standard output for each package, and of a whole run on docs/reference/coverage.md.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { root } from "../steps.mjs";

/** Whether each line on which a statement begins was run, by number: in the tests' own process, or in one that they started. */
function linesOf({ path, statementMap, s }, reached) {
  const lines = new Map();
  for (const [id, { start }] of Object.entries(statementMap)) {
    const known = lines.get(start.line) ?? { here: false, elsewhere: false };
    lines.set(start.line, {
      here: known.here || s[id] > 0,
      elsewhere: known.elsewhere || reached.get(path)?.has(start.line) === true,
    });
  }
  return lines;
}

/** Prints the figures; writes the page where `whole`, all tests, says so. `passed`: whether none of them failed. */
export function writePage({ inTests, processes, whole, passed }) {
  const packages = new Map();
  const files = [];
  for (const file of inTests) {
    const path = file.path.slice(root.length);
    const name = path.split("/")[1];
    // Its code runs in Chromium, where Node's coverage does not see it.
    if (name === "web") continue;
    const sum = packages.get(name) ?? { lines: 0, here: 0, reached: 0 };
    const lines = linesOf(file, processes.reached);
    const missed = [...lines].filter(([, { here, elsewhere }]) => !here && !elsewhere).map(([line]) => line);
    sum.lines += lines.size;
    sum.here += [...lines.values()].filter(({ here }) => here).length;
    sum.reached += lines.size - missed.length;
    packages.set(name, sum);
    files.push({ path, lines: lines.size, missed });
  }
  const share = (part, all) => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
  const rows = [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { lines, here, reached }]) => [name, `${lines}`, share(here, lines), share(reached, lines)]);
  const table = [
    ["package", "lines", "in the tests' process", "with started processes"],
    ["---", "---", "---", "---"],
    ...rows,
  ];
  const text = table.map((row) => `| ${row.join(" | ")} |`).join("\n");
  const worst = files
    .filter(({ lines, missed }) => lines >= 10 && missed.length > 0)
    .sort((a, b) => b.missed.length - a.missed.length)
    .slice(0, 20);
  process.stdout.write(`\n${text}\n\nNot reached, the files with most:\n`);
  for (const { path, lines, missed } of worst)
    process.stdout.write(`  ${path}: ${missed.length} of ${lines}: ${runs(missed)}\n`);
  if (!whole) {
    process.stdout.write("\nThe page is written only by a run of all tests.\n");
    return;
  }
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], {
    cwd: root,
    encoding: "utf8",
  }).stdout.trim();
  writeFileSync(`${root}docs/reference/coverage.md`, page(text, processes.processes, commit, passed));
}

/** Line numbers with each run of neighbours as one word: 3-5 9. */
function runs(lines) {
  const found = [];
  for (const line of lines) {
    if (found.at(-1)?.[1] === line - 1) found.at(-1)[1] = line;
    else found.push([line, line]);
  }
  return found.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(" ");
}

const page = (table, started, commit, passed) => `<!-- Written by \`pnpm coverage\`. Do not edit. -->

# Coverage

The share of lines with a statement that the tests reach, measured on ${new Date().toISOString().slice(0, 10)} at commit ${commit}, Node ${process.versions.node}. Much of
this project is tested as started commands, so what these ran counts too (V8's own coverage, through the source maps):
${started} processes.${passed ? "" : " Not every test passed in that run, so the figures are the least that the tests reach."} A process that was killed leaves no figures, and
what runs in a browser (\`web\`, and \`core\` in Chromium) is not seen at all: its tests are in \`test/web\`. Those of the
documentation, of the packed packages and of the ports did not run. A line that was reached is not a line that is held:
[mutation testing](mutation.md) says more.

${table}
`;
