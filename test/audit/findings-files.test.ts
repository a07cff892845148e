import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvLineOf, finding } from "@ksherproof/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ksherproof, root } from "../cli/run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-findings-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("findings in a file", () => {
  let lines: readonly { kind: string; line: number | null; mch_order_no: string | null }[];
  const audited = (ending: string) => {
    const file = join(folder, `findings.${ending}`);
    const ran = ksherproof(["audit", "--key-ring", join(folder, "ring.json"), "--findings", file, join(folder, "log.jsonl")]); // biome-ignore format: short
    expect(ran).toMatchObject({ code: 1, err: "" });
    return file;
  };
  beforeAll(() => {
    const script = join(root, "scripts/audit/planted-log.mjs");
    spawnSync(process.execPath, [
      script,
      "--records",
      "3000",
      "--faults",
      "120",
      "--seed",
      "5",
      "--out",
      folder,
    ]);
    const text = readFileSync(audited("jsonl"), "utf8").trim().split("\n");
    lines = text.map((line) => {
      const { kind, place, mch_order_no } = JSON.parse(line);
      return { kind, line: place?.line ?? null, mch_order_no };
    });
    expect(lines.length).toBe(121);
  });

  it("is the same as CSV and as Parquet", async () => {
    const { DuckDBInstance } = createRequire(join(root, "packages/audit/package.json"))("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    for (const file of [audited("csv"), audited("parquet")]) {
      const read = await connection.runAndReadAll(`SELECT kind, line, mch_order_no FROM '${file}'`);
      const rows = read.getRowObjectsJson().map((row: Record<string, string | null>) => ({
        kind: row.kind,
        line: row.line === null ? null : Number(row.line),
        mch_order_no: row.mch_order_no,
      }));
      expect(rows).toEqual(lines);
    }
  });

  it("is never written over what is read, whatever its name, nor over another output", () => {
    const text = readFileSync(join(folder, "log.jsonl"), "utf8").split("\n", 2).join("\n");
    const log = join(folder, "small.jsonl");
    writeFileSync(log, text);
    symlinkSync(log, join(folder, "link.jsonl"));
    const page = join(folder, "page.html");
    const ring = join(folder, "ring.json");
    for (const outputs of [
      ["--findings", log],
      ["--findings", join(folder, "link.jsonl")],
      ["--html", log],
      ["--findings", ring],
      ["--findings", page, "--html", page],
    ]) {
      const ran = ksherproof(["audit", "--key-ring", ring, ...outputs, log]);
      expect([outputs, ran.code, ran.err]).toEqual([outputs, 2, expect.stringContaining("written over")]);
    }
    expect(readFileSync(log, "utf8")).toBe(text);
  });

  it("keeps a spreadsheet from running what a log says, and a line from breaking its row", () => {
    const found = finding("shape", {
      reason: "x",
      detail: '=HYPERLINK("http://a")',
      mch_order_no: "a,b\nc",
      place: { file: "@x", line: 1, offset: 0 },
    });
    const cells = csvLineOf(found);
    expect(cells).toContain(`"'=HYPERLINK(""http://a"")"`);
    expect(cells).toContain(`"a,b\nc"`);
    expect(cells).toContain(",'@x,1,0,");
  });

  it("says how to install DuckDB where Parquet is asked for without it, before anything is audited", () => {
    mkdirSync(join(folder, "hooks"));
    writeFileSync(
      join(folder, "hooks/missing.mjs"),
      `export async function resolve(name, context, next) {
        if (name === "@duckdb/node-api") throw Object.assign(new Error("no"), { code: "ERR_MODULE_NOT_FOUND" });
        return next(name, context);
      }`,
    );
    writeFileSync(
      join(folder, "hooks/register.mjs"),
      `import { register } from "node:module"; register("./missing.mjs", import.meta.url);`,
    );
    const args = [
      "--import",
      join(folder, "hooks/register.mjs"),
      join(root, "packages/cli/bin/ksherproof.mjs"),
    ];
    const audit = [
      "audit",
      "--key",
      "ksher-v1",
      "--findings",
      join(folder, "x.parquet"),
      join(folder, "log.jsonl"),
    ];
    const ran = spawnSync(process.execPath, [...args, ...audit], { encoding: "utf8" });
    expect(ran.status).toBe(3);
    expect(ran.stderr).toContain("npm install @duckdb/node-api");
    expect(ran.stdout).toBe("");
  });
});
