import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const packages = fileURLToPath(new URL("./packages/", import.meta.url));

/** The files that take longest, the longest first: begun last, one of them would keep one core busy alone at the end. */
const LONG = [
  "test/audit/spark",
  "test/conformance/mutants",
  "test/e2e/intercept-certificates",
  "test/e2e/check/product",
  "test/docs/commands",
  "test/packages/",
  "test/conformance/styles",
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.includes(name));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

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
    globalSetup: ["test/temporary-folder.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Much of every file is waiting, for processes and time-outs: two cores take two files, not the one of the default.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only tests that mostly wait for time-outs run at once (test/conformance).
    maxConcurrency: 10,
    reporters: ["default"],
    sequence: { sequencer: LongFirst },
    coverage: { include: ["packages/*/src/**"], exclude: ["**/generated/**"] },
  },
});
