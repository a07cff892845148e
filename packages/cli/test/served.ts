// `ksherproof serve` as a process of its own, for the tests of the commands that talk to it.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = join(root, "packages/cli/bin/ksherproof.mjs");

export interface Ready {
  readonly base_url: string;
  readonly appid: string;
  readonly private_key: string | null;
  readonly page: string;
  readonly control: string;
  readonly curl: readonly string[];
}

export interface ServeProcess {
  readonly ready: Ready;
  /** A file with the ready line, for `--gateway`. */
  readonly file: string;
  readonly folder: string;
  /** What it has written to stderr. */
  readonly stderr: () => string;
  /** Sends Ctrl-C and gives the exit code. */
  end(): Promise<number | null>;
}

/** Starts serve and waits for its first line. */
export async function startServe(...args: readonly string[]): Promise<ServeProcess> {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-serve-"));
  const child: ChildProcess = spawn(process.execPath, [program, "serve", "--json", ...args], { cwd: root });
  let stdout = "";
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
      if (stdout.includes("\n")) resolve(stdout.slice(0, stdout.indexOf("\n")));
    });
    ended.then((code) => reject(new Error(`serve ended with ${code}: ${stderr}`)));
  });
  const file = join(folder, "gateway.json");
  writeFileSync(file, `${line}\n`);
  return {
    ready: JSON.parse(line) as Ready,
    file,
    folder,
    stderr: () => stderr,
    async end() {
      child.kill("SIGINT");
      const code = await ended;
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}

/** Runs the CLI to its end. */
export function ksherproof(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...env },
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}
