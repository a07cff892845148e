import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { KeyError } from "@ksherproof/core";
import { keyBytes } from "./key-file.js";

/** How a document's key signs; MD5 and short keys are the gateway's affair, not that of our own documents. */
export type DocumentAlgorithm = "ed25519" | "rsa-pkcs1-sha256";

/** Signs documents of ours. `keyid` is the SHA-256 of the public key's SPKI in DER, in hex. */
export interface DocumentSigner {
  readonly keyid: string;
  readonly algorithm: DocumentAlgorithm;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Verifies documents of ours. */
export interface DocumentVerifier {
  readonly keyid: string;
  readonly algorithm: DocumentAlgorithm;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** Loads a private key in PEM that signs documents. Throws `EnvironmentError`, `KeyError`. */
export function documentSigner(file: string): DocumentSigner {
  const bytes = Buffer.from(keyBytes(file));
  let key: KeyObject;
  try {
    key = createPrivateKey(bytes);
  } catch (cause) {
    throw new KeyError("document_key", `${file} holds no private key in PEM (or one behind a passphrase).`, {
      hint: HINT,
      cause,
    });
  }
  const algorithm = algorithmOf(key, file);
  const hash = algorithm === "ed25519" ? null : "sha256";
  return { keyid: keyidOf(createPublicKey(key)), algorithm, sign: (text) => sign(hash, text, key) };
}

/** Loads a public key in PEM that verifies documents. Throws `EnvironmentError`, `KeyError`. */
export function documentVerifier(file: string): DocumentVerifier {
  const bytes = Buffer.from(keyBytes(file));
  let key: KeyObject;
  try {
    key = createPublicKey(bytes);
  } catch (cause) {
    throw new KeyError("document_key", `${file} holds no public key in PEM.`, { hint: HINT, cause });
  }
  const algorithm = algorithmOf(key, file);
  const hash = algorithm === "ed25519" ? null : "sha256";
  return {
    keyid: keyidOf(key),
    algorithm,
    verify: (text, signature) => verify(hash, text, key, signature),
  };
}

const HINT = "Make one: openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout";

function algorithmOf(key: KeyObject, file: string): DocumentAlgorithm {
  if (key.asymmetricKeyType === "ed25519") return "ed25519";
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === "rsa" && bits >= 2048) return "rsa-pkcs1-sha256";
  const found = bits > 0 ? `RSA of ${bits} bits` : `a key of type ${key.asymmetricKeyType}`;
  throw new KeyError(
    "document_key_kind",
    `${file}: expected Ed25519, or RSA of at least 2048 bits; found ${found}.`,
    {
      hint: HINT,
    },
  );
}

function keyidOf(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}
