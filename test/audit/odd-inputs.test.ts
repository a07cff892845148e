import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { ksherproof, root } from "../cli/run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-odd-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const write = (name: string, bytes: string | Buffer): string => {
  writeFileSync(at(name), bytes);
  return at(name);
};

const messages = (
  JSON.parse(readFileSync(join(root, "scripts/vectors/real-signed-messages.json"), "utf8")) as {
    messages: readonly {
      payload: unknown;
      kind: string;
      key: string;
      verifies: boolean;
      endpoint: string;
    }[];
  }
).messages.filter(({ kind, key, verifies }) => kind === "response" && key === "v1" && verifies);
const lines = messages.map(({ payload }) => JSON.stringify(payload));
const [first = "", second = ""] = lines;
const log = `${lines.join("\n")}\n`;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

interface Found {
  readonly kind: string;
  readonly reason: string;
  readonly place: { readonly file: string; readonly line: number; readonly offset: number } | null;
}

/** Audits several inputs at once: what was counted, and the reasons found in each. */
function audited(files: readonly string[]) {
  const ran = ksherproof([
    ...["audit", "--key", "ksher-v1", "--workers", "0", "--json", "--findings", at("findings"), ...files],
  ]);
  const found = readFileSync(at("findings"), "utf8").split("\n").filter(Boolean);
  const all = found.map((line) => JSON.parse(line) as Found);
  const of = (file: string): readonly string[] =>
    all.filter(({ place }) => place?.file === file).map(({ kind, reason }) => `${kind} ${reason}`);
  const { records, inputs } = JSON.parse(ran.out);
  const valid = new Map<string, number>(
    inputs.map((input: { file: string; records: number }) => [input.file, input.records]),
  );
  return { code: ran.code, err: ran.err, records, of, count: (file: string) => valid.get(file) };
}

describe("what is no log, or breaks off", () => {
  it("SIG-006 goes on after half a surrogate pair in a member that the signature does not cover", () => {
    const { sign } = JSON.parse(first) as { sign: string };
    const data = { begin_date: "1", end_date: "2", nonce_str: "x", settlement_data: "HALF" };
    const half = JSON.stringify({ code: 0, data, sign }).replace("HALF", "\\ud800");
    const file = write("half.jsonl", `${half}\n${first}\n`);
    const { code, records, of } = audited([file]);
    expect([code, records.total, records.valid]).toEqual([1, 2, 1]);
    expect(of(file)).toEqual(["signature_invalid other_text"]);
    const explained = ksherproof(["explain", "--key", "ksher-v1", write("half.json", half)]);
    expect([explained.code, explained.out]).toEqual([1, expect.stringContaining("over another text")]);
  });

  it("is a finding about the input, with all that came before the break audited", () => {
    const gz = gzipSync(log);
    const wrongSum = Buffer.from(gz);
    wrongSum.writeUInt8(wrongSum.readUInt8(gz.length - 6) ^ 1, gz.length - 6);
    const cases: readonly (readonly [name: string, bytes: string | Buffer, reason: string, count: number])[] =
      [
        ["tail.jsonl.gz", Buffer.concat([gz, Buffer.from("garbage")]), "gzip_broken", lines.length],
        ["sum.jsonl.gz", wrongSum, "gzip_broken", lines.length],
        ["twice.jsonl.gz", gzipSync(gz), "gzip_twice", 0],
        ["a.zip", Buffer.from("PK\u0003\u0004 etc."), "zip", 0],
        ["a.jsonl.bz2", "BZh91AY&SY etc.", "bzip2", 0],
        ["utf16.csv", Buffer.from(`\ufeffat,response\n1,${quoted(first)}\n`, "utf16le"), "utf16", 0],
        ["columns.csv", `\ufeffat,what\n1,${quoted(first)}\n`, "csv_no_column", 0],
        ["cut.json", `[${first},\n${second},`, "json_cut", 2],
        ["empty.har", "", "har_no_entries", 0],
        ["other.har", "[1,2]", "har_no_entries", 0],
        ["cut.har", '{"log":{"entries":[', "har_cut", 0],
      ];
    const files = cases.map(([name, bytes]) => write(name, bytes));
    const ran = audited([...files, write("good.jsonl", log)]);
    for (const [name, , reason, count] of cases) {
      expect(ran.of(at(name)), name).toEqual([`input_unreadable ${reason}`]);
      expect(ran.count(at(name)), name).toBe(count);
    }
    expect(ran.count(at("good.jsonl"))).toBe(lines.length);
    expect(ran).toMatchObject({ code: 3, err: "" });
    expect(ran.records.valid).toBe(3 * lines.length + 2);
  });

  it("is told of a broken gzip near its break, to the last byte that could be unpacked", () => {
    const noise = Array.from(
      { length: 4000 },
      (_, i) => `{"code":-3,"msg":"${(i * 2654435761) % 4294967296}"}`,
    );
    const whole = gzipSync(`${noise.join("\n")}\n`);
    whole.fill(0xff, whole.length - 9000, whole.length - 8900);
    const file = write("middle.jsonl.gz", whole);
    const unpacked = spawnSync("gzip", ["-dc", file], { maxBuffer: 1 << 26, encoding: "latin1" }).stdout;
    const intact = unpacked.split("\n").findIndex((line, i) => line !== noise[i]);
    expect(intact).toBeGreaterThan(1000);
    const ran = audited([file]);
    expect(ran.count(file)).toBeGreaterThanOrEqual(intact);
    expect(ran.code).toBe(3);
  });

  it("is read without a word on stderr, however often the unpacking of a gzip is waited for", () => {
    const noise = randomBytes(6 << 20).toString("base64");
    const file = write("waits.jsonl.gz", gzipSync(`{"code":-3,"msg":"${noise}"}\n${log}`, { level: 1 }));
    const ran = ksherproof(["audit", "--key", "ksher-v1", "--json", file]);
    expect([ran.err, JSON.parse(ran.out).records.valid]).toEqual(["", lines.length]);
  });
});

