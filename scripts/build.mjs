// pnpm build: compile every package.
import { tool } from "./steps.mjs";

process.exitCode = tool("tsc", ["-b", "tsconfig.json"]);
