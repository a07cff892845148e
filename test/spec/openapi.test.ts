import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { OPENAPI } from "@ksherproof/spec/openapi";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the OpenAPI document", () => {
  it("has no error and no warning under redocly's recommended rules", () => {
    const { stdout } = spawnSync(
      "node_modules/.bin/redocly",
      ["lint", "specs/generated/openapi.json", "--format=json"],
      {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      },
    );
    const report = JSON.parse(stdout) as { totals: object; problems: { ruleId: string; message: string }[] };
    expect(report.problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    expect(report.totals).toMatchObject({ errors: 0, warnings: 0 });
  });

  it("is the same in specs/generated and in the package", () => {
    expect(JSON.parse(readFileSync(`${root}specs/generated/openapi.json`, "utf8"))).toEqual(OPENAPI);
  });

  it("REQ-001: has the three endpoints as POST, and the webhook", () => {
    expect(Object.keys(OPENAPI.paths)).toEqual(["/cancel_order", "/gateway_order_query", "/gateway_pay"]);
    expect(Object.values(OPENAPI.paths).map((path) => Object.keys(path))).toEqual([
      ["post"],
      ["post"],
      ["post"],
    ]);
    expect(Object.keys(OPENAPI.webhooks)).toEqual(["mch_notify_url"]);
  });
});
