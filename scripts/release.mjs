// pnpm release [--dry-run]: publishes the packages whose version the registry does not have; --dry-run shows what of each.
// npm takes a package with provenance only where its manifest names the repository that built it. Whose that is, the workflow
// knows: it is written into the manifests for as long as this runs.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root, run, tool } from "./steps.mjs";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const { GITHUB_SERVER_URL = "https://github.com", GITHUB_REPOSITORY } = process.env;
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
    : tool("changeset", ["publish"]);
} finally {
  for (const { file, before } of manifests) writeFileSync(file, before);
}
process.exit(code);
