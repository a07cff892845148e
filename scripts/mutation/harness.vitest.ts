import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.js";

// Only the tests that hold the harness itself: each mutant runs them once.
const config = mergeConfig(base, {});
config.test = { ...config.test, include: ["packages/harness/test/**/*.test.ts"] };
export default config;
