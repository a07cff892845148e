// What the scripts share: run a command, say what it is, stop at the first that fails.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Ksherproof needs Node 20.19 or later; this is Node ${process.versions.node}.\n`);
  process.exit(3);
}

/** Runs one command from the root with its output shown; returns its exit code. */
export function run(command, args, options = {}) {
  // On Windows, what npm installs is started by a .cmd file, which takes a shell, and that takes quotes.
  const shell = process.platform === "win32" && command !== process.execPath;
  const words = shell ? args.map((word) => `"${word}"`) : args;
  const found = spawnSync(command, words, {
    cwd: root,
    stdio: "inherit",
    shell,
    ...options,
    env: { ...process.env, ...options.env },
  });
  if (found.error) {
    process.stderr.write(`${command} did not start: ${found.error.message}\n`);
    return 3;
  }
  return found.status ?? 1;
}

/** Runs one command; ends this process with its exit code if that is not 0. */
export function must(command, args, options) {
  const code = run(command, args, options);
  if (code !== 0) process.exit(code);
}

/** Runs a tool that the workspace installed (`node_modules/.bin`). */
export function tool(name, args, options) {
  return run(
    process.platform === "win32" ? `node_modules\\.bin\\${name}` : `node_modules/.bin/${name}`,
    args,
    options,
  );
}

/** Installs the workspace with the pinned pnpm, unless what is installed is what the lock file says. */
export function install() {
  const lock = `${root}pnpm-lock.yaml`;
  const installed = `${root}node_modules/.modules.yaml`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  process.stderr.write(`Installing with ${packageManager} ...\n`);
  must("npx", [
    "--yes",
    packageManager,
    "install",
    "--frozen-lockfile",
    "--prefer-offline",
    "--reporter=append-only",
  ]);
}
