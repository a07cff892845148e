import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ksherproof, root } from "../cli/run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-partial-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const sorted = (file: string): readonly string[] => readFileSync(file, "utf8").trim().split("\n").sort();

it("orders may be judged apart with reduce --partial: the findings and the report are those of the whole", () => {
  const script = join(root, "scripts/audit/planted-log.mjs");
  const made = ["--records", "4000", "--faults", "200", "--seed", "9", "--out", folder];
  spawnSync(process.execPath, [script, ...made]);
  const ring = ["--key-ring", at("ring.json")];
  const whole = ksherproof([
    "audit",
    ...ring,
    "--json",
    "--findings",
    at("whole.jsonl"),
    at("log.jsonl"),
  ]).out;
  const lines = [1, 2].flatMap((i) =>
    ksherproof(["audit", "map", ...ring, "--shard", `${i}/2`, at("log.jsonl")])
      .out.trim()
      .split("\n"),
  );
  const groupOf = (line: string): number => {
    const { group } = JSON.parse(line) as { readonly group?: string };
    return group === undefined ? -1 : group.charCodeAt(group.length - 1) % 2;
  };
  const parts = [0, 1].map((wanted) => {
    const facts = lines.filter((line) => groupOf(line) === wanted).reverse();
    const ran = ksherproof(["audit", "reduce", "--partial"], facts.join("\n"));
    expect(ran).toMatchObject({ code: 0, err: "" });
    return ran.out;
  });
  const rest = lines.filter((line) => groupOf(line) === -1).join("\n");
  const joined = ksherproof(
    ["audit", "reduce", "--json", "--findings", at("joined.jsonl")],
    `${parts.join("")}${rest}`,
  );
  expect(joined.code).toBe(1);
  expect(JSON.parse(joined.out)).toEqual(JSON.parse(whole));
  expect(sorted(at("joined.jsonl"))).toEqual(sorted(at("whole.jsonl")));
});
