import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../cli/run.js";
import { runIn } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-audit-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ksherproof = (args: readonly string[], input?: string | Buffer) => runIn(folder, args, input);

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

  it("with --no-orders judges the records alone, and says that the orders were not judged", () => {
    const log = write("alone.jsonl", `${lines.join("\n")}\n`);
    const { report, code } = json([log, "--no-orders"]);
    expect(report).toEqual({ ...json([log]).report, orders: null });
    expect(code).toBe(0);
    expect(ksherproof(["audit", ...KEY, "--no-orders", log]).out).toContain("not judged (--no-orders)");
    const html = ksherproof(["audit", ...KEY, "--no-orders", "--html", "x.html", log]);
    expect(html).toMatchObject({ code: 2, err: expect.stringContaining("--no-orders") });
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
