// pnpm gen: write again everything that is generated from specs/ and vectors/. Needs `pnpm build` first.
import { existsSync } from "node:fs";
import { must, root } from "./steps.mjs";

const generators = [
  "packages/spec-loader/dist/generate.js",
  "scripts/state-picture.mjs",
  "scripts/gateway-reference.mjs",
  "scripts/cli-reference.mjs",
  "scripts/api-report.mjs",
  "scripts/traceability.mjs",
];
for (const generator of generators) {
  if (existsSync(`${root}${generator}`)) must(process.execPath, [generator]);
}
