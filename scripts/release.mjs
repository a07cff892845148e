// pnpm release [--dry-run]: builds, then publishes the packages whose version the registry does not have; --dry-run shows what of each.
// npm takes a package with provenance only where its manifest names the repository that built it. Whose that is, the workflow
// knows: it is written into the manifests for as long as this runs.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { must, root, run } from "./steps.mjs";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const { GITHUB_SERVER_URL = "https://github.com", GITHUB_REPOSITORY } = process.env;

if (!values["dry-run"]) {
  const { status, stdout } = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
  if (status !== 0 || stdout !== "") {
    const found =
      stdout === "" ? "git can't say what differs" : `these files differ from it:\n${stdout.trimEnd()}`;
    process.stderr.write(
      `A release is what a commit holds, and ${found}\nCommit or remove them, then run this again.\n`,
    );
    process.exit(3);
  }
}
must(process.execPath, ["scripts/build.mjs"]);

const manifests = readdirSync(`${root}packages`)
  .map((name) => ({ directory: `packages/${name}`, file: `${root}packages/${name}/package.json` }))
  .map((one) => ({ ...one, before: readFileSync(one.file, "utf8") }));
let code = 1;
try {
  for (const { directory, file, before } of GITHUB_REPOSITORY ? manifests : []) {
    const url = `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git`;
    const manifest = { ...JSON.parse(before), repository: { type: "git", url, directory } };
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
  code = values["dry-run"]
    ? run("npx", ["--yes", packageManager, "-r", "publish", "--dry-run", "--no-git-checks"])
    : // Changesets calls `pnpm`, which npx puts on its path.
      run("npx", ["--yes", `--package=${packageManager}`, "--call", "changeset publish"]);
} finally {
  for (const { file, before } of manifests) writeFileSync(file, before);
}
process.exit(code);
