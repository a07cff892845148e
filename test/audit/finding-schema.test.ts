import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FINDING_KINDS } from "@ksherproof/audit";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, expect, it } from "vitest";
import { keys, root } from "../cli/run.js";
import { runIn } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-finding-schema-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

it("a finding of every kind is as its schema says", () => {
  const made = ["--records", "3000", "--faults", "100", "--seed", "2", "--out", folder];
  spawnSync(process.execPath, [join(root, "scripts/audit/planted-log.mjs"), ...made]);
  const answers = readFileSync(join(folder, "log.jsonl"), "latin1").split("\n");
  // Some of them carry a planted fault; not all of these do.
  const signed = answers.filter((line) => /"response":\{.*"result":"SUCCESS".*"sign":"[0-9a-f]{128}"/.test(line)).slice(0, 5).map((line) => JSON.parse(line)); // biome-ignore format: a list
  const others = signed.flatMap((exchange) => {
    const order = exchange.response.data.mch_order_no;
    const request = "nonce_str=n&time_stamp=20240101000000&sign=00";
    return [
      { ...exchange, status: 500 },
      { ...exchange, at: "2024-05-01 08:00:00" },
      { ...exchange, request: `appid=another&mch_order_no=${order}` },
      { ...exchange, request: `mch_order_no=${order}&sign=00` },
      { ...exchange, request: `appid=mch35000&mch_order_no=${order}&${request}` },
    ].map((one) => JSON.stringify(one));
  });
  write("others.jsonl", [...others, `\uFEFF${others[0]}`].join("\n"));
  write("no-column.csv", "a,b\n1,2\n");
  const merchant = ["--merchant-key", join(keys, "merchant-512.spki.pem")];
  runIn(folder, ["audit", "--key-ring", "ring.json", ...merchant, "--findings", "found.jsonl", "log.jsonl", "others.jsonl", "no-column.csv"]); // biome-ignore format: a command
  const found = read("found.jsonl").trim().split("\n").map((line) => JSON.parse(line)); // biome-ignore format: one line
  const schema = JSON.parse(readFileSync(join(root, "specs/schemas/audit-finding.schema.json"), "utf8"));
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  for (const one of found) expect(validate(one), JSON.stringify([one, validate.errors])).toBe(true);
  const kinds = new Set(found.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(Object.keys(FINDING_KINDS).sort());
  expect(validate({ ...found[0], kind: "something_else" })).toBe(false);
});
