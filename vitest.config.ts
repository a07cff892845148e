import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const packages = fileURLToPath(new URL("./packages/", import.meta.url));

// Tests read the sources, never a stale build: `@ksherproof/x` is packages/x/src/index.ts and
// `@ksherproof/x/y` is packages/x/src/y.ts. What runs as a process of its own (the CLI) uses dist.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@ksherproof\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@ksherproof\/([^/]+)\/(.+)$/, replacement: `${packages}$1/src/$2.ts` },
    ],
  },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
    coverage: { include: ["packages/*/src/**"], exclude: ["**/generated/**"] },
  },
});
