import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ksherproof-audit-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RECORDS = 20_000;
const FAULTS = 1_000;

function ksherproof(args: readonly string[], input?: string | Buffer) {
  const found = spawnSync(process.execPath, [join(root, "packages/cli/bin/ksherproof.mjs"), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    cwd: folder,
    ...(input === undefined ? {} : { input }),
  });
  return { code: found.status, out: found.stdout, err: found.stderr };
}

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

describe("the command", () => {
  const KEY = ["--key", "ksher-v1"];
  const real = JSON.parse(readFileSync(join(root, "scripts/vectors/real-signed-messages.json"), "utf8")) as {
    messages: readonly {
      id: string;
      payload: unknown;
      kind: string;
      key: string;
      verifies: boolean;
      endpoint: string;
    }[];
  };
  const genuine = real.messages.filter(
    ({ kind, key, verifies }) => kind === "response" && key === "v1" && verifies,
  );
  const lines = genuine.map(({ payload }) => JSON.stringify(payload));
  const write = (name: string, bytes: string | Buffer): string => {
    writeFileSync(join(folder, name), bytes);
    return name;
  };
  const json = (args: readonly string[], input?: string | Buffer) => {
    const ran = ksherproof(["audit", ...KEY, "--json", ...args], input);
    return { ...ran, report: ran.out === "" ? null : JSON.parse(ran.out) };
  };

  it("audits genuine answers: all valid, exit code 0", () => {
    expect(lines.length).toBeGreaterThan(5);
    const ran = json([write("real.jsonl", `${lines.join("\n")}\n`)]);
    expect(ran.report.records).toEqual({
      total: lines.length,
      valid: lines.length,
      invalid: 0,
      missing: 0,
      unreadable: 0,
    });
    expect(ran.code).toBe(0);
  });

  it("reads one answer over several lines, an array, standard input, gzip, CSV and HAR alike", () => {
    const answer = JSON.parse(lines[0] ?? "");
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const entries = genuine.map(({ endpoint }, i) => ({
      startedDateTime: "2024-01-01T00:00:00Z",
      request: { method: "POST", url: `https://gateway.ksher.com/api/${endpoint}` },
      response: { status: 200, content: { text: lines[i] } },
    }));
    const inputs: readonly (readonly [string, string | Buffer, number])[] = [
      ["one.json", JSON.stringify(answer, null, 2), 1],
      [
        "array.json",
        JSON.stringify(
          lines.map((line) => JSON.parse(line)),
          null,
          1,
        ),
        lines.length,
      ],
      ["log.jsonl.gz", gzipSync(lines.join("\n")), lines.length],
      [
        "log.csv",
        `at,response\r\n${lines.map((line) => `2024-01-01T00:00:00Z,${quoted(line)}`).join("\r\n")}\r\n`,
        lines.length,
      ],
      ["log.har", JSON.stringify({ log: { version: "1.2", pages: [{ a: [1] }], entries } }), lines.length],
    ];
    for (const [name, bytes, count] of inputs) {
      expect(json([write(name, bytes)]).report.records, name).toMatchObject({ total: count, valid: count });
    }
    expect(json(["-"], lines.join("\n")).report.records.valid).toBe(lines.length);
    const globbed = json(["log.*"]);
    expect(globbed.report.inputs.map(({ file }: { file: string }) => file)).toEqual([
      "log.csv",
      "log.har",
      "log.jsonl.gz",
    ]);
  });

  it("reads zstd, frame after frame, and says where a frame breaks off", () => {
    const frames = readFileSync(join(root, "test/audit/genuine.jsonl.zst"));
    const ran = json([write("log.jsonl.zst", frames)]);
    expect(ran.report.records).toMatchObject({ total: 2 * lines.length, valid: 2 * lines.length });
    expect(ran.report.inputs).toMatchObject([{ format: "lines", compression: "zstd", bytes: frames.length }]);
    expect(ran.code).toBe(0);
    const cut = json([write("cut.jsonl.zst", frames.subarray(0, frames.length - 5))]);
    expect(cut.report.findings.input_unreadable).toBe(1);
    expect(cut.report.records.valid).toBeGreaterThan(0);
    expect(cut.code).toBe(3);
  });

  it("RSP-001 with --format webhook a body without its signature is missing it, and is nothing without", () => {
    const line = lines[genuine.findIndex(({ endpoint }) => endpoint === "gateway_order_query")] ?? "";
    const { sign: _, ...bare } = JSON.parse(line);
    const log = write("bodies.jsonl", `${line}\n${JSON.stringify({ ...bare, data: "x" })}\n`);
    const webhooks = json([log, "--format", "webhook"]);
    expect(webhooks.report.inputs[0].format).toBe("webhook");
    expect(webhooks.report.records).toMatchObject({ total: 2, valid: 1, missing: 1 });
    expect(webhooks.code).toBe(1);
    expect(json([log]).report.records).toMatchObject({ total: 2, valid: 1, missing: 0 });
  });

  it("SEC-004 tells a line that is too long, with its place, and goes on", () => {
    const long = Buffer.concat([
      Buffer.from(`${lines[0]}\n{"a":"`),
      Buffer.alloc(20 << 20, 0x61),
      Buffer.from(`"}\n${lines[1]}\n{"code":`),
    ]);
    const ran = json([write("long.jsonl", long), "--findings", "long.findings"]);
    expect(ran.report.records).toMatchObject({ total: 4, valid: 2, unreadable: 2 });
    const places = readFileSync(join(folder, "long.findings"), "utf8").trim().split("\n").map((line) => JSON.parse(line)); // biome-ignore format: short
    const offset = Buffer.byteLength(lines[0] ?? "") + 1;
    expect(places[0]).toMatchObject({
      reason: "line_too_long",
      place: { file: "long.jsonl", line: 2, offset },
    });
    expect(places[1]).toMatchObject({ reason: "json_truncated", place: { line: 4 } });
    expect(ran.code).toBe(1);
  });

  it("keeps what came before where a compressed input breaks off, and ends with 3", () => {
    const whole = gzipSync(Buffer.from(`${lines.join("\n")}\n`.repeat(2000)));
    const ran = json([write("cut.jsonl.gz", whole.subarray(0, whole.length - 20))]);
    expect(ran.report.findings.input_unreadable).toBe(1);
    expect(ran.report.records.valid).toBeGreaterThan(0);
    expect(ran.code).toBe(3);
  });

  it("says what is wrong in one sentence: no key, no file, an empty glob, a bad number", () => {
    expect(ksherproof(["audit", "x.jsonl"])).toMatchObject({ code: 2 });
    expect(ksherproof(["audit", ...KEY, "none.jsonl"])).toMatchObject({
      code: 3,
      err: expect.stringContaining("There is no file none.jsonl"),
    });
    expect(ksherproof(["audit", ...KEY, "none-*"])).toMatchObject({ code: 3 });
    expect(ksherproof(["audit", ...KEY, "--workers", "x", "real.jsonl"])).toMatchObject({ code: 2 });
    const empty = json([write("empty.jsonl", "")]);
    expect(empty).toMatchObject({
      code: 0,
      report: { records: { total: 0 } },
      err: expect.stringContaining("no records"),
    });
  });
});
