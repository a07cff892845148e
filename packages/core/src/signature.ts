import { fromHex, toHex } from "./bytes.js";
import { canonicalText } from "./canonical.js";
import type { Params } from "./params.js";
import { type PublicKey, type Signer, signatureBytes, type Verifier } from "./ports.js";
import { accept, type Result, reject } from "./rejection.js";
import { encodeUtf8 } from "./utf8.js";

/** The signature of params, lower-case hex (SIG-008). Throws `UsageError` for text that has no UTF-8. */
export function signParams(params: Params, signer: Signer): string {
  return signText(canonicalText(params), signer);
}

/** The signature of a canonical text, lower-case hex (SIG-006, SIG-008). */
export function signText(canonical: string, signer: Signer): string {
  return toHex(signer.sign(encodeUtf8(canonical)));
}

/**
 * The bytes of a signature as it stands on the wire: hex of either case, exactly two digits for each byte of the modulus
 * (SIG-008, SIG-009, QRY-002).
 */
export function decodeSignature(signature: string, key: PublicKey): Result<Uint8Array> {
  const digits = 2 * signatureBytes(key);
  if (signature === "")
    return reject("signature_empty", "QRY-002", "The signature is empty.", { field: "sign" });
  const bytes = fromHex(signature);
  if (!bytes && /^[0-9a-fA-F]+$/.test(signature)) {
    return reject(
      "signature_length",
      "SIG-009",
      `Expected ${digits} hex digits, found ${signature.length}: an odd number.`,
      {
        field: "sign",
      },
    );
  }
  if (!bytes) {
    return reject(
      "signature_not_hex",
      "SIG-008",
      "Expected hex digits only, found other characters in the signature.",
      {
        field: "sign",
      },
    );
  }
  if (signature.length !== digits) {
    return reject(
      "signature_length",
      "SIG-009",
      `Expected ${digits} hex digits for a key of ${key.bits} bits, found ${signature.length}.`,
      { field: "sign" },
    );
  }
  return accept(bytes);
}

/** Verifies a signature from the wire over a canonical text; the value is the signature's bytes (SIG-007, QRY-002). */
export function verifyText(canonical: string, signature: string, verifier: Verifier): Result<Uint8Array> {
  const bytes = decodeSignature(signature, verifier.key);
  if (!bytes.ok) return bytes;
  if (verifier.verify(encodeUtf8(canonical), bytes.value)) return bytes;
  return reject("signature_wrong", "QRY-002", "The signature is not this key's over this text.", {
    field: "sign",
  });
}

/** Verifies a signature from the wire over params. */
export function verifyParams(params: Params, signature: string, verifier: Verifier): Result<Uint8Array> {
  return verifyText(canonicalText(params), signature, verifier);
}
