// The release archive, unpacked and held to its manifest by other people's tools.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releaseArchive } from "@ksherproof/vectors";
import { afterAll, describe, expect, it } from "vitest";
import { ksherproof } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));
const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
const ran = (program: string, args: readonly string[], cwd = folder): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
};

describe("vectors export --archive", () => {
  it.skipIf(!has("tar") || !has("sha256sum"))("tar unpacks it, and sha256sum finds every file right", () => {
    const file = join(folder, "vectors.tar.gz");
    const { code, out } = ksherproof(["vectors", "export", "--archive", file]);
    expect(code).toBe(0);
    expect(ran("sha256sum", [file])).toBe(out);
    ran("tar", ["-xzf", file]);
    const names = ran("tar", ["-tzf", file]).trimEnd().split("\n");
    const root = names[0]?.split("/")[0] ?? "";
    const checked = ran("sha256sum", ["--check", "--strict", "SHA256SUMS"], join(folder, root));
    const right = checked.trimEnd().split("\n");
    expect(right.every((line) => line.endsWith(": OK"))).toBe(true);
    expect(names).toEqual([...right.map((line) => `${root}/${line.slice(0, -4)}`), `${root}/SHA256SUMS`]);
    for (const name of [
      "vectors/canonical.json",
      "vectors/keys/merchant-1024.spki.pem",
      "schemas/vectors-real.schema.json",
    ]) {
      expect(names).toContain(`${root}/${name}`);
    }
    expect(readFileSync(file).equals(releaseArchive(root))).toBe(true);
  });

  it("excludes what would leave vectors out, and says where it cannot be written", () => {
    const both = ksherproof(["vectors", "export", "--archive", "x.tar.gz", "--format", "csv"]);
    expect([both.code, both.out]).toEqual([2, ""]);
    const nowhere = ksherproof(["vectors", "export", "--archive", join(folder, "no/where.tar.gz")]);
    expect([nowhere.code, nowhere.out]).toEqual([3, ""]);
    expect(nowhere.err).toContain("The archive cannot be written to");
  });
});
