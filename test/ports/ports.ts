import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ClientUnderTest, splitCommandLine, startAdapter } from "@ksherproof/harness";
import type { TestContext } from "vitest";

export const root = fileURLToPath(new URL("../..", import.meta.url));

interface Port {
  readonly needs: readonly string[];
  readonly run: string;
}

/** The ports of adapters/, each with the command line of its adapter. */
export const PORTS: Readonly<Record<string, Port>> = JSON.parse(
  readFileSync(`${root}adapters/ports.json`, "utf8"),
);

export const LANGUAGES = Object.keys(PORTS);

/** Builds a port; says why where this machine cannot. Throws where the build fails. */
export function build(language: string): string | null {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["adapters/build.mjs", language], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout.includes("skipped:") ? stdout.trim() : null;
}

/** Builds a port; where this machine cannot, for want of its tools, the test is skipped with that as its reason. */
export function buildOrSkip(language: string, test: TestContext): void {
  skipWhere(build(language), test);
}

/** Skips a test where there is a reason to. */
export function skipWhere(missing: string | null, test: TestContext): void {
  if (missing !== null) test.skip(missing);
}

/** Starts a port's adapter, as the harness would start a stranger's. */
export function start(language: string): Promise<ClientUnderTest> {
  return startAdapter(splitCommandLine(PORTS[language]?.run ?? ""), { cwd: root });
}
