import { generateKeyPairSync, type KeyPairKeyObjectResult, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openEnvelope, preAuthEncoding } from "@ksherproof/audit";
import { documentVerifier } from "@ksherproof/keys";
import { ajvWith } from "@ksherproof/spec-loader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ksherproof, root } from "../cli/run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-statement-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const schema = (name: string) =>
  JSON.parse(readFileSync(join(root, `specs/schemas/${name}.schema.json`), "utf8")) as Readonly<
    Record<string, unknown>
  >;

const REAL = JSON.parse(readFileSync(join(root, "scripts/vectors/real-signed-messages.json"), "utf8")) as {
  messages: readonly { payload: unknown; kind: string; key: string; verifies: boolean }[];
};
const LOG = REAL.messages
  .filter(({ kind, key, verifies }) => kind === "response" && key === "v1" && verifies)
  .map(({ payload }) => `${JSON.stringify(payload)}\n`)
  .join("");

function makeKey(name: string, { publicKey, privateKey }: KeyPairKeyObjectResult): void {
  writeFileSync(at(`${name}.pem`), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(at(`${name}.pub.pem`), publicKey.export({ type: "spki", format: "pem" }));
}

const state = (name: string, inputs: readonly string[], more: readonly string[] = []) =>
  ksherproof([
    ...[
      "audit",
      "--key",
      "ksher-v1",
      "--statement",
      at(`${name}.json`),
      "--statement-key",
      at(`${name}.pem`),
    ],
    ...more,
    ...inputs,
  ]);
const check = (file: string, key: string, ...more: readonly string[]) => {
  const ran = ksherproof(["verify-statement", file, "--key", at(`${key}.pub.pem`), "--json", ...more]);
  return { ...ran, result: ran.out === "" ? null : JSON.parse(ran.out) };
};

describe("a signed statement of an audit", () => {
  beforeAll(() => {
    makeKey("ed", generateKeyPairSync("ed25519"));
    makeKey("rsa", generateKeyPairSync("rsa", { modulusLength: 2048 }));
    makeKey("short", generateKeyPairSync("rsa", { modulusLength: 1024 }));
    writeFileSync(at("log.jsonl"), LOG);
    writeFileSync(at("log.jsonl.gz"), gzipSync(LOG));
    writeFileSync(at("cut.jsonl.gz"), gzipSync(LOG.repeat(3000)).subarray(0, 4000));
    writeFileSync(at("log.csv"), `response\n"${(LOG.split("\n")[0] ?? "").replaceAll('"', '""')}"\n`);
  });

  it.each(["ed", "rsa"])(
    "holds with the right key and inputs under any name, as its schemas say: %s",
    (key) => {
      const inputs = ["log.jsonl", "log.jsonl.gz", "log.csv"].map(at);
      expect(state(key, inputs)).toMatchObject({ code: 0, err: "" });
      const bytes = readFileSync(at(`${key}.json`));
      const renamed = inputs.map((file, i) => {
        writeFileSync(at(`renamed-${i}`), readFileSync(file));
        return at(`renamed-${i}`);
      });
      const { code, result } = check(at(`${key}.json`), key, "--inputs", ...renamed);
      expect(result).toMatchObject({ verdict: "holds", reason: null });
      expect(code).toBe(0);
      const ajv = ajvWith(["audit-report", "audit-statement"].map(schema));
      for (const [name, value] of [
        ["audit-envelope", JSON.parse(bytes.toString())],
        ["cli-verify-statement", result],
      ] as const) {
        const validate = ajv.compile(schema(name));
        expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
      }
      expect(result.statement.predicate.records.valid).toBe(2 * (LOG.split("\n").length - 1) + 1);
    },
  );

  it("is signed as DSSE says: openssl's own primitives verify the encoding", () => {
    state("ed", [at("log.jsonl")]);
    const envelope = JSON.parse(readFileSync(at("ed.json"), "utf8"));
    const payload = Buffer.from(envelope.payload, "base64");
    const encoded = Buffer.concat([
      Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `),
      payload,
    ]);
    const sig = Buffer.from(envelope.signatures[0].sig, "base64");
    expect(verify(null, encoded, readFileSync(at("ed.pub.pem")), sig)).toBe(true);
    // The example of the DSSE specification.
    const example = preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world"));
    expect(Buffer.from(example).toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  it("is refused when any single byte is changed, removed or added", () => {
    state("ed", [at("log.jsonl")]);
    const bytes = readFileSync(at("ed.json"));
    const verifier = documentVerifier(at("ed.pub.pem"));
    expect(openEnvelope(bytes, verifier).ok).toBe(true);
    for (let i = 0; i < bytes.length; i += 1) {
      const flipped = Buffer.from(bytes);
      flipped[i] = (flipped[i] ?? 0) ^ (1 << (i % 7));
      const removed = Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 1)]);
      const added = Buffer.concat([bytes.subarray(0, i), Buffer.from(" "), bytes.subarray(i)]);
      for (const changed of [flipped, removed, added])
        expect(openEnvelope(changed, verifier).ok, `byte ${i}`).toBe(false);
    }
    expect(openEnvelope(Buffer.concat([bytes, Buffer.from("\n")]), verifier).ok).toBe(false);
  });

  it("is refused with another key, other inputs, fewer inputs, and says which", () => {
    state("ed", [at("log.jsonl"), at("log.csv")]);
    expect(check(at("ed.json"), "rsa")).toMatchObject({
      code: 1,
      result: { reason: "other_key", statement: null },
    });
    writeFileSync(at("other.jsonl"), LOG.replace("}", "} "));
    const other = check(at("ed.json"), "ed", "--inputs", at("other.jsonl"), at("log.csv"));
    expect(other).toMatchObject({ code: 1, result: { verdict: "refused", reason: "input_missing" } });
    const more = check(at("ed.json"), "ed", "--inputs", at("log.jsonl"), at("log.csv"), at("other.jsonl"));
    expect(more).toMatchObject({ code: 1, result: { reason: "input_unknown" } });
    expect(check(at("ed.json"), "ed", "--inputs", at("log.csv"))).toMatchObject({ code: 1 });
    expect(check(at("log.jsonl"), "ed")).toMatchObject({ code: 1, result: { reason: "not_an_envelope" } });
  });

  it("covers all bytes of an input that breaks off, and standard input", () => {
    expect(state("ed", [at("cut.jsonl.gz")]).code).toBe(3);
    expect(check(at("ed.json"), "ed", "--inputs", at("cut.jsonl.gz")).code).toBe(0);
    const args = [
      "audit",
      "--key",
      "ksher-v1",
      "--statement",
      at("in.json"),
      "--statement-key",
      at("ed.pem"),
      "-",
    ];
    expect(ksherproof(args, LOG).code).toBe(0);
    expect(check(at("in.json"), "ed", "--inputs", at("log.jsonl")).code).toBe(0);
    const piped = ksherproof(
      ["verify-statement", at("in.json"), "--key", at("ed.pub.pem"), "--inputs", "-"],
      LOG,
    );
    expect(piped).toMatchObject({ code: 2, err: expect.stringContaining("Expected files to compare") });
  });

  it("says what is wrong with the keys and flags", () => {
    const log = at("log.jsonl");
    expect(state("short", [log])).toMatchObject({
      code: 2,
      err: expect.stringContaining("RSA of 1024 bits"),
    });
    const alone = ksherproof(["audit", "--key", "ksher-v1", "--statement", at("x.json"), log]);
    expect(alone).toMatchObject({ code: 2, err: expect.stringContaining("--statement-key") });
    const publicOnly = [...["audit", "--key", "ksher-v1", "--statement", at("x.json")], "--statement-key", at("ed.pub.pem"), log]; // biome-ignore format: short
    expect(ksherproof(publicOnly)).toMatchObject({ code: 2, err: expect.stringContaining("no private key") });
    expect(ksherproof(["verify-statement", at("ed.json")])).toMatchObject({ code: 2 });
    expect(ksherproof(["verify-statement", at("none.json"), "--key", at("ed.pub.pem")])).toMatchObject({
      code: 3,
    });
  });
});
