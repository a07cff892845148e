import { createPublicKey, generateKeyPairSync } from "node:crypto";
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

  it("SIG-010 the base64 of a key's DER alone, on one line or on several", () => {
    const bare = pem.spki.trim().split("\n").slice(1, -1).join("\n");
    for (const written of [bare, bare.replace(/\n/g, ""), `\uFEFF ${bare} \n`, bare.replace(/\n/g, "\\n")]) {
      expect(readKey(written)).toMatchObject({ form: "SPKI", encoding: "base64" });
      expect(toHex(readKey(written).publicKey.modulus)).toBe(modulus);
    }
    for (const other of [bare.slice(0, 40), `x${bare}`, bare.replace(/[a-z]/, "*"), `${bare}=====`])
      expect(() => readKey(other)).toThrow(expect.objectContaining({ code: "key_unknown" }));
  });

  it("SIG-010 a file in UTF-16 is named as such, with the way out of it", () => {
    const little = Buffer.from(`\uFEFF${pem.spki}`, "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(pem.spki, "utf16le")]) {
      const hint = expect.stringContaining("iconv");
      expect(() => readKey(bytes)).toThrow(expect.objectContaining({ code: "key_utf16", hint }));
    }
    for (const bytes of [Buffer.from([0x80, 0x81, 0x82]), Buffer.from([0xf5, ...Array(16).fill(0), 0xff])])
      expect(() => readKey(bytes)).toThrow(expect.objectContaining({ code: "key_unknown" }));
    expect(readKey(Buffer.from(`\uFEFF${pem.spki}`))).toMatchObject({ form: "SPKI" });
    expect(() => readKey(Buffer.from("0,1"))).toThrow(expect.objectContaining({ code: "key_unknown" }));
  });

  it.each([
    [' {"code": 0}', "found JSON"],
    ["[1]", "found JSON"],
    ["hello", "found text that is no PEM block"],
    ["-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----", "is not base64"],
    ["-----BEGIN PUBLIC KEY-----\nMIGf", "END line"],
    [" \n ", "empty input"],
  ])("says what was found in place of a key: %j", (text, says) => {
    expect(() => readKey(text)).toThrow(says);
  });

  it("says what to do with a locked key, a public one and one of another kind", () => {
    const locked = pem.pkcs1.replace("-----\n", "-----\nProc-Type: 4,ENCRYPTED\n\n");
    const hint = (words: string) => expect.objectContaining({ hint: expect.stringContaining(words) });
    expect(() => readKey(locked)).toThrow(hint("openssl pkey"));
    expect(() => readPrivateKey(pem.spki)).toThrow(hint("merchant's private key"));
    const pss = generateKeyPairSync("rsa-pss", { modulusLength: 1024 });
    for (const key of [
      pss.publicKey.export({ type: "spki", format: "pem" }),
      pss.privateKey.export({ type: "pkcs8", format: "pem" }),
    ])
      expect(() => readKey(key.toString())).toThrow(hint("RSA PRIVATE KEY"));
  });

  it("QRY-009 takes no bytes behind a key, in it or after it", () => {
    const der = publicKey.export({ type: "spki", format: "der" });
    expect(() => readKey(Buffer.concat([der, Buffer.of(0)]))).toThrow(
      expect.objectContaining({ code: "key_broken", cause: expect.anything() }),
    );
  });

  it("a key that lacks a number is broken, whichever one", () => {
    const pkcs1 = Buffer.from(privateKey.export({ type: "pkcs1", format: "der" }));
    const numbers = integersOf(pkcs1);
    expect(numbers).toHaveLength(9);
    const rsa = Buffer.from("300d06092a864886f70d0101010500", "hex");
    for (const at of [1, 2, 3, 4, 5, 6, 7, 8]) {
      for (const instead of [Buffer.of(5, 0), Buffer.of(2, 0)]) {
        const inner = node(0x30, ...numbers.toSpliced(at, 1, instead));
        const key = node(0x30, Buffer.of(2, 1, 0), rsa, node(4, inner));
        expect(() => readKey(key), `${at}`).toThrow(expect.objectContaining({ name: "KeyError" }));
      }
    }
    expect(readKey(node(0x30, Buffer.of(2, 1, 0), rsa, node(4, node(0x30, ...numbers)))).form).toBe("PKCS#8");
    const short = node(0x30, Buffer.of(2, 1, 0), rsa, node(4, node(0x30, ...numbers.slice(0, 8))));
    expect(() => readKey(short)).toThrow(expect.objectContaining({ code: "key_not_rsa" }));
    for (const inner of [
      node(0x30, Buffer.of(5, 0), numbers[2] ?? Buffer.of()),
      node(0x30, numbers[1] ?? Buffer.of()),
    ])
      expect(() => readKey(node(0x30, rsa, node(3, Buffer.of(0), inner)))).toThrow(KeyError);
  });

  it.each([44, 45, 46, 64, 110, 115, 116, 120, 121, 122, 127, 128, 129, 235, 240, 245, 246, 247, 256, 300])(
    "writes a modulus of %i bytes as OpenSSL does, and reads it again with its size",
    (length) => {
      for (const top of [0x01, 0x7f, 0x80, 0xff]) {
        const own = Uint8Array.of(top, ...Array(length - 2).fill(0x5a), 0x01);
        const key = { modulus: own, exponent: Uint8Array.of(1, 0, 1), bits: 0 };
        const bits = 8 * (length - 1) + top.toString(2).length;
        if (bits < 360) {
          expect(() => readKey(spki(key))).toThrow(`The key has ${bits} bits`);
          continue;
        }
        const jwk = { kty: "RSA", n: Buffer.from(own).toString("base64url"), e: "AQAB" };
        const theirs = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "der" });
        expect(toHex(spki(key))).toBe(theirs.toString("hex"));
        expect(readKey(theirs).publicKey).toEqual({ ...key, bits });
      }
    },
  );
});

/** A DER node. */
function node(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

/** The INTEGER nodes of a DER sequence of them. */
function integersOf(sequence: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  const begin = (at: number): number =>
    at + 2 + ((sequence[at + 1] ?? 0) & 0x80 ? (sequence[at + 1] ?? 0) & 0x7f : 0);
  const length = (at: number): number =>
    begin(at) === at + 2 ? (sequence[at + 1] ?? 0) : sequence.readUIntBE(at + 2, begin(at) - at - 2);
  for (let at = begin(0); at < sequence.length; at = begin(at) + length(at))
    found.push(sequence.subarray(at, begin(at) + length(at)));
  return found;
}
