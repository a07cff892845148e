import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ajvWith } from "@ksherproof/spec-loader";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ksherproof-spec-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const found = spawnSync(process.execPath, ["packages/cli/bin/ksherproof.mjs", "spec", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status: found.status, stdout: found.stdout, stderr: found.stderr };
}

function fits(name: string, value: unknown): void {
  const schema = JSON.parse(readFileSync(`${root}specs/schemas/${name}.schema.json`, "utf8"));
  const ajv = ajvWith([schema]);
  expect(ajv.validate(schema.$id, value), JSON.stringify(ajv.errors)).toBe(true);
}

describe("ksherproof spec", () => {
  it("list --json fits its schema and can be narrowed to a group and a level", () => {
    const rows = JSON.parse(run("list", "sec", "--level", "must", "--json").stdout);
    fits("cli-spec-list", rows);
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(["SEC-001", "SEC-002", "SEC-003", "SEC-005"]);
  });

  it("show CXL-007 has the sentence, why, the source, checks, scenarios and an exchange about one order", () => {
    const shown = JSON.parse(run("show", "CXL-007", "--json").stdout);
    fits("cli-spec-show", shown);
    expect(shown).toMatchObject({ id: "CXL-007", sources: ["seed"] });
    expect(shown.checks.map(({ id }: { id: string }) => id)).toContain("cxl-007");
    expect(shown.scenarios.map(({ id }: { id: string }) => id)).toContain("CXL-007");
    const asked = new URLSearchParams(shown.example.request.at(-1)).get("mch_order_no");
    expect(JSON.parse(shown.example.answer.at(-1)).data).toMatchObject({
      result: "SUCCESS",
      mch_order_no: asked,
    });
    const { status, stdout } = run("show", "cxl-007");
    expect(status).toBe(0);
    for (const part of [
      "Why it matters",
      "Sources",
      "Checks of the harness",
      "Vectors and scenarios",
      "An example exchange",
    ])
      expect(stdout).toContain(part);
  });

  it("an id that there is not is wrong usage, with a way on", () => {
    const { status, stderr } = run("show", "CXL-999");
    expect([status, stderr]).toEqual([
      2,
      "ksherproof: There is no requirement, code, result or state CXL-999. [requirement_unknown]\n  `ksherproof spec list` lists the requirements, `ksherproof spec states` the states; codes and results are in docs/reference/codes.md.\n",
    ]);
  });

  it("show takes a code, a result and a state, too, each with every place that it stands in", () => {
    for (const [word, places] of [
      ["-3", ["cancel_order not_found", "gateway_order_query not_found"]],
      ["closed", ["gateway_order_query closed"]],
      ["paid_late", ["null null"]],
    ] as const) {
      const shown = JSON.parse(run("show", word, "--json").stdout);
      fits("cli-spec-show", shown);
      expect(
        shown.meanings.map((one: Record<string, string | null>) => `${one.endpoint} ${one.outcome}`),
      ).toEqual(places);
    }
    expect(run("show", "-4").stdout).toContain("-4  a code of cancel_order: already_paid\n");
  });

  it("states --json fits its schema; --mermaid is a state diagram", () => {
    fits("cli-spec-states", JSON.parse(run("states", "--json").stdout));
    expect(run("states", "--mermaid").stdout).toMatch(/^stateDiagram-v2\n {2}\[\*\] --> open\n/);
  });

  it("diff says what changed and whom it breaks, and exits with 1 where it breaks somebody", () => {
    cpSync(`${root}specs`, folder, { recursive: true });
    const codes = readFileSync(join(folder, "codes.yaml"), "utf8");
    writeFileSync(
      join(folder, "codes.yaml"),
      codes
        .replace(
          "outcome: failed\n      meaning: Cancel order failed",
          "outcome: already_paid\n      meaning: Cancel order failed",
        )
        .replace(
          "outcome: already_paid\n      meaning: The order has been paid",
          "outcome: failed\n      meaning: The order has been paid",
        ),
    );
    const { status, stdout } = run("diff", folder, ".", "--json");
    const report = JSON.parse(stdout);
    fits("cli-spec-diff", report);
    expect([status, report.breaks]).toEqual([1, ["clients", "vectors"]]);
    expect(report.changes.map(({ name }: { name: string }) => name)).toEqual([
      "cancel_order -4",
      "cancel_order -6",
    ]);
    expect(run("diff", ".", "specs")).toMatchObject({ status: 0, stdout: "Nothing changed.\n" });
  });

  it("diff names the file and line of specs that do not load, and a folder without specs", () => {
    writeFileSync(join(folder, "codes.yaml"), "version: 1\nabout: [\n");
    const broken = run("diff", folder, ".");
    expect(broken.status).toBe(3);
    expect(broken.stderr).toMatch(/codes\.yaml:\d+:\d+: /);
    expect(run("diff", "docs", ".")).toMatchObject({ status: 3, stdout: "" });
  });
});
