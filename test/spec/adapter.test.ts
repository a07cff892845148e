import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compiled } from "./folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pem = (name: string) => readFileSync(`${root}vectors/keys/${name}.pem`, "utf8");
const validator = (name: string) => compiled.ajv.getSchema(`https://ksherproof.dev/schemas/${name}`);

const keys = { public_key: pem("gateway-512.spki"), public_key_pkcs1: pem("gateway-512.pkcs1-public") };
const own = { private_key: pem("merchant-1024.pkcs1"), private_key_pkcs8: pem("merchant-1024.pkcs8") };
const params = { appid: "mch35000", mch_order_no: "order-1" };
const call = {
  base_url: "http://127.0.0.1:9/api",
  appid: "mch35000",
  ...own,
  ...keys,
  timeout_ms: 300,
  mch_order_no: "order-1",
};
const requests = [
  { op: "hello", args: { protocol: 1 } },
  { op: "canonicalize", args: { params } },
  { op: "sign", args: { params, ...own } },
  { op: "verify", args: { data: { a: 1 }, data_text: '{"a":1}', sign: "00", ...keys } },
  { op: "cancel", args: call },
  { op: "query", args: call },
  { op: "create", args: { ...call, total_fee: "100", fee_type: "THB", channel_list: "promptpay" } },
  { op: "notify", args: { body: "{}", ...keys } },
].map((one, index) => ({ id: index + 1, ...one }));

describe("the schemas of the adapter protocol", () => {
  it("take every request, and every answer of the reference adapter by its operation's definition", () => {
    const input = `${requests.map((one) => JSON.stringify(one)).join("\n")}\n`;
    const { stdout } = spawnSync(process.execPath, ["adapters/typescript/adapter.mjs"], {
      cwd: root,
      input,
      encoding: "utf8",
    });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: number; ok: unknown });
    expect(answers).toHaveLength(requests.length);
    const request = validator("adapter-request.schema.json");
    const answer = validator("adapter-answer.schema.json");
    for (const one of requests) expect(request?.(one), JSON.stringify([one.op, request?.errors])).toBe(true);
    for (const one of answers) {
      expect(answer?.(one), JSON.stringify([one, answer?.errors])).toBe(true);
      const { op } = requests.find(({ id }) => id === one.id) ?? { op: "" };
      const definition = validator(`adapter-answer.schema.json#/$defs/${op}`);
      expect(definition?.(one.ok), JSON.stringify([one, definition?.errors])).toBe(true);
    }
  });

  it.each([
    [{ id: 1, op: "cancels", args: {} }, "adapter-request.schema.json"],
    [{ id: 1, op: "sign", args: { params: { total_fee: 100 }, ...own } }, "adapter-request.schema.json"],
    [{ id: 1, ok: { outcome: "done" } }, "adapter-answer.schema.json"],
    [{ id: 1, ok: {}, error: { kind: "failed", message: "" } }, "adapter-answer.schema.json"],
    [{ id: 1, error: { kind: "broken", message: "" } }, "adapter-answer.schema.json"],
  ])("refuse %j", (message, schema) => {
    expect(validator(schema)?.(message)).toBe(false);
  });
});
