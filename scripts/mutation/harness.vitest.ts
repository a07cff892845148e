import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.js";

// Only the tests that hold the harness itself: each mutant runs those that reach it.
const config = mergeConfig(base, {});
config.test = {
  ...config.test,
  include: process.env.KSHERPROOF_MUTATION_TESTS?.split(",") ?? ["packages/harness/test/**/*.test.ts"],
  setupFiles: ["scripts/mutation/fewer-runs.ts"],
  testTimeout: 300_000,
};
export default config;
