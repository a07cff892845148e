import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../cli/run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-temp-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 20));
};

it.each<[string, readonly string[], NodeJS.Signals, number]>([
  ["reduce, Ctrl-C", ["reduce"], "SIGINT", 1],
  ["reduce, SIGTERM", ["reduce"], "SIGTERM", 1],
  ["audit, the terminal is closed", ["--key", "ksher-v1"], "SIGHUP", 1],
  ["audit, Ctrl-C twice", ["--key", "ksher-v1"], "SIGINT", 2],
])("an audit that is ended leaves no folder of facts behind: %s", async (_, args, signal, times) => {
  const program = join(root, "packages/cli/bin/ksherproof.mjs");
  const child = spawn(process.execPath, [program, "audit", ...args, "--temp", folder, "-"]);
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  await until(() => readdirSync(folder).some((name) => readdirSync(join(folder, name)).length > 0));
  child.kill(signal);
  if (times > 1) {
    await until(() => said.includes("again ends at once"));
    child.kill(signal);
  }
  const [code, ended] = await once(child, "exit");
  expect({ code, ended }).toEqual(times > 1 ? { code: 3, ended: null } : { code: null, ended: signal });
  expect(readdirSync(folder)).toEqual([]);
});
