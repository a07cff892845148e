// pnpm mutate [--tests GLOBS | --clients IDS] [--no-texts] [files...]: mutation testing of core and harness, or of these
// files of theirs alone, and the page of scores. One file takes minutes, a package hours; what was measured before stays on
// the page. --tests runs these test files alone (globs, commas between), --no-texts leaves out the mutants of string
// literals: both make it bearable where many slow tests reach a file, and the page says so of the row. --clients runs no
// test file: correct and wrong clients are held to some checks or requirements of the harness (clients.ts).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { must, root, tool } from "../steps.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: "string" }, clients: { type: "string" }, "no-texts": { type: "boolean" } },
});
mkdirSync(`${root}reports/mutation`, { recursive: true });
for (const name of ["core", "harness"]) {
  const files = positionals.filter((file) => file.startsWith(`packages/${name}/src/`));
  if (positionals.length > 0 && files.length === 0) continue;
  const config = JSON.parse(readFileSync(`${root}scripts/mutation/${name}.json`, "utf8"));
  if (values["no-texts"]) config.mutator = { excludedMutations: ["StringLiteral"] };
  if (files.length > 0) config.mutate = files;
  if (values.clients) config.testRunner = "clients";
  const file = `reports/mutation/${name}.config.json`;
  writeFileSync(`${root}${file}`, JSON.stringify(config));
  const env = {
    ...(values.tests && { KSHERPROOF_MUTATION_TESTS: values.tests }),
    ...(values.clients && { KSHERPROOF_MUTATION_CLIENTS: values.clients }),
  };
  const code = tool("stryker", ["run", file], { env });
  if (code !== 0) process.exit(code);
  must(process.execPath, ["scripts/mutation/page.mjs", `${root}reports/mutation/${name}.json`]);
}
