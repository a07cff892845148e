import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../architecture/sources.js";

/** The packages that people install, in the order in which they rest on each other. */
export const PUBLISHED: readonly string[] = readdirSync(join(root, "packages"))
  .map((name) => JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")))
  .filter((manifest) => manifest.private !== true)
  .map((manifest) => manifest.name as string);

/** Runs a command to its end; throws with everything that it said where it fails. */
export function ran(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: 240_000,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error ?? status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The tarballs of every published package, by name, as the registry would get them. */
export function packAll(): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-pack-"));
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const filters = PUBLISHED.flatMap((name) => ["--filter", name]);
  ran(
    "npx",
    ["--yes", packageManager, ...filters, "-r", "exec", "pnpm", "pack", "--pack-destination", folder],
    root,
  );
  const files = readdirSync(folder);
  return new Map(
    PUBLISHED.map((name) => {
      const start = `${name.replace("@", "").replace("/", "-")}-`;
      const file = files.find((one) => one.startsWith(start) && /^\d/.test(one.slice(start.length)));
      if (!file) throw new Error(`No tarball of ${name} among ${files.join(", ")}.`);
      return [name, join(folder, file)];
    }),
  );
}

/** An empty project with the tarballs installed. */
export function projectWith(tarballs: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-project-"));
  const dependencies = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  const manifest = {
    name: "stranger",
    version: "1.0.0",
    private: true,
    dependencies,
    overrides: dependencies,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  ran("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], folder);
  mkdirSync(join(folder, "src"));
  return folder;
}
