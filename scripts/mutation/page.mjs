// page.mjs [--commit HASH] [reports...]: takes Stryker's JSON reports, of this commit or of the one that is named, into
// scripts/mutation/scores.json and writes docs/reference/mutation.md from it. Measured, so no part of `pnpm gen`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { root } from "../steps.mjs";

const SCORES = join(root, "scripts/mutation/scores.json");
const COUNTED = { Killed: "killed", Timeout: "timeout", Survived: "survived", NoCoverage: "uncovered" };

const git = (...words) => spawnSync("git", words, { cwd: root, encoding: "utf8" }).stdout.trim();
const scores = JSON.parse(readFileSync(SCORES, "utf8"));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { commit: { type: "string" } },
});
const commit = values.commit ?? git("rev-parse", "--short=7", "HEAD");
const date = new Date().toISOString().slice(0, 10);
for (const report of positionals) {
  const { files, testFiles, config } = JSON.parse(readFileSync(report, "utf8"));
  const texts = !config.mutator.excludedMutations.includes("StringLiteral");
  const byClients = config.testRunner === "clients";
  const tests = byClients
    ? `${Object.values(testFiles).flatMap((file) => file.tests).length} clients`
    : Object.keys(testFiles).length;
  // A file without anything to change is not in the report.
  const bare = config.mutate.filter((file) => !(file in files) && existsSync(join(root, file)));
  for (const [file, { mutants }] of [
    ...Object.entries(files),
    ...bare.map((one) => [one, { mutants: [] }]),
  ]) {
    const score = {
      date,
      commit,
      texts,
      tests,
      killed: 0,
      timeout: 0,
      survived: 0,
      uncovered: 0,
      left_out: 0,
    };
    for (const { status } of mutants) score[COUNTED[status] ?? "left_out"] += 1;
    scores[file] = score;
  }
}
const measured = Object.keys(scores).sort();
writeFileSync(
  SCORES,
  `${JSON.stringify(Object.fromEntries(measured.map((file) => [file, scores[file]])), null, 2)}\n`,
);

/** Whether anything but re-exports is left of a file without its types. */
const hasCode = (file) => {
  const { outputText } = ts.transpileModule(readFileSync(join(root, file), "utf8"), {
    compilerOptions: { target: "esnext", module: "esnext", removeComments: true },
  });
  return outputText.split("\n").some((line) => !/^(export (\*|\{.*\}).*|\s*)$/.test(line));
};
const sources = ["core", "harness"].flatMap((name) =>
  readdirSync(join(root, "packages", name, "src"), { recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.endsWith("index.ts"))
    .map((file) => `packages/${name}/src/${file.replaceAll("\\", "/")}`)
    .filter(hasCode),
);
const percent = ({ killed, timeout, survived, uncovered }) => {
  const found = killed + timeout;
  const all = found + survived + uncovered;
  return all === 0 ? "none to find" : `${((100 * found) / all).toFixed(1)} %`;
};
const sum = (name) => measured.reduce((total, file) => total + scores[file][name], 0);
const total = Object.fromEntries(
  ["killed", "timeout", "survived", "uncovered", "left_out"].map((name) => [name, sum(name)]),
);
const row = (name, score, ...measuredSo) =>
  `| ${[name, percent(score), score.killed, score.timeout, score.survived, score.uncovered, score.left_out, ...measuredSo].join(" | ")} |`;
const rows = measured.map((file) => {
  const { texts, tests, date, commit } = scores[file];
  return row(file.replace("packages/", ""), scores[file], texts ? "yes" : "no", tests, date, commit);
});
const rest = sources.filter((file) => !(file in scores));

writeFileSync(
  join(root, "docs/reference/mutation.md"),
  `<!-- Written by scripts/mutation/page.mjs from what was measured. Do not edit. -->

# Mutation testing

Stryker changes the code in one place at a time, a *mutant*, and runs the tests that reach it. A mutant that no test notices
*survived*: something there may be wrong and nothing would say so. The score is the share that was noticed, by a failing test or by a
time-out; mutants that no test reaches count against it. Left out are mutants of what is evaluated once, as a module loads (tables
and regular expressions): each of them would take a whole run.

Only a package's own tests count (for \`core\` those in \`packages/core/test\` and the golden vectors), or the clients that a row
names: what the whole [kill matrix](kill-matrix.md) and the command's tests find beside them is not in these figures. Properties run
20 times in place of 100.

A row with *texts: no* was measured without mutants of string literals, which are mostly the wording of messages; they are among
those left out. *Tests* counts the test files that ran: in a package where slow tests reach everything, a row is measured with the
files that are about it, and the others could only raise its score; what a test file computes as it loads is not seen.

The checks of the harness are held by wrong clients, not by files of tests beside them. Where *tests* says *clients*, so many
clients of the kill matrix and correct ones were held to the checks of the file, each check alone: a mutant was noticed where a wrong client
was not found out, or for another requirement than the one that it breaks, or where something was found against a correct one, or where a requirement
was no longer shown to hold. The kill matrix holds most checks to many more clients than a row counts; a sample that none of these needs is a survivor.

| file | score | killed | timed out | survived | not reached | left out | texts | tests | measured | at commit |
|---|---|---|---|---|---|---|---|---|---|---|
${rows.join("\n")}
${row("all of these", total, "", "", "", "")}

Of the ${sources.length} files of \`core\` and \`harness\` that hold more than types and re-exports ${sources.length - rest.length} were measured, of \`core\` ${
    rest.some((file) => file.includes("/core/")) ? "not all" : "all"
  }; of the other ${rest.length} nothing is known. A row holds
for its commit: tests that came later are not in it. To measure a file, or again:

\`\`\`text
pnpm mutate packages/core/src/form.ts packages/core/src/signature.ts
pnpm mutate --no-texts --tests 'packages/core/test/explain/*.test.ts' packages/core/src/explain/search.ts
pnpm mutate --no-texts --clients codes,unreadable packages/harness/src/checks/answers.ts
\`\`\`

What survives in the checks of the harness is mostly a sample beside others of its kind, what clients
that offer less are asked, what a slow one is spared, and what is told beside the verdict. What survives in \`core\` is mostly the wording of messages, and conditions that another one makes equal.
`,
);
