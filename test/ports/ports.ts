import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ClientUnderTest, splitCommandLine, startAdapter } from "@ksherproof/harness";

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

/** Starts a port's adapter, as the harness would start a stranger's. */
export function start(language: string): Promise<ClientUnderTest> {
  return startAdapter(splitCommandLine(PORTS[language]?.run ?? ""), { cwd: root });
}
