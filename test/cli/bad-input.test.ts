import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openVectors } from "@ksherproof/vectors";
import { afterAll, describe, expect, it } from "vitest";
import { keys, ksherproof } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-bad-"));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const body = openVectors("real").groups[0]?.tests.find(({ id }) => id.endsWith("rse-28"))?.body ?? "";
const good = put("good.json", body);
const huge = put("huge", "");
const descriptor = openSync(huge, "r+");
ftruncateSync(descriptor, 2 ** 31);
closeSync(descriptor);
const base64 = (name: string): string => readFileSync(`${keys}${name}`, "utf8").replace(/-----.*-----/g, "");

describe("bad input gets one clear sentence, what to do, and its exit code", () => {
  it.each([
    ["a missing file", ["verify", "--key", "ksher-v1", join(folder, "none")], 3, "There is no file"],
    ["an empty file", ["verify", "--key", "ksher-v1", put("empty", "")], 2, "is empty"],
    ["2 GB", ["verify", "--key", "ksher-v1", huge], 2, "2048 MiB: too large"],
    ["a folder", ["verify", "--key", "ksher-v1", folder], 3, "is a folder"],
    [
      "a key as message",
      ["verify", "--key", "ksher-v1", `${keys}gateway-512.spki.pem`],
      2,
      "found a PEM key",
    ],
    [
      "a DER key as message",
      ["verify", "--key", "ksher-v1", put("k.der", Buffer.from(base64("gateway-512.spki.pem"), "base64"))],
      2,
      "looks like a DER key",
    ],
    ["a message as key", ["verify", "--key", good, good], 2, "is this the message, not the key?"],
    ["2 GB as key", ["verify", "--key", huge, good], 2, "larger than 1 MiB"],
    ["an empty key", ["verify", "--key", join(folder, "empty"), good], 2, "found an empty input"],
    ["a missing key", ["verify", "--key", "ksher-v9", good], 3, "There is no key file ksher-v9"],
    ["no key", ["verify", good], 2, "No key was given"],
    ["truncated JSON", ["verify", "--key", "ksher-v1", put("cut", body.slice(0, 300))], 2, "cut short"],
    ["a BOM", ["verify", "--key", "ksher-v1", put("bom", `\uFEFF${body}`)], 2, "byte order mark"],
    [
      "UTF-16",
      ["verify", "--key", "ksher-v1", put("u16", Buffer.from(`\uFEFF${body}`, "utf16le"))],
      2,
      "UTF-16",
    ],
    [
      "UTF-16 without a mark",
      ["verify", "--key", "ksher-v1", put("u16le", Buffer.from(body, "utf16le"))],
      2,
      "UTF-16",
    ],
    ["no message at all", ["verify", "--key", "ksher-v1", put("word", "hello")], 2, "found none of them"],
    [
      "an unknown endpoint",
      ["verify", "--key", "ksher-v1", "--endpoint", "x", good],
      2,
      "no rule for an endpoint x",
    ],
    ["a public key to sign with", ["sign", "--key", "ksher-v1", good], 2, "built-in public key"],
    ["an unknown option", ["verify", "--nope"], 2, "unknown option"],
    ["an unknown vector", ["vectors", "show", "canonical-nope"], 2, "There is no vector"],
    ["a result that is none", ["vectors", "check", put("r1", '{"id": 1}\n')], 2, "r1:1:"],
    ["a result of no vector", ["vectors", "check", put("r2", '{"id": "x"}\n')], 2, "no vector x"],
  ] as const)("%s", (_, args, code, sentence) => {
    const found = ksherproof(args);
    expect(found.code).toBe(code);
    expect(found.out).toBe("");
    expect(found.err).toContain(sentence);
    expect(found.err.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
    expect(found.err).not.toMatch(/^ +at /m);
  });
});

describe("SIG-010 keys are read in every form", () => {
  const forms: Readonly<Record<string, (pem: string) => string | Uint8Array>> = {
    crlf: (pem) => pem.replace(/\n/g, "\r\n"),
    escaped: (pem) => pem.replace(/\n/g, "\\n"),
    "one line": (pem) => pem.replace(/\n/g, " "),
    base64: (pem) => pem.replace(/-----.*-----/g, ""),
    der: (pem) => Buffer.from(pem.replace(/-----.*-----/g, ""), "base64"),
  };
  it.each(Object.keys(forms))("%s", (form) => {
    const prints = ["pkcs1", "pkcs8", "spki", "pkcs1-public"].map((kind) => {
      const pem = readFileSync(`${keys}merchant-1024.${kind}.pem`, "utf8");
      const file = put(`key-${kind}`, forms[form]?.(pem) ?? "");
      return JSON.parse(ksherproof(["key", "inspect", "--json", file]).out).fingerprint_sha256;
    });
    expect(new Set(prints).size).toBe(1);
  });
});
