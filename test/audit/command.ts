import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../cli/run.js";

/** Runs the command in a folder, with what it reads on standard input where that is given. */
export function runIn(folder: string, args: readonly string[], input?: string | Buffer) {
  const found = spawnSync(process.execPath, [join(root, "packages/cli/bin/ksherproof.mjs"), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    cwd: folder,
    ...(input === undefined ? {} : { input }),
  });
  return { code: found.status, out: found.stdout, err: found.stderr };
}
