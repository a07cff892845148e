import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
} from "node:crypto";
import { readPublicKey, type Signer, type Verifier } from "@ksherproof/core";

/** The simulated gateway's key pair: it signs query answers, and a client may be given the public half. */
export interface GatewayKey {
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** PKCS#8. The faults that forge signatures need it. */
  readonly privatePem: string;
  /** SPKI. */
  readonly publicPem: string;
}

/** A new key pair of 1024 bits, between the gateway's first and second key in size: every library of today takes it. */
export function newGatewayKey(bits = 1024): GatewayKey {
  return gatewayKey(generateKeyPairSync("rsa", { modulusLength: bits }).privateKey);
}

/** The key pair of a private key in PEM. */
export function gatewayKeyOf(pem: string | Uint8Array): GatewayKey {
  return gatewayKey(createPrivateKey(typeof pem === "string" ? pem : Buffer.from(pem)));
}

function gatewayKey(privateKey: KeyObject): GatewayKey {
  const publicKey = createPublicKey(privateKey);
  const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const key = readPublicKey(publicPem);
  return {
    signer: { key, sign: (message) => nodeSign("RSA-MD5", message, privateKey) },
    verifier: {
      key,
      verify: (message, signature) =>
        signature.length === key.modulus.length && nodeVerify("RSA-MD5", message, publicKey, signature),
    },
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicPem,
  };
}
