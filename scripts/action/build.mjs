// The GitHub Action's first step: installs and builds the commit that the action was taken from, unless that was done.
import { existsSync } from "node:fs";
import { install, must, root } from "../steps.mjs";

if (!existsSync(`${root}packages/cli/dist/main.js`)) {
  install();
  must(process.execPath, ["scripts/build.mjs"]);
}