describe("records in odd wrappings", () => {
  it("are read, or told one by one", () => {
    const entry = (url: string, content: object) => ({
      startedDateTime: "2024-01-01T00:00:00Z",
      request: { method: "POST", url: `https://gateway.ksher.com/api/${url}` },
      response: { status: 200, content },
    });
    const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
    const entries = [
      entry(messages[0]?.endpoint ?? "", { size: 5, text: base64(first), encoding: "base64" }),
      entry("gateway_order_query", { size: 500 }),
      entry("gateway_order_query", {
        text: base64(Buffer.from('{"msg":"\xe9"}', "latin1")),
        encoding: "base64",
      }),
    ];
    const semicolons = `at;response\n${lines.map((line) => `2024-01-01T00:00:00Z;${quoted(line)}`).join("\n")}`;
    const cases: readonly (readonly [name: string, text: string, count: number, found: readonly string[]])[] =
      [
        ["array-and-lines.json", `[${first}]\n${second}\n`, 2, []],
        ["marked.json", `\ufeff[\n${first},\n${second}\n]`, 2, []],
        ["deep.jsonl", `${"[".repeat(5000)}\n${second}\n`, 2, ["unreadable json_too_deep"]],
        ["torn-first.jsonl", `{"code":\n${first}\n${second}\n`, 3, ["unreadable json_truncated"]],
        ["semicolon.csv", semicolons, lines.length, []],
        ["tab.csv", semicolons.replaceAll(";", "\t"), lines.length, []],
        ["short.csv", `at,response\n1\n1,${quoted(first)}\n`, 2, ["unreadable csv_short_row"]],
        [
          "bodies.har",
          JSON.stringify({ log: { entries } }),
          3,
          ["unreadable har_no_body", "unreadable bad_utf8"],
        ],
        ["carriage.jsonl", log.replaceAll("\n", "\r\n"), lines.length, []],
        ["nul.jsonl", `${first}\n\0\0\0\n`, 2, ["unreadable json_syntax"]],
      ];
    const ran = audited(cases.map(([name, text]) => write(name, text)));
    for (const [name, , count, found] of cases) {
      expect(ran.count(at(name)), name).toBe(count);
      expect(ran.of(at(name)), name).toEqual(found);
    }
    expect(ran).toMatchObject({ code: 1, err: "" });
  });

  it("count once where a file is named twice, or by a link", () => {
    const file = write("once.jsonl", log);
    symlinkSync(file, at("link.jsonl"));
    expect(audited([file, `${folder}/./once.jsonl`, at("link.jsonl")]).records.total).toBe(lines.length);
  });
});

