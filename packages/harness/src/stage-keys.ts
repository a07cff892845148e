import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
} from "node:crypto";
import { type PublicKey, readPublicKey, type Signer, type Verifier } from "@ksherproof/core";
import { type Authority, createAuthority, signatureForger } from "@ksherproof/gateway";

/** A key pair of the stage in every form that an adapter may want (SIG-010). */
export interface StageKey {
  readonly bits: number;
  readonly privatePkcs1: string;
  readonly privatePkcs8: string;
  readonly publicSpki: string;
  readonly publicPkcs1: string;
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** Makes signatures whose encoding is forged (QRY-009). */
  readonly forge: ReturnType<typeof signatureForger>;
}

/** Makes a key pair; the stage's keys live for one run and sign nothing real. */
export function newStageKey(bits: number): StageKey {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return stageKey(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
}

/** A stage key from a private key in PEM. */
export function stageKey(pem: string): StageKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const text = (key: KeyObject, type: "pkcs1" | "pkcs8" | "spki"): string =>
    key.export({ type: type as "pkcs1", format: "pem" }).toString();
  const key: PublicKey = readPublicKey(text(publicKey, "spki"));
  const privatePkcs8 = text(privateKey, "pkcs8");
  return {
    bits: key.bits,
    privatePkcs1: text(privateKey, "pkcs1"),
    privatePkcs8,
    publicSpki: text(publicKey, "spki"),
    publicPkcs1: text(publicKey, "pkcs1"),
    signer: { key, sign: (message) => nodeSign("RSA-MD5", message, privateKey) },
    verifier: verifierOf(key, publicKey),
    forge: signatureForger(privatePkcs8),
  };
}

/** A verifier that knows its last answer: the harness judges the request that the gateway has just verified. */
function verifierOf(key: PublicKey, publicKey: KeyObject): Verifier {
  let last: readonly [message: Uint8Array, signature: Uint8Array, good: boolean] | undefined;
  return {
    key,
    verify(message, signature) {
      if (last && same(last[0], message) && same(last[1], signature)) return last[2];
      const good =
        signature.length === key.modulus.length && nodeVerify("RSA-MD5", message, publicKey, signature);
      last = [message, signature, good];
      return good;
    },
  };
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Keys of each size, each made when it is first asked for: a long one takes as long as many a check. */
class KeysBySize extends Map<number, StageKey> {
  override get(bits: number): StageKey | undefined {
    const made = super.get(bits);
    if (made || !KEY_SIZES.some((size) => size === bits)) return made;
    const key = newStageKey(bits);
    this.set(bits, key);
    return key;
  }
}

/** The keys of one run: merchants and gateways of each size, and strangers that nobody trusts. The maps hold what was made. */
export interface StageKeys {
  readonly merchants: ReadonlyMap<number, StageKey>;
  readonly gateways: ReadonlyMap<number, StageKey>;
  readonly strangers: ReadonlyMap<number, StageKey>;
  /** The authority of the stage's certificates; made when it is first asked for (SEC-002). */
  readonly authority: () => Authority;
}

export const KEY_SIZES = [512, 1024, 2048] as const;
/** The size that cases use which are not about sizes. */
export const USUAL_BITS = 1024;

export function newStageKeys(): StageKeys {
  let made: Authority | undefined;
  const authority = (): Authority => {
    made ??= createAuthority(Date.now());
    return made;
  };
  return { merchants: new KeysBySize(), gateways: new KeysBySize(), strangers: new KeysBySize(), authority };
}

/** The key of a size. */
export function sized(keys: ReadonlyMap<number, StageKey>, bits: number): StageKey {
  const key = keys.get(bits);
  if (!key) throw new RangeError(`no stage key of ${bits} bits`);
  return key;
}
