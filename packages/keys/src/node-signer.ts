import { constants, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
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

/** The key as node:crypto has it. */
export function publicObject(key: PublicKey): KeyObject {
  const url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  return createPublicKey({ key: { kty: "RSA", n: url(key.modulus), e: url(key.exponent) }, format: "jwk" });
}
