import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../architecture/sources.js";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
}

/** What the registry was given, by package name. */
const published = new Map<string, { readonly versions: Record<string, Manifest> }>();
let registry: Server;
let project = "";

/** A registry that keeps what is put and answers 404 for the rest. */
function startRegistry(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent((request.url ?? "/").slice(1).split("?")[0] ?? "");
    const body = await text(request);
    if (request.method === "PUT") published.set(name, JSON.parse(body));
    const found = published.get(name);
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { error: "not found" }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const file = (path: string): string => join(project, path);
const release = (...words: string[]): Promise<{ code: number | null; said: string }> => {
  const child = spawn(process.execPath, ["scripts/release.mjs", ...words], {
    cwd: project,
    env: { ...process.env, GITHUB_REPOSITORY: "someone/a-fork" },
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  return new Promise((resolve) => {
    child.on("close", async (code) => resolve({ code, said: (await said).join("") }));
  });
};
const git = (...words: string[]): string => {
  const found = spawnSync("git", words, { cwd: project, encoding: "utf8" });
  if (found.status !== 0) throw new Error(`git ${words.join(" ")}: ${found.stderr}`);
  return found.stdout.trim();
};

/** A workspace of one public and one private package, with the scripts of this one, in a git repository of its own. */
beforeAll(async () => {
  registry = await startRegistry();
  project = mkdtempSync(join(tmpdir(), "ksherproof-release-"));
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  mkdirSync(file("node_modules"));
  for (const one of [".bin", "@changesets"])
    symlinkSync(join(root, "node_modules", one), file(`node_modules/${one}`));
  const { port } = registry.address() as AddressInfo;
  writeFileSync(file(".npmrc"), `//127.0.0.1:${port}/:_authToken=none\n`);
  for (const one of ["scripts/release.mjs", "scripts/steps.mjs", ".changeset", "pnpm-workspace.yaml"]) {
    cpSync(join(root, one), file(one), { recursive: true });
  }
  writeFileSync(
    file("scripts/build.mjs"),
    'import { writeFileSync } from "node:fs"; writeFileSync("packages/cli/built.js", "");\n',
  );
  writeFileSync(file("package.json"), json({ name: "workspace", private: true, packageManager }));
  writeFileSync(file("pnpm-lock.yaml"), "lockfileVersion: '9.0'\n");
  writeFileSync(file(".gitignore"), "node_modules\nbuilt.js\n.npmrc\n");
  const base = {
    version: "0.1.0",
    license: "MIT",
    publishConfig: { access: "public", registry: `http://127.0.0.1:${port}/` },
  };
  for (const [folder, manifest] of [
    ["cli", { name: "ksherproof", ...base, files: ["built.js"] }],
    ["web", { name: "@ksherproof/page", ...base, private: true }],
  ] as const) {
    mkdirSync(file(`packages/${folder}`), { recursive: true });
    writeFileSync(file(`packages/${folder}/package.json`), json(manifest));
  }
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Nobody");
  git("config", "user.email", "nobody@example.org");
  git("add", "--all");
  git("commit", "--quiet", "--message=start");
});
afterAll(() => {
  registry.close();
  rmSync(project, { recursive: true, force: true });
});

describe("pnpm release", () => {
  it("refuses a tree that differs from its commit, and names the file", async () => {
    writeFileSync(file("stray.txt"), "");
    const { code, said } = await release();
    rmSync(file("stray.txt"));
    expect(said).toContain("?? stray.txt");
    expect(code).toBe(3);
    expect(published.size).toBe(0);
  });

  it("shows with --dry-run what each package would hold, after a build, and publishes nothing", async () => {
    const { code, said } = await release("--dry-run");
    expect(said).toMatch(/built\.js/);
    expect(code).toBe(0);
    expect(published.size).toBe(0);
    expect(git("status", "--porcelain")).toBe("");
  });

  it("publishes every public package with the repository that built it, tags them, and leaves the tree as it was", async () => {
    rmSync(file("packages/cli/built.js"));
    const { code, said } = await release();
    expect(said).toContain("New tag:  ksherproof@0.1.0");
    expect(code).toBe(0);
    expect(existsSync(file("packages/cli/built.js"))).toBe(true);
    expect([...published.keys()]).toEqual(["ksherproof"]);
    const manifest = published.get("ksherproof")?.versions["0.1.0"];
    const url = "git+https://github.com/someone/a-fork.git";
    expect(manifest?.repository).toEqual({ type: "git", url, directory: "packages/cli" });
    expect(git("tag")).toBe("ksherproof@0.1.0");
    expect(git("status", "--porcelain")).toBe("");
  });
});
