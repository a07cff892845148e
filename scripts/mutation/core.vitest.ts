import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.js";

// Only the tests that hold core itself: each mutant runs those that reach it. The fuzz of the doctor's attributions is
// left out: it takes longer than all the others together.
const config = mergeConfig(base, {});
config.test = {
  ...config.test,
  include: process.env.KSHERPROOF_MUTATION_TESTS?.split(",") ?? [
    "packages/core/test/**/*.test.ts",
    "test/vectors/core.test.ts",
  ],
  exclude: ["packages/core/test/explain/attribution.test.ts"],
  setupFiles: ["scripts/mutation/fewer-runs.ts"],
  testTimeout: 300_000,
};
export default config;
