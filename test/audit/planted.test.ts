import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../cli/run.js";
import { runIn } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-planted-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ksherproof = (args: readonly string[]) => runIn(folder, args);

const RECORDS = 20_000;
const FAULTS = 1_000;

interface Expected {
  readonly kind: string;
  readonly mch_order_no: string | null;
}

/** Findings as they are compared: kind and order; where a record stands depends on the log's order. */
const keyed = (list: readonly Expected[]): readonly string[] =>
  list.map(({ kind, mch_order_no }) => `${kind} ${mch_order_no}`).sort();

const findingsIn = (file: string): readonly Expected[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Expected);

function planted(
  name: string,
  shuffle: boolean,
): { readonly log: string; readonly ring: string; readonly expected: readonly Expected[] } {
  const out = join(folder, name);
  const args = [
    "--records",
    `${RECORDS}`,
    "--faults",
    `${FAULTS}`,
    "--seed",
    "7",
    "--out",
    out,
    ...(shuffle ? ["--shuffle"] : []),
  ];
  const made = spawnSync(process.execPath, [join(root, "scripts/audit/planted-log.mjs"), ...args], {
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(made.stderr);
  const { findings } = JSON.parse(readFileSync(join(out, "expected.json"), "utf8")) as {
    findings: readonly Expected[];
  };
  return { log: join(out, "log.jsonl"), ring: join(out, "ring.json"), expected: findings };
}

describe("an audit of a log with planted faults", () => {
  let inOrder: ReturnType<typeof planted>;
  let shuffled: ReturnType<typeof planted>;
  beforeAll(() => {
    inOrder = planted("in-order", false);
    shuffled = planted("shuffled", true);
  });

  const found = (log: ReturnType<typeof planted>, ...more: readonly string[]) => {
    const file = join(folder, "findings.jsonl");
    const ran = ksherproof(["audit", "--key-ring", log.ring, "--json", "--findings", file, ...more, log.log]);
    expect(ran.err).toBe("");
    expect(ran.code).toBe(1);
    return {
      report: JSON.parse(ran.out),
      findings: findingsIn(file).filter(({ kind }) => kind !== "weak_key"),
    };
  };

  it("finds every planted fault and nothing else, in the log's order and shuffled, in one thread and two", () => {
    for (const log of [inOrder, shuffled]) {
      expect(log.expected.length).toBe(FAULTS);
      for (const workers of ["0", "2"])
        expect(keyed(found(log, "--workers", workers).findings)).toEqual(keyed(log.expected));
    }
  });

  it("gives the same findings and the same report sharded, merged in another grouping, and reduced", () => {
    for (const { log, ring } of [inOrder, shuffled]) {
      const whole = ksherproof(["audit", "--key-ring", ring, "--json", "--findings", "whole.jsonl", log]);
      const parts = [1, 2, 3].map((i) => {
        const part = ksherproof(["audit", "map", "--key-ring", ring, "--shard", `${i}/3`, log]);
        expect(part).toMatchObject({ code: 0, err: "" });
        writeFileSync(join(folder, `part-${i}`), part.out);
        return `part-${i}`;
      });
      writeFileSync(join(folder, "merged"), ksherproof(["audit", "merge", ...parts.slice(1)]).out);
      const sorted = (file: string): string =>
        readFileSync(join(folder, file), "utf8").split("\n").sort().join("\n");
      for (const partials of [parts, ["merged", "part-1"]]) {
        const reduced = ksherproof(["audit", "reduce", "--json", "--findings", "reduced.jsonl", ...partials]);
        expect(reduced.code).toBe(1);
        expect(JSON.parse(reduced.out)).toEqual(JSON.parse(whole.out));
        expect(sorted("reduced.jsonl")).toBe(sorted("whole.jsonl"));
      }
    }
  });

  it("gives the same findings from both engines, byte for byte", () => {
    for (const engine of ["wasm", "node"]) {
      ksherproof([
        "audit",
        "--key-ring",
        inOrder.ring,
        "--engine",
        engine,
        "--findings",
        `${engine}.jsonl`,
        inOrder.log,
      ]);
    }
    expect(readFileSync(join(folder, "wasm.jsonl"), "utf8")).toBe(
      readFileSync(join(folder, "node.jsonl"), "utf8"),
    );
  });

  it("prints a report that its schema describes, with every record counted once", () => {
    const { report } = found(inOrder);
    const schema = JSON.parse(readFileSync(join(root, "specs/schemas/audit-report.schema.json"), "utf8"));
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
    expect(sum(report.findings) - report.findings.weak_key).toBe(FAULTS);
    expect(report.records.total).toBe(readFileSync(inOrder.log, "latin1").split("\n").length - 1);
  });
});
