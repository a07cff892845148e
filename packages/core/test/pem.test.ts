import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fingerprint, KeyError, readKey, readPrivateKey, readPublicKey, spki, toHex } from "../src/index.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const pem = {
  pkcs1: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  pkcs8: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  public1: publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
  spki: publicKey.export({ type: "spki", format: "pem" }).toString(),
};

describe("keys", () => {
  const modulus = toHex(readPublicKey(pem.spki).modulus);

  it.each([
    [pem.pkcs1, "PKCS#1", true],
    [pem.pkcs8, "PKCS#8", true],
    [pem.public1, "PKCS#1", false],
    [pem.spki, "SPKI", false],
  ] as const)("SIG-010 PEM %#: %s", (text, form, isPrivate) => {
    for (const written of [
      text,
      text.replace(/\n/g, "\r\n"),
      text.replace(/\n/g, "\\n"),
      `\n  ${text}\n`,
      text.replace(/\n(?!-)/g, "\n"),
    ]) {
      const key = readKey(written);
      expect(key).toMatchObject({ form, encoding: "PEM" });
      expect(key.privateKey !== null).toBe(isPrivate);
      expect(toHex(key.publicKey.modulus)).toBe(modulus);
      expect(key.publicKey.bits).toBe(1024);
    }
  });

  it("SIG-010 DER of each form", () => {
    const der = [
      privateKey.export({ type: "pkcs1", format: "der" }),
      privateKey.export({ type: "pkcs8", format: "der" }),
      publicKey.export({ type: "pkcs1", format: "der" }),
      publicKey.export({ type: "spki", format: "der" }),
    ];
    for (const bytes of der) expect(readKey(bytes)).toMatchObject({ encoding: "DER" });
    expect(toHex(spki(readPublicKey(pem.pkcs1)))).toBe(
      publicKey.export({ type: "spki", format: "der" }).toString("hex"),
    );
    expect(fingerprint(readPublicKey(pem.pkcs8))).toBe(fingerprint(readPublicKey(pem.public1)));
  });

  it.each([
    ["", "key_empty"],
    ["{}", "key_unknown"],
    ["hello", "key_unknown"],
    [pem.spki.slice(0, 80), "key_broken"],
    [pem.spki.replace(/[A-Z]/, "!"), "key_unknown"],
    [pem.spki.split("\n").toSpliced(1, 1).join("\n"), "key_broken"],
    ["-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", "key_encrypted"],
  ])("throws KeyError for what is no key (%#)", (text, code) => {
    expect(() => readKey(text)).toThrow(expect.objectContaining({ name: "KeyError", code }));
  });

  it("an EC key is named as such, a public key does not sign", () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" })
      .privateKey.export({ type: "pkcs8", format: "pem" })
      .toString();
    expect(() => readKey(ec)).toThrow(expect.objectContaining({ code: "key_not_rsa" }));
    expect(() => readPrivateKey(pem.spki)).toThrow(KeyError);
  });

  it("SEC-001 no message holds key material", () => {
    const body = pem.pkcs1.split("\n")[3] ?? "";
    for (const broken of [pem.pkcs1.replace("END RSA", "END DSA"), pem.pkcs1.replace(body, `${body}!`)]) {
      try {
        readKey(broken);
        expect.unreachable();
      } catch (error) {
        expect(String((error as Error).message)).not.toContain(body.slice(0, 16));
      }
    }
  });
});
