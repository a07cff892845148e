import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportDocument } from "@ksherproof/harness";
import { afterAll, describe, expect, it } from "vitest";
import { adapter, ksherproof } from "./cli.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-cheaters-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A dead client costs the harness its deadlines, and a reciter many seconds: they are held to a part of the level.
const SOME = ["--only", "CXL-012,WHK,SIG-003,QRY-002", "--runs", "2"];

describe("a client that did nothing passes nothing", () => {
  it.each([
    ["dead", ["--only", "CXL-004"]],
    ["echo", ["--level", "hardening"]],
    ["refuses-all", SOME],
    ["unsupported-all", SOME],
    ["says-unknown", SOME],
    ["says-untrusted", SOME],
    ["never-calls", SOME],
    ["recites", SOME],
    ["empty-ok", SOME],
  ])("%s", async (mode, more) => {
    const words = ["check", "--adapter", adapter("cheater.mjs", mode), "--json", ...more];
    const { code, stdout } = await ksherproof(words, { cwd: folder });
    const report = JSON.parse(stdout) as ReportDocument;
    expect(report.requirements.filter(({ verdict }) => verdict === "pass").map(({ id }) => id)).toEqual([]);
    expect(report.conforms).toBe(false);
    expect(code).toBe(1);
  });

  it("an adapter that offers nothing was not exercised: exit code 3", async () => {
    const nothing = `node -e "process.stdin.once('data', () => console.log(JSON.stringify({id: 1, ok: {protocol: 1, name: 'n', version: '1', language: 'x', ops: [], concurrent: false}})))"`;
    const { code, stdout } = await ksherproof(["check", "--adapter", nothing], { cwd: folder });
    expect(stdout).toContain("NOTHING WAS EXERCISED");
    expect(code).toBe(3);
  });
});
