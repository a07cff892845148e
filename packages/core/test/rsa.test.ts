import { createSign, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  encodeUtf8,
  portableSigner,
  portableVerifier,
  readPrivateKey,
  readPublicKey,
  recoverMessage,
  toHex,
} from "../src/index.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const own = readPrivateKey(privateKey.export({ type: "pkcs1", format: "pem" }).toString());
const key = readPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString());
const text = encodeUtf8("a=1b=ก");

/** The modulus and a little, as a number of the modulus's length. */
function modulusAnd(add: bigint): Uint8Array {
  const value = BigInt(`0x${toHex(key.modulus)}`) + add;
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * key.modulus.length, "0"), "hex"));
}

describe("portable RSA", () => {
  it("SIG-007 signs as OpenSSL does, with the public half beside it", () => {
    const signer = portableSigner(own);
    const signature = signer.sign(text);
    expect(toHex(signature)).toBe(createSign("md5").update(text).sign(privateKey, "hex"));
    expect(signer.key).toEqual(key);
    expect(portableVerifier(key).verify(text, signature)).toBe(true);
    expect(portableVerifier(key).verify(encodeUtf8("a=1b=ข"), signature)).toBe(false);
    expect(portableVerifier(key).key).toBe(key);
  });

  it("QRY-009 takes no number from the modulus on, and none of another length", () => {
    expect(recoverMessage(modulusAnd(-1n), key)).toHaveLength(key.modulus.length);
    for (const add of [0n, 1n, 256n]) expect(recoverMessage(modulusAnd(add), key)).toBeNull();
    const signature = portableSigner(own).sign(text);
    for (const other of [signature.slice(1), Uint8Array.of(0, ...signature), new Uint8Array()]) {
      expect(recoverMessage(other, key)).toBeNull();
      expect(portableVerifier(key).verify(text, other)).toBe(false);
    }
    const trivial = new Uint8Array(key.modulus.length);
    expect(recoverMessage(trivial, key)).toEqual(trivial);
    expect(portableVerifier(key).verify(text, trivial)).toBe(false);
  });
});
