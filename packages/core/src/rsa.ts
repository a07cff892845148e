import forge from "node-forge/lib/forge.js";
import "node-forge/lib/jsbn.js";
import "node-forge/lib/rsa.js";
import { fromBinary, toBinary, toHex } from "./bytes.js";
import { digestInfo, encodesDigest, md5 } from "./digest.js";
import type { PublicKey, Signer, Verifier } from "./ports.js";

/** The numbers of an RSA private key, big-endian. Keep it out of logs and messages (SEC-001). */
export interface PrivateKey extends PublicKey {
  readonly d: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  readonly dP: Uint8Array;
  readonly dQ: Uint8Array;
  readonly qInv: Uint8Array;
}

const integer = (bytes: Uint8Array) => new forge.jsbn.BigInteger(toHex(bytes) || "0", 16);

/**
 * What a signature carries: `s^e mod n`, as long as the modulus. Null where the signature has another length or is
 * not below the modulus (QRY-009).
 */
export function recoverMessage(signature: Uint8Array, key: PublicKey): Uint8Array | null {
  if (signature.length !== key.modulus.length || !below(signature, key.modulus)) return null;
  const rsa = forge.pki.rsa.setPublicKey(integer(key.modulus), integer(key.exponent));
  return fromBinary(forge.pki.rsa.decrypt(toBinary(signature), rsa, true, false));
}

/** The portable verifier: node-forge, the same in a browser (SIG-010). */
export function portableVerifier(key: PublicKey): Verifier {
  return {
    key,
    verify(message, signature) {
      const recovered = recoverMessage(signature, key);
      return recovered !== null && encodesDigest(recovered, md5(message));
    },
  };
}

/** The portable signer: node-forge, blinded, the same in a browser (SIG-010). */
export function portableSigner(key: PrivateKey): Signer {
  const rsa = forge.pki.rsa.setPrivateKey(
    integer(key.modulus),
    integer(key.exponent),
    integer(key.d),
    integer(key.p),
    integer(key.q),
    integer(key.dP),
    integer(key.dQ),
    integer(key.qInv),
  );
  const { modulus, exponent, bits } = key;
  return {
    key: { modulus, exponent, bits },
    sign: (message) => fromBinary(forge.pki.rsa.encrypt(toBinary(digestInfo(md5(message))), rsa, 0x01)),
  };
}

/** Whether one big-endian number is below another of the same length. */
function below(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
