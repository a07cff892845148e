import forge from "node-forge/lib/forge.js";
import "node-forge/lib/asn1.js";
import { fromBinary, toBinary, toHex } from "./bytes.js";
import { sha256 } from "./digest.js";
import { KeyError } from "./errors.js";
import type { PublicKey } from "./ports.js";
import type { PrivateKey } from "./rsa.js";
import { decodeUtf8 } from "./utf8.js";

/** How a key was written down (SIG-010). */
export type KeyForm = "PKCS#1" | "PKCS#8" | "SPKI";

/** A key with how it was written; `privateKey` is null for a public one. */
export interface ReadKey {
  readonly form: KeyForm;
  readonly encoding: "PEM" | "DER" | "base64";
  readonly publicKey: PublicKey;
  readonly privateKey: PrivateKey | null;
}

type Node = ReturnType<typeof forge.asn1.fromDer>;

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

/**
 * Reads an RSA key: PKCS#1 or PKCS#8 private, PKCS#1 or SPKI public, PEM (also with CRLF, escaped `\n`, or on one
 * line), DER, or the base64 of a PEM without its lines of dashes (SIG-010). Throws `KeyError`, which says what was found; never with key material in it (SEC-001).
 */
export function readKey(input: string | Uint8Array): ReadKey {
  const text = typeof input === "string" ? input : asText(input);
  if (text === null) return readDer(input as Uint8Array, "DER", null);
  const pem = unescapeNewlines(text);
  const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(pem);
  if (!block) {
    const bare = bareBase64(text);
    if (bare) return readDer(bare, "base64", null);
    throw notAKey(pem);
  }
  const label = block[1] ?? "";
  const body = (block[2] ?? "").trim();
  if (label === "ENCRYPTED PRIVATE KEY" || /Proc-Type: 4,ENCRYPTED/.test(body)) {
    throw new KeyError("key_encrypted", "The key is encrypted with a password.", {
      hint: "Decrypt it first: openssl pkey -in key.pem -out plain.pem",
    });
  }
  if (!/^[A-Za-z0-9+/=\s]*$/.test(body)) {
    throw new KeyError("key_broken", `The PEM block "${label}" holds something that is not base64.`);
  }
  return readDer(fromBinary(forge.util.decode64(body.replace(/\s+/g, ""))), "PEM", label);
}

/** Reads a public key; of a private one, its public half. Throws `KeyError`. */
export function readPublicKey(input: string | Uint8Array): PublicKey {
  return readKey(input).publicKey;
}

/** Reads a private key. Throws `KeyError`, also where the key is a public one. */
export function readPrivateKey(input: string | Uint8Array): PrivateKey {
  const { privateKey } = readKey(input);
  if (privateKey) return privateKey;
  throw new KeyError("key_is_public", "Expected a private key, found a public one.", {
    hint: "Sign with the merchant's private key; the public one only verifies.",
  });
}

/** SHA-256 of the key's SPKI DER, lower-case hex: the same whichever form it came in. */
export function fingerprint(key: PublicKey): string {
  return toHex(sha256(spki(key)));
}

/** The key as SPKI DER. */
export function spki(key: PublicKey): Uint8Array {
  const algorithm = der(0x30, new Uint8Array([6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0]));
  const numbers = der(0x30, concat(unsigned(key.modulus), unsigned(key.exponent)));
  return der(0x30, concat(algorithm, der(3, concat(new Uint8Array([0]), numbers))));
}

function unsigned(bytes: Uint8Array): Uint8Array {
  return der(2, (bytes[0] ?? 0) >= 0x80 ? concat(new Uint8Array([0]), bytes) : bytes);
}

function der(tag: number, content: Uint8Array): Uint8Array {
  const length: number[] = [];
  if (content.length < 0x80) length.push(content.length);
  else if (content.length < 0x100) length.push(0x81, content.length);
  else length.push(0x82, content.length >> 8, content.length & 0xff);
  return concat(new Uint8Array([tag, ...length]), content);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The DER of a key that is written as base64 alone, as some Java SDKs take it; null where it is something else. M begins every SEQUENCE. */
function bareBase64(text: string): Uint8Array | null {
  const body = unescapeNewlines(text).replace(/^\uFEFF|\s+/g, "");
  if (!/^M[A-Za-z0-9+/]{60,}={0,2}$/.test(body)) return null;
  return fromBinary(forge.util.decode64(body));
}

/** DER starts with a SEQUENCE (0x30, which as text would be a lone "0"); anything else is read as text. */
function asText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x2f) return null;
  // Text in UTF-16 is valid UTF-8 too, with a NUL beside each letter, where no mark stands before it.
  if (bytes.subarray(0, 64).filter((byte) => byte === 0).length > 16 || (bytes[0] ?? 0) >= 0xfe) {
    throw new KeyError("key_utf16", "Expected a key as PEM or DER, found UTF-16.", {
      hint: "Save it again as UTF-8, or: iconv -f utf-16 -t utf-8 FILE",
    });
  }
  const text = decodeUtf8(bytes);
  if (text.ok) return text.value;
  throw new KeyError("key_unknown", "Expected a key as PEM or DER, found bytes that are neither.");
}

