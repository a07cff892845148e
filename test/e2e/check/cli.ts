import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What a command line came to. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real `ksherproof`. */
export function ksherproof(words: readonly string[], { cwd = root } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const program = `${root}packages/cli/bin/ksherproof.mjs`;
    const child = spawn(process.execPath, [program, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The command line of a test adapter beside this file. */
export function adapter(file: string, ...args: readonly string[]): string {
  return ["node", `${root}test/e2e/check/${file}`, ...args].map((word) => `"${word}"`).join(" ");
}

export const REFERENCE = `node ${root}adapters/typescript/adapter.mjs`;
