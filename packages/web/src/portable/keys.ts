// Stands in for @ksherproof/keys when the page is bundled: the same names, on the portable RSA of core.
import { type PublicKey, portableVerifier, recoverMessage, type Verifier } from "@ksherproof/core";
import { BUILT_IN_KEYS, keyOf, type PageKey } from "../worker/keys.js";

export { BUILT_IN_KEYS };

export const loadKey: (name: string) => PageKey = keyOf;

export const nodeVerifier: (key: PublicKey) => Verifier = portableVerifier;

export function nodeRecoverer(key: PublicKey): (signature: Uint8Array) => Uint8Array | null {
  return (signature) => recoverMessage(signature, key);
}