function unescapeNewlines(text: string): string {
  return text.replace(/\\r\\n|\\n/g, "\n");
}

function notAKey(text: string): KeyError {
  const start = text.trim().slice(0, 1);
  if (text.trim() === "") return new KeyError("key_empty", "Expected a key, found an empty input.");
  if (/-----BEGIN/.test(text)) {
    return new KeyError(
      "key_broken",
      "The PEM block is cut short: its END line is missing or names something else.",
    );
  }
  const found =
    start === "{" || start === "[" ? "JSON: is this the message, not the key?" : "text that is no PEM block.";
  return new KeyError("key_unknown", `Expected a key that starts with -----BEGIN, found ${found}`);
}

function readDer(bytes: Uint8Array, encoding: ReadKey["encoding"], label: string | null): ReadKey {
  let root: Node;
  try {
    root = forge.asn1.fromDer(toBinary(bytes), { strict: true, parseAllBytes: true });
  } catch (cause) {
    throw new KeyError("key_broken", `The key's ${encoding} is cut short or broken.`, { cause });
  }
  const key = readNode(root);
  if (key) return { ...key, encoding };
  throw new KeyError(
    "key_not_rsa",
    `Expected an RSA key, found ${label ? `"${label}"` : "other DER"} that holds none.`,
    {
      hint: "Give the key itself: RSA PRIVATE KEY, PRIVATE KEY, RSA PUBLIC KEY or PUBLIC KEY.",
    },
  );
}

function readNode(root: Node): Omit<ReadKey, "encoding"> | null {
  const parts = children(root);
  if (parts.length >= 9 && parts.slice(0, 9).every(isInteger)) {
    const privateKey = privateFrom(parts);
    return { form: "PKCS#1", publicKey: publicHalf(privateKey), privateKey };
  }
  if (parts.length === 2 && parts.every(isInteger)) {
    return { form: "PKCS#1", publicKey: publicFrom(parts), privateKey: null };
  }
  const [first, second, third] = parts;
  if (first && second && isRsa(first)) {
    const inner = children(second);
    const sequence = inner.length === 1 && inner[0] ? inner[0] : parseInner(second);
    const numbers = sequence ? children(sequence) : [];
    if (numbers.length === 2) return { form: "SPKI", publicKey: publicFrom(numbers), privateKey: null };
  }
  if (first && second && third && isInteger(first) && isRsa(second)) {
    const inner = typeof third.value === "string" ? tryDer(third.value) : null;
    const numbers = inner ? children(inner) : [];
    if (numbers.length >= 9) {
      const privateKey = privateFrom(numbers);
      return { form: "PKCS#8", publicKey: publicHalf(privateKey), privateKey };
    }
  }
  return null;
}

function parseInner(bitString: Node): Node | null {
  return typeof bitString.value === "string" ? tryDer(bitString.value.slice(1)) : null;
}

function tryDer(binary: string): Node | null {
  try {
    return forge.asn1.fromDer(binary, { strict: true, parseAllBytes: true });
  } catch {
    return null;
  }
}

const children = (node: Node): readonly Node[] => (Array.isArray(node.value) ? node.value : []);
const isInteger = (node: Node): boolean => node.type === 2 && typeof node.value === "string";

function isRsa(algorithm: Node): boolean {
  const oid = children(algorithm)[0];
  return (
    oid !== undefined && typeof oid.value === "string" && forge.asn1.derToOid(oid.value) === RSA_ENCRYPTION
  );
}

/** A number without its leading zeros. Throws `KeyError` where a key's sequence has none in this place. */
function number(node: Node | undefined): Uint8Array {
  if (!node || !isInteger(node) || node.value.length === 0)
    throw new KeyError("key_broken", "The key lacks a part: one of its numbers is missing.");
  const bytes = fromBinary(node.value as string);
  let zeros = 0;
  while (zeros < bytes.length - 1 && bytes[zeros] === 0) zeros += 1;
  return bytes.subarray(zeros);
}

function publicFrom([modulus, exponent]: readonly Node[]): PublicKey {
  return withBits(number(modulus), number(exponent));
}

function withBits(modulus: Uint8Array, exponent: Uint8Array): PublicKey {
  const bits = (modulus.length - 1) * 8 + (32 - Math.clz32(modulus[0] ?? 0));
  if (bits < 360)
    throw new KeyError("key_too_small", `The key has ${bits} bits: too few to hold an MD5 signature.`);
  return { modulus, exponent, bits };
}

function privateFrom([, n, e, d, p, q, dP, dQ, qInv]: readonly Node[]): PrivateKey {
  return {
    ...withBits(number(n), number(e)),
    d: number(d),
    p: number(p),
    q: number(q),
    dP: number(dP),
    dQ: number(dQ),
    qInv: number(qInv),
  };
}

function publicHalf({ modulus, exponent, bits }: PrivateKey): PublicKey {
  return { modulus, exponent, bits };
}
