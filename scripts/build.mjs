// pnpm build: compile every package, then hold specs/ to its schemas and lints.
import { must, tool } from "./steps.mjs";

process.exitCode = tool("tsc", ["-b", "tsconfig.json"]);
if (process.exitCode === 0) must(process.execPath, ["packages/spec-loader/dist/generate.js", "--lint"]);
