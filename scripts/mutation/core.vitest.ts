import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.js";

// Only the tests that hold core itself: each mutant runs them once.
const config = mergeConfig(base, {});
config.test = {
  ...config.test,
  include: ["packages/core/test/**/*.test.ts", "test/vectors/core.test.ts"],
};
export default config;
