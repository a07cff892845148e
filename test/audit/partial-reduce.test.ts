import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

it("a part that broke off, an empty one, a shard that is missing or given twice: said with exit code 2, not passed over", () => {
  const map = (i: number): string =>
    ksherproof([
      "audit",
      "map",
      "--workers",
      "0",
      "--key",
      "ksher-v1",
      "--shard",
      `${i}/3`,
      at("small.jsonl"),
    ]).out;
  writeFileSync(at("small.jsonl"), `x\n${'{"code":-3,"msg":"x"}\n'.repeat(29)}`);
  const parts = [1, 2, 3].map((i) => {
    writeFileSync(at(`part-${i}`), map(i));
    return at(`part-${i}`);
  });
  const reduce = (...files: readonly string[]) => ksherproof(["audit", "reduce", "--json", ...files]);
  const whole = reduce(...parts);
  expect(whole.code).toBe(1);
  expect(JSON.parse(whole.out).records).toMatchObject({ total: 30, unreadable: 1 });
  expect(reduce(...parts.slice(1))).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/Of 3 shards these are missing: 1\./) }); // biome-ignore format: short
  copyFileSync(at("part-2"), at("again"));
  const twice = reduce(...parts, at("again"));
  expect(twice).toMatchObject({
    code: 2,
    err: expect.stringContaining("missing: 1, 3, or others are given"),
  });
  const right = readFileSync(at("part-1"), "utf8");
  for (const [wrong, says] of [
    [right.replace(/"version":"[^"]+"/, '"version":"99.0.0"'), "made by version 99.0.0"],
    [right.replace(/"version":"[^"]+",/, ""), "made by another version"],
    [`{"type":"fact","group":"x","fact":{"of":"order","id":5}}\n${right}`, "again:1: expected a line"],
    [`{"type":"finding"}\n${right}`, "again:1: expected a line"],
  ] as const) {
    writeFileSync(at("again"), wrong);
    expect(reduce(at("again"), ...parts.slice(1))).toMatchObject({ code: 2, err: expect.stringContaining(says) }); // biome-ignore format: short
  }
  const merged = ksherproof(["audit", "merge", ...parts.slice(1)]).out;
  expect(ksherproof(["audit", "reduce"], merged)).toMatchObject({ code: 2, out: "" });
  const first = readFileSync(at("part-1"), "utf8").trimEnd();
  for (const cut of ["", first.slice(0, first.lastIndexOf("\n") + 1)]) {
    writeFileSync(at("part-1"), cut);
    expect(reduce(...parts)).toMatchObject({ code: 2, err: expect.stringContaining("expected a summary at its end") }); // biome-ignore format: short
    expect(ksherproof(["audit", "merge", ...parts])).toMatchObject({ code: 2 });
  }
});
