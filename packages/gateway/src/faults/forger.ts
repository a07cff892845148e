import { constants, createHash, createPrivateKey, privateEncrypt } from "node:crypto";
import { digestInfo, encodedMessage, fromHex, md5 } from "@ksherproof/core";
import type { Forgery } from "./fault.js";

/**
 * Makes signatures whose encoded message is not the exact one (QRY-009), with a private key in PEM: what a verifier that
 * parses in place of comparing would take. The key is the simulator's own.
 */
export function signatureForger(privateKey: string): (message: Uint8Array, forgery: Forgery) => Uint8Array {
  const key = createPrivateKey(privateKey);
  const size = (Number(key.asymmetricKeyDetails?.modulusLength ?? 0) + 7) >> 3;
  const modulus = Buffer.from(String(key.export({ format: "jwk" }).n), "base64url");
  const raw = (encoded: Uint8Array): Uint8Array =>
    new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded));
  return (message, forgery) => {
    const info = digestInfo(md5(message));
    if (forgery !== "not_below_modulus") return raw(encodedWrongly(message, info, size, forgery));
    const good = raw(encodedMessage(info, size));
    const sum = BigInt(`0x${Buffer.from(good).toString("hex")}`) + BigInt(`0x${modulus.toString("hex")}`);
    const digits = sum.toString(16);
    return digits.length > 2 * size ? good.fill(0xff) : (fromHex(digits.padStart(2 * size, "0")) ?? good);
  };
}

function encodedWrongly(
  message: Uint8Array,
  info: Uint8Array,
  size: number,
  forgery: Exclude<Forgery, "not_below_modulus">,
): Uint8Array {
  switch (forgery) {
    case "short_padding":
      return padded([0, 1, ...Array(8).fill(0xff), 0, ...info], size);
    case "trailing_bytes":
      return padded(
        [0, 1, ...Array(Math.max(8, size - info.length - 7)).fill(0xff), 0, ...info, 1, 2, 3, 4],
        size,
      );
    case "zero_padding":
      return new Uint8Array([0, 1, ...Array(size - info.length - 3).fill(0), 0, ...info]);
    case "block_type_2":
      return new Uint8Array([0, 2, ...Array(size - info.length - 3).fill(0xff), 0, ...info]);
    case "no_null": {
      const bare = fromHex("301e300a06082a864886f70d02050410") ?? new Uint8Array();
      return encodedMessage(new Uint8Array([...bare, ...md5(message)]), size);
    }
    case "bare_digest":
      return encodedMessage(md5(message), size);
    case "other_hash": {
      const sha1 = fromHex("3021300906052b0e03021a05000414") ?? new Uint8Array();
      return encodedMessage(new Uint8Array([...sha1, ...createHash("sha1").update(message).digest()]), size);
    }
  }
}

/** Bytes as long as the modulus, what is missing filled up behind. */
function padded(bytes: readonly number[], size: number): Uint8Array {
  const whole = new Uint8Array(size).fill(0x5a);
  whole.set(bytes.slice(0, size));
  return whole;
}
