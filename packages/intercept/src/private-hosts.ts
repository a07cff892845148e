import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A command and its arguments. */
export type CommandWords = readonly [string, ...string[]];

/**
 * On Linux, a mount namespace of the child's own in which /etc/hosts leads the gateway's names to an address of this
 * machine: what heeds neither proxy nor preload (a Go transport without a proxy, a socket opened by hand) cannot reach
 * production either. The system's own /etc/hosts is not touched. Null where the system does not allow it.
 */
export function privateHosts(
  folder: string,
  hosts: readonly string[],
  address: string,
): ((command: CommandWords) => CommandWords) | null {
  if (process.platform !== "linux") return null;
  const file = join(folder, "hosts");
  try {
    const own = readFileSync("/etc/hosts", "utf8");
    writeFileSync(file, `${hosts.map((host) => `${address} ${host}\n`).join("")}${own}`, { mode: 0o644 });
  } catch {
    return null;
  }
  const script = 'mount --bind "$0" /etc/hosts && exec "$@"';
  const ways: readonly CommandWords[] =
    process.getuid?.() === 0
      ? [["unshare", "--mount"]]
      : [["unshare", "--user", "--map-current-user", "--mount"]];
  for (const [unshare, ...flags] of ways) {
    const words = (command: CommandWords): CommandWords => [
      unshare,
      ...flags,
      "sh",
      "-c",
      script,
      file,
      ...command,
    ];
    const [program, ...args] = words(["true"]);
    if (spawnSync(program, args, { stdio: "ignore", timeout: 5000 }).status === 0) return words;
  }
  return null;
}

/** Whether a program can be started by this name: the wrapped command could only say it in the shell's words. */
export function canStart(program: string, path: string, cwd: string): boolean {
  const candidates = program.includes("/")
    ? [program.startsWith("/") ? program : join(cwd, program)]
    : path.split(delimiter).map((folder) => join(folder || ".", program));
  return candidates.some((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