describe("an option that says nothing of these inputs", () => {
  it("is told: a column where no input is CSV", () => {
    const file = write("no-csv.jsonl", log);
    const column = (...files: string[]) =>
      ksherproof(["audit", "--key", "ksher-v1", "--column", "a", ...files]).err;
    expect(column(file)).toBe("ksherproof: --column names a column of CSV, and no input is CSV.\n");
    expect(column(file, write("some.csv", "a\n"))).not.toContain("no input is CSV");
  });
});

describe("output that can't be written", () => {
  const run = (command: string) => spawnSync("sh", ["-c", command], { encoding: "utf8", env: { ...process.env, KS: `node ${root}packages/cli/bin/ksherproof.mjs audit --key ksher-v1 --workers 0` } }); // biome-ignore format: short

  it.runIf(process.platform === "linux")("is exit code 3 and one sentence, never a verdict", () => {
    const file = write("bad.jsonl", `${first}\n{"code":`);
    const full = run(`$KS ${file} > /dev/full`);
    expect(full.status).toBe(3);
    expect(full.stderr).toMatch(/^ksherproof: ENOSPC.*\n {2}The disk is full.*\n$/);
    symlinkSync("/dev/full", at("full.csv"));
    const findings = run(`$KS --findings ${at("full.csv")} ${file}`);
    expect(findings).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^ksherproof: .*full.csv can't be/),
    });
  });

  it("is told before anything is audited where its folder is not there", () => {
    const html = ksherproof(["audit", "--key", "ksher-v1", "--html", at("none/x.html"), at("once.jsonl")]);
    expect(html).toMatchObject({ code: 3, out: "", err: expect.stringContaining("x.html can't be written") });
    const onFolder = ksherproof(["audit", "--key", "ksher-v1", "--html", folder, at("once.jsonl")]);
    expect(onFolder).toMatchObject({ code: 3, out: "", err: expect.stringContaining("is a folder") });
  });
});

describe("a key ring", () => {
  it("that is wrong is refused with the entry that is; the key whose period holds is the one that counts", () => {
    const dated = `\ufeff"at","response"\n${lines.map((line) => `2024-01-01T00:00:00Z,${quoted(line)}`).join("\n")}`;
    const file = write("dated.csv", dated);
    const audit = (ring: unknown) =>
      ksherproof([
        "audit",
        "--json",
        "--workers",
        "0",
        "--key-ring",
        write("ring.json", JSON.stringify(ring)),
        file,
      ]);
    const key = "ksher-v1";
    const wrong: readonly (readonly [ring: unknown, says: RegExp])[] = [
      [null, /expected \{"keys"/],
      [{ keys: [] }, /at least one key/],
      [{ keys: [{ key, untill: "2024-01-01T00:00:00Z" }] }, /key 1: .*found "untill"/],
      [
        { keys: [{ key }, { key, from: "2024-01-02T00:00:00Z", until: "2024-01-01T00:00:00Z" }] },
        /key 2: .*before/,
      ],
      [{ keys: [{ key, name: 5 }] }, /"name" to be a text/],
    ];
    for (const [ring, says] of wrong)
      expect(audit(ring), String(says)).toMatchObject({ code: 2, out: "", err: expect.stringMatching(says) });
    const old = { key, name: "old", until: "2023-12-31T00:00:00Z" };
    const overlap = audit({ keys: [old, { key, name: "new", from: "2023-06-01T00:00:00Z" }] });
    const used = (JSON.parse(overlap.out).keys as { name: string; records: number }[]).map((one) => [
      one.name,
      one.records,
    ]);
    expect(used).toEqual([
      ["old", 0],
      ["new", lines.length],
    ]);
    expect(JSON.parse(audit({ keys: [old] }).out).findings.key_period).toBe(lines.length);
  });
});
