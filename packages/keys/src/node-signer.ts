import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  sign,
  verify,
} from "node:crypto";
import { KeyError, type PublicKey, readKey, type Signer, type Verifier } from "@ksherproof/core";

/** The fast signer: node:crypto with the key parsed once (SIG-007). Throws `KeyError`. */
export function nodeSigner(pem: string | Uint8Array): Signer {
  const read = readKey(pem);
  if (!read.privateKey) {
    throw new KeyError("key_is_public", "Expected a private key, found a public one.", {
      hint: "Sign with the merchant's private key; the public one only verifies.",
    });
  }
  const { modulus, exponent, d, p, q, dP, dQ, qInv } = read.privateKey;
  const url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  const key = createPrivateKey({
    key: {
      kty: "RSA",
      n: url(modulus),
      e: url(exponent),
      d: url(d),
      p: url(p),
      q: url(q),
      dp: url(dP),
      dq: url(dQ),
      qi: url(qInv),
    },
    format: "jwk",
  });
  return {
    key: read.publicKey,
    sign: (message) => sign("RSA-MD5", message, { key, padding: constants.RSA_PKCS1_PADDING }),
  };
}

/** The fast verifier: node:crypto with the key parsed once; exact, as OpenSSL compares the whole encoded message (QRY-009). */
export function nodeVerifier(key: PublicKey): Verifier {
  const object = publicObject(key);
  return {
    key,
    verify: (message, signature) =>
      signature.length === key.modulus.length &&
      verify("RSA-MD5", message, { key: object, padding: constants.RSA_PKCS1_PADDING }, signature),
  };
}

/**
 * The fast way to what a signature carries, `s^e mod n`: the raw RSA operation with the key parsed once. Null where the
 * signature has another length or is not below the modulus (QRY-009).
 */
export function nodeRecoverer(key: PublicKey): (signature: Uint8Array) => Uint8Array | null {
  const object = publicObject(key);
  const modulus = Buffer.from(key.modulus);
  return (signature) =>
    signature.length === modulus.length && modulus.compare(signature) > 0
      ? publicEncrypt({ key: object, padding: constants.RSA_NO_PADDING }, signature)
      : null;
}

/** The key as node:crypto has it. */
export function publicObject(key: PublicKey): KeyObject {
  const url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  return createPublicKey({ key: { kty: "RSA", n: url(key.modulus), e: url(key.exponent) }, format: "jwk" });
}
