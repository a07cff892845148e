import { decodeForm, type PublicKey, SIGN, type Signer, type Verifier } from "@ksherproof/core";

/** A merchant whose requests are let in. */
export interface InterceptMerchant {
  readonly appid: string;
  readonly verifier: Verifier;
  /** Where the private key was given: faults may sign with it (QRY-008). */
  readonly signer?: Signer;
  /** Texts that give the private key away (SEC-001); empty where only the public key is known. */
  readonly secrets: readonly string[];
}

/**
 * Lets every signature of a length pass, for a merchant whose key nobody registered: its requests are then answered, and
 * what its signatures are worth is reported as not exercised.
 */
export function uncheckedVerifier(bytes: number): Verifier {
  const key: PublicKey = {
    modulus: new Uint8Array(bytes).fill(0xff),
    exponent: new Uint8Array([1, 0, 1]),
    bits: bytes * 8,
  };
  return { key, verify: () => true };
}

/** Whose request it is, and how many bytes its signature has; null where it names nobody or has no hex signature. */
export function claimedMerchant(body: Uint8Array): { readonly appid: string; readonly bytes: number } | null {
  const form = decodeForm(body);
  if (!form.ok) return null;
  const appid = form.value.get("appid") ?? "";
  const sign = form.value.get(SIGN) ?? "";
  if (!/^mch[0-9]+$/.test(appid) || !/^([0-9a-f]{2})+$/i.test(sign)) return null;
  return { appid, bytes: sign.length / 2 };
}
