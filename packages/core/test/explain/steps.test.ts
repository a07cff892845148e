import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/index.js";
import { newKey, signWith } from "./planted.js";

const { named, privateKey } = newKey("merchant", 1024);
const params = new Map([
  ["b", "ก"],
  ["a", "1"],
]);
const TEXT = "a=1b=ก";
const told = (signature: string) => explain({ params, signature, key: named, quick: true });
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const info = (text: string): string => `3020300c06082a864886f70d020505000410${md5(text)}`;
const encoded = (text: string): string => `0001${"ff".repeat(128 - 3 - 34)}00${info(text)}`;

describe("the steps from params to signature", () => {
  const right = {
    pairs: [
      ["a", "1"],
      ["b", "ก"],
    ],
    canonicalHex: Buffer.from(TEXT).toString("hex"),
    digest: md5(TEXT),
    digestInfo: info(TEXT),
    encodedMessage: encoded(TEXT),
  };

  it("SIG-007 each of them is what OpenSSL's signature carries, where the signature is right", () => {
    const found = told(signWith(privateKey, TEXT));
    expect(found.canonical).toBe(TEXT);
    expect(found.steps).toEqual({ ...right, recovered: encoded(TEXT), recoveredDigest: md5(TEXT) });
    expect(found).toMatchObject({ verdict: "valid", hash: "MD5", madeBy: "merchant", signedText: TEXT });
  });

  it("what another text's signature carries stands beside what it should", () => {
    const found = told(signWith(privateKey, "a=1&b=ก"));
    expect(found.steps).toEqual({ ...right, recovered: encoded("a=1&b=ก"), recoveredDigest: md5("a=1&b=ก") });
    expect(found).toMatchObject({ verdict: "other_text", hash: "MD5", signedText: "a=1&b=ก" });
  });

  it.each([
    ["none that can be read", "hello", null],
    ["of another length", "ab".repeat(64), null],
    ["not below the modulus", "ff".repeat(128), null],
    ["a bare 1", `${"00".repeat(127)}01`, `${"00".repeat(127)}01`],
  ])("a signature that is %s carries no digest", (_, signature, recovered) => {
    const found = told(signature);
    expect(found.steps).toEqual({ ...right, recovered, recoveredDigest: null });
    expect([found.signedText, found.madeBy, found.hash, found.mistakes]).toEqual([null, null, null, []]);
  });

  it("SIG-008 of several readings of a text the one that carries something counts", () => {
    const good = signWith(privateKey, TEXT);
    const found = told(Buffer.from(good).toString("base64"));
    expect(found.steps.recovered).toBe(encoded(TEXT));
    expect(found.mistakes.map(({ id }) => id)).toEqual(["base64_of_hex"]);
    const upper = told(signWith(privateKey, "a=1&b=ก").toUpperCase());
    expect(upper.mistakes.map(({ id }) => id)).toEqual(["upper_case_hex", "joined_with_ampersand"]);
  });
});
