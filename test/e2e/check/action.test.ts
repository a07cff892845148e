import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { adapter, REFERENCE, root } from "./cli.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-action-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function act(name: string, env: Readonly<Record<string, string>>) {
  const output = join(folder, `${name}.output`);
  const summary = join(folder, `${name}.md`);
  const found = spawnSync(process.execPath, [`${root}scripts/action/run.mjs`], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      KSHERPROOF_ONLY: "CXL-003,CXL-004",
      KSHERPROOF_REPORTS: name,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...env,
    },
  });
  const read = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const outputs = Object.fromEntries(
    read(output)
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  return { ...found, outputs, summary: read(summary) };
}

describe("the GitHub Action", () => {
  it("a client that conforms: outputs, step summary and every report", () => {
    const { status, outputs, summary } = act("right", { KSHERPROOF_ADAPTER: REFERENCE });
    expect(status).toBe(0);
    expect(outputs).toMatchObject({
      passed: "2",
      failed: "0",
      conforms: "true",
      "report-path": join(folder, "right"),
    });
    expect(JSON.parse(outputs["badge-json"] ?? "")).toMatchObject({ schemaVersion: 1, color: "brightgreen" });
    expect(summary).toMatch(/^## ✅ .* conforms/);
    for (const name of [
      "report.json",
      "events.ndjson",
      "junit.xml",
      "report.sarif",
      "report.html",
      "badge.json",
    ])
      expect(existsSync(join(folder, "right", name)), name).toBe(true);
  });

  it("a wrong client: outputs all the same, an annotation for each failure, and exit code 1", () => {
    const found = act("wrong", {
      KSHERPROOF_ADAPTER: adapter("wrong.mjs", "paid-is-cancelled"),
      KSHERPROOF_COMMAND: `${process.execPath} ${root}packages/cli/bin/ksherproof.mjs`,
    });
    expect(found.status).toBe(1);
    expect(found.outputs).toMatchObject({ passed: "1", failed: "1", conforms: "false" });
    expect(found.stdout).toMatch(/^::error title=CXL-003%3A [^\n]*::[^\n]*%0AAgain: ksherproof check/m);
    expect(found.summary).toContain("❌");
  });

  it("an adapter that does not start: exit code 3", () => {
    const found = act("none", { KSHERPROOF_ADAPTER: "no-such-program" });
    expect(found.status).toBe(3);
    expect(found.summary).toContain("made no report");
  });

  it("action.yml declares what the step writes and reads", () => {
    const action = parse(readFileSync(`${root}action.yml`, "utf8"));
    expect(Object.keys(action.outputs)).toEqual([
      "passed",
      "failed",
      "conforms",
      "report-path",
      "badge-json",
    ]);
    const [build, step] = action.runs.steps;
    expect(build).toMatchObject({ if: "inputs.command == ''" });
    expect(build.run).toContain("scripts/action/build.mjs");
    const script = readFileSync(`${root}scripts/action/run.mjs`, "utf8");
    for (const name of Object.keys(step.env)) expect(script).toContain(name.replace("KSHERPROOF_", ""));
    expect(step.run).toContain("scripts/action/run.mjs");
  });
});
