import forge from "node-forge/lib/forge.js";
import "node-forge/lib/md5.js";
import "node-forge/lib/sha256.js";
import { equalBytes, fromBinary, fromHex, toBinary } from "./bytes.js";

/** DER of `DigestInfo { AlgorithmIdentifier { md5, NULL }, OCTET STRING (16 bytes) }` up to the digest (SIG-007, RFC 8017 9.2). */
export const MD5_DIGEST_INFO_PREFIX: Uint8Array =
  fromHex("3020300c06082a864886f70d020505000410") ?? new Uint8Array();

/** The 16 bytes of an MD5 digest (SIG-007). */
export function md5(message: Uint8Array): Uint8Array<ArrayBuffer> {
  return fromBinary(forge.md.md5.create().update(toBinary(message)).digest().getBytes());
}

/** The 32 bytes of a SHA-256 digest; used for fingerprints only. */
export function sha256(message: Uint8Array): Uint8Array<ArrayBuffer> {
  return fromBinary(forge.md.sha256.create().update(toBinary(message)).digest().getBytes());
}

/** The DigestInfo of an MD5 digest, 34 bytes (SIG-007). */
export function digestInfo(digest: Uint8Array): Uint8Array<ArrayBuffer> {
  const info = new Uint8Array(MD5_DIGEST_INFO_PREFIX.length + digest.length);
  info.set(MD5_DIGEST_INFO_PREFIX);
  info.set(digest, MD5_DIGEST_INFO_PREFIX.length);
  return info;
}

/** The encoded message `00 01 FF.. 00 DigestInfo`, as long as the modulus in bytes (RFC 8017 9.2, SIG-009). */
export function encodedMessage(info: Uint8Array, modulusBytes: number): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(modulusBytes).fill(0xff);
  message[0] = 0;
  message[1] = 1;
  message[modulusBytes - info.length - 1] = 0;
  message.set(info, modulusBytes - info.length);
  return message;
}

/** Whether an encoded message is that of an MD5 digest, to the last byte (SIG-007, QRY-009). */
export function encodesDigest(message: Uint8Array, digest: Uint8Array): boolean {
  const info = digestInfo(digest);
  return message.length >= info.length + 11 && equalBytes(message, encodedMessage(info, message.length));
}
