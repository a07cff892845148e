import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  verify,
} from "node:crypto";
import { digestInfo, encodedMessage, readPublicKey } from "@ksherproof/core";
import { describe, expect, it } from "vitest";
import { judgeRecord, readyRing } from "../../src/index.js";

// The audit decides by what `s^e mod n` is, byte for byte, since it needs that for the reason too. `crypto.verify` is the
// reference: they must accept the same.

const TEXT = "appid=mch1result=CLOSED";
const RECORD = { code: 0, data: { result: "CLOSED", appid: "mch1" } };

/** A message as a signature carries it, signed whatever it is. */
type Sign = (message: Uint8Array) => Buffer;

function party(bits: number) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const key = readPublicKey(pem);
  const ready = readyRing({
    gateway: [{ name: "gateway", key, from: null, until: null, appid: null }],
    merchant: [],
  });
  const sign: Sign = (message) =>
    privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, message);
  const accepts = (signature: Uint8Array): readonly [boolean, boolean] => {
    const line = JSON.stringify({ ...RECORD, sign: Buffer.from(signature).toString("hex") });
    const { verdict } = judgeRecord(Buffer.from(line), { file: "", line: 1, offset: 0 }, ready, null);
    return [verdict === "valid", verify("RSA-MD5", Buffer.from(TEXT), createPublicKey(pem), signature)];
  };
  return { key, sign, accepts };
}

const digest = createHash("md5").update(TEXT).digest();

describe.each([512, 1024])("signatures under a key of %i bits", (bits) => {
  const { key, sign, accepts } = party(bits);
  const right = encodedMessage(digestInfo(digest), key.modulus.length);

  it("QRY-009 the right message is accepted, as crypto.verify does", () => {
    expect(accepts(sign(right))).toEqual([true, true]);
  });

  it("QRY-009 a message that differs in any one byte is refused, as crypto.verify does", () => {
    // The first byte must be 0 for the message to be below the modulus.
    for (let at = 1; at < right.length; at += 1) {
      const other = Uint8Array.from(right);
      other[at] = (other[at] ?? 0) ^ (1 << (at % 8));
      expect(accepts(sign(other)), `byte ${at}`).toEqual([false, false]);
    }
  });

  it("QRY-009 other paddings, other DigestInfos and what is behind them are refused, as crypto.verify does", () => {
    const info = digestInfo(digest);
    const padded = (content: Uint8Array, fill = 0xff): Uint8Array => {
      const message = new Uint8Array(right.length).fill(fill);
      message.set([0, 1]);
      message[right.length - content.length - 1] = 0;
      message.set(content, right.length - content.length);
      return message;
    };
    const shortened = Uint8Array.from(right).fill(0xaa, 11);
    shortened[10] = 0;
    shortened.set(info, 11);
    const noNull = Uint8Array.from([...info.subarray(0, 14), ...info.subarray(16)]);
    noNull[1] = (noNull[1] ?? 0) - 2;
    noNull[3] = (noNull[3] ?? 0) - 2;
    for (const message of [
      padded(digest),
      padded(info, 0xfe),
      padded(Uint8Array.from([...info, 0])),
      padded(noNull),
      shortened,
      padded(digestInfo(createHash("md5").update("other").digest())),
    ])
      expect(accepts(sign(message)), Buffer.from(message).toString("hex")).toEqual([false, false]);
  });

  it("QRY-009 a signature that is not below the modulus is refused, as crypto.verify does", () => {
    const modulus = BigInt(`0x${Buffer.from(key.modulus).toString("hex")}`);
    const number = BigInt(`0x${sign(right).toString("hex")}`) + modulus;
    const bytes = Buffer.from(number.toString(16).padStart(2 * right.length, "0"), "hex");
    expect(accepts(bytes)).toEqual([false, false]);
    expect(accepts(Buffer.from(key.modulus))).toEqual([false, false]);
  });
});
