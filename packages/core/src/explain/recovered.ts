import { equalBytes, toHex } from "../bytes.js";
import { digestInfo, encodedMessage } from "../digest.js";
import type { PublicKey } from "../ports.js";
import { recoverMessage } from "../rsa.js";
import { inEnglish, type Sentence, sentence } from "../sentence.js";

/** The hash algorithms that a DigestInfo in the wild names, by the DER before the digest. */
export type HashName =
  | "MD5"
  | "SHA-1"
  | "SHA-224"
  | "SHA-256"
  | "SHA-384"
  | "SHA-512"
  | "MD2"
  | "MD4"
  | "RIPEMD-160";

/** What a signature really carries under a key: `s^e mod n`, taken apart. */
export type Recovered =
  /** No PKCS#1 v1.5 signature padding: made with another key, or damaged. */
  | { readonly kind: "noise"; readonly hex: string }
  /** The exact encoding of a digest (RFC 8017 9.2). */
  | {
      readonly kind: "digest";
      readonly hex: string;
      readonly hash: HashName;
      readonly oid: string;
      readonly digest: Uint8Array;
    }
  /** Signature padding round something that is no exact DigestInfo: a bare digest, hex text, a forgery. */
  | {
      readonly kind: "inexact";
      readonly hex: string;
      readonly content: Uint8Array;
      readonly problem: string;
      /** The problem as a sentence with places. */
      readonly sentence: Sentence;
    };

const HASHES: readonly {
  readonly hash: HashName;
  readonly oid: string;
  readonly der: string;
  readonly length: number;
}[] = [
  { hash: "MD5", oid: "1.2.840.113549.2.5", der: "2a864886f70d0205", length: 16 },
  { hash: "SHA-1", oid: "1.3.14.3.2.26", der: "2b0e03021a", length: 20 },
  { hash: "SHA-256", oid: "2.16.840.1.101.3.4.2.1", der: "608648016503040201", length: 32 },
  { hash: "SHA-384", oid: "2.16.840.1.101.3.4.2.2", der: "608648016503040202", length: 48 },
  { hash: "SHA-512", oid: "2.16.840.1.101.3.4.2.3", der: "608648016503040203", length: 64 },
  { hash: "SHA-224", oid: "2.16.840.1.101.3.4.2.4", der: "608648016503040204", length: 28 },
  { hash: "MD2", oid: "1.2.840.113549.2.2", der: "2a864886f70d0202", length: 16 },
  { hash: "MD4", oid: "1.2.840.113549.2.4", der: "2a864886f70d0204", length: 16 },
  { hash: "RIPEMD-160", oid: "1.3.36.3.2.1", der: "2b24030201", length: 20 },
];

/**
 * Takes a signature apart under a public key (SIG-007, QRY-009). The signature has the modulus's length. A value not
 * below the modulus is noise: a signature made with another key of the same size often is.
 */
export function recover(signature: Uint8Array, key: PublicKey): Recovered {
  const message = recoverMessage(signature, key);
  return message ? takeApart(message) : { kind: "noise", hex: "" };
}

/** Takes an encoded message `s^e mod n` apart, for who computed it already (SIG-007, QRY-009). */
export function takeApart(message: Uint8Array): Recovered {
  const hex = toHex(message);
  if (message[0] !== 0 || message[1] !== 1) return { kind: "noise", hex };
  let end = 2;
  while (message[end] === 0xff) end += 1;
  if (end < 10 || message[end] !== 0) return { kind: "noise", hex };
  const content = message.subarray(end + 1);
  for (const { hash, oid, der, length } of HASHES) {
    const digest = content.subarray(content.length - length);
    if (digest.length === length && equalBytes(content, info(der, digest)))
      return { kind: "digest", hex, hash, oid, digest };
  }
  const told = problemOf(content);
  return { kind: "inexact", hex, content, problem: inEnglish(told), sentence: told };
}

function info(oidDer: string, digest: Uint8Array): Uint8Array {
  const oid = oidDer.length / 2;
  const algorithm = 2 + oid + 2;
  const hex = [2 + algorithm + 2 + digest.length, algorithm, oid, digest.length].map((n) =>
    n.toString(16).padStart(2, "0"),
  );
  const text = `30${hex[0]}30${hex[1]}06${hex[2]}${oidDer}050004${hex[3]}${toHex(digest)}`;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function problemOf(content: Uint8Array): Sentence {
  const hex = toHex(content);
  if (content.length === 16) return sentence("bare_digest");
  if (content.length === 32 && /^[0-9a-fA-F]{32}$/.test(String.fromCharCode(...content)))
    return sentence("hex_digest");
  const known = HASHES.find(({ der }) => hex.includes(der));
  if (known) return sentence("inexact_info", { hash: known.hash });
  return sentence("no_info", { length: String(content.length) });
}

/** The encoded message that a right signature would carry, as hex (SIG-007). */
export function rightMessage(digest: Uint8Array, key: PublicKey): string {
  return toHex(encodedMessage(digestInfo(digest), key.modulus.length));
}
