// page.mjs [reports...]: takes Stryker's JSON reports into scripts/mutation/scores.json and writes docs/reference/mutation.md
// from it. Measured, so no part of `pnpm gen`.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps.mjs";

const SCORES = join(root, "scripts/mutation/scores.json");
const COUNTED = { Killed: "killed", Timeout: "timeout", Survived: "survived", NoCoverage: "uncovered" };

const git = (...words) => spawnSync("git", words, { cwd: root, encoding: "utf8" }).stdout.trim();
const scores = JSON.parse(readFileSync(SCORES, "utf8"));
const commit = git("rev-parse", "--short=7", "HEAD");
const date = new Date().toISOString().slice(0, 10);
for (const report of process.argv.slice(2)) {
  const { files } = JSON.parse(readFileSync(report, "utf8"));
  for (const [file, { mutants }] of Object.entries(files)) {
    const score = { date, commit, killed: 0, timeout: 0, survived: 0, uncovered: 0, left_out: 0 };
    for (const { status } of mutants) score[COUNTED[status] ?? "left_out"] += 1;
    scores[file] = score;
  }
}
const measured = Object.keys(scores).sort();
writeFileSync(
  SCORES,
  `${JSON.stringify(Object.fromEntries(measured.map((file) => [file, scores[file]])), null, 2)}\n`,
);

const sources = ["core", "harness"].flatMap((name) =>
  readdirSync(join(root, "packages", name, "src"), { recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.endsWith("index.ts"))
    .map((file) => `packages/${name}/src/${file.replaceAll("\\", "/")}`),
);
const percent = ({ killed, timeout, survived, uncovered }) => {
  const found = killed + timeout;
  return `${((100 * found) / (found + survived + uncovered)).toFixed(1)} %`;
};
const sum = (name) => measured.reduce((total, file) => total + scores[file][name], 0);
const total = Object.fromEntries(
  ["killed", "timeout", "survived", "uncovered", "left_out"].map((name) => [name, sum(name)]),
);
const row = (name, score, { date = "", commit = "" }) =>
  `| ${name} | ${percent(score)} | ${score.killed} | ${score.timeout} | ${score.survived} | ${score.uncovered} | ${score.left_out} | ${date} | ${commit} |`;
const rows = measured.map((file) => row(file.replace("packages/", ""), scores[file], scores[file]));
const rest = sources.filter((file) => !(file in scores));

writeFileSync(
  join(root, "docs/reference/mutation.md"),
  `<!-- Written by scripts/mutation/page.mjs from what was measured. Do not edit. -->

# Mutation testing

Stryker changes the code in one place at a time, a *mutant*, and runs the tests that reach it. A mutant that no test notices
*survived*: something there may be wrong and nothing would say so. The score is the share that was noticed, by a failing test or by a
time-out; mutants that no test reaches count against it. Left out are mutants of what is evaluated once, as a module loads (tables
and regular expressions): each of them would take a whole run.

Only a package's own tests count (for \`core\` those in \`packages/core/test\` and the golden vectors): what the
[wrong clients](kill-matrix.md) and the command's tests find beside them is not in these figures. Properties run 20 times in place of 100.

| file | score | killed | timed out | survived | not reached | left out | measured | at commit |
|---|---|---|---|---|---|---|---|---|
${rows.join("\n")}
| all of these | ${percent(total)} | ${total.killed} | ${total.timeout} | ${total.survived} | ${total.uncovered} | ${total.left_out} | | |

${measured.length} of ${sources.length} files of \`core\` and \`harness\` were measured; of the other ${rest.length} nothing is known. A row holds
for its commit: tests that came later are not in it. To measure a file, or again:

\`\`\`text
pnpm mutate packages/core/src/form.ts packages/core/src/signature.ts
\`\`\`

What survives today is mostly the wording of messages, and conditions that another one makes equal.
`,
);
