import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ajvWith } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const schema = JSON.parse(readFileSync(`${root}specs/schemas/cli-validate.schema.json`, "utf8"));
const run = (args: readonly string[], input: string) =>
  spawnSync(process.execPath, ["packages/cli/bin/ksherproof.mjs", "validate", ...args], {
    cwd: root,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });

describe("ksherproof validate", () => {
  it("prints JSON that fits its published schema, and exits with 1 for a message that is not valid", () => {
    const { status, stdout } = run(["--json"], "appid=35000&mch_order_no=&x=%zz");
    expect(status).toBe(1);
    const printed: unknown = JSON.parse(stdout);
    const ajv = ajvWith([schema]);
    expect(ajv.validate(schema.$id, printed), JSON.stringify(ajv.errors)).toBe(true);
    expect(printed).toMatchObject({ valid: false, message: "request", endpoint: "cancel_order" });
    expect((printed as { problems: unknown[] }).problems).toHaveLength(6);
  });

  it("names each place with its requirement in words, and exits with 0 for a valid message", () => {
    const bad = run(["--endpoint", "cancel_order"], '{"code": 7}');
    expect(bad.stdout).toBe(
      "This is an answer of cancel_order.\nNOT valid: 1 problem.\n  /code  Expected code to be an integer, 0 for success or -1 to -6 for a refusal, found the number 7. (RSP-003)\n",
    );
    const good = run([], '{"code": -3, "msg": "no such order"}');
    expect([good.status, good.stdout]).toEqual([
      0,
      "This is an answer of cancel_order.\nvalid; 1 deviation is tolerated, --strict names them.\n",
    ]);
  });

  it("exits with 2 for an endpoint that there is not, and for a text that is no message", () => {
    const odd = run(["--endpoint", "cancel"], "{}");
    expect([odd.status, odd.stdout]).toEqual([2, ""]);
    expect(odd.stderr).toContain(
      "Give one of: cancel_order, gateway_order_query, gateway_pay, mch_notify_url.",
    );
    expect(run([], "hello").status).toBe(2);
  });
});
