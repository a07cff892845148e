import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { KeyError, type Signer, UsageError, type Verifier } from "@ksherproof/core";
import { keyBytes, loadKey, nodeSigner, nodeVerifier } from "@ksherproof/keys";

/** A merchant of `serve`, its key as PEM or DER text or bytes; `pem` only where `serve` made it or a state file holds it. */
export interface ServeMerchant {
  readonly appid: string;
  readonly verifier: Verifier;
  readonly signer: Signer | null;
  /** The private key in PEM where `serve` made it: a key of the user's own is never printed or saved. */
  readonly pem: string | null;
  /** The file that a key of the user's own came from. */
  readonly file: string | null;
}

/** Bits of the keys that `serve` makes: as the merchant portal issues them. */
const BITS = 1024;

/** Makes a private key, PKCS#1 PEM, as the merchant portal issues it. */
export function newPrivateKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: BITS }).privateKey.export({
    type: "pkcs1",
    format: "pem",
  }) as string;
}

/** The public half of a private key, SPKI PEM. */
export function publicPem(privatePem: string | Uint8Array): string {
  const key = typeof privatePem === "string" ? privatePem : Buffer.from(privatePem);
  return createPublicKey(key).export({ type: "spki", format: "pem" }) as string;
}

/** A merchant with a key that `serve` made. */
export function madeMerchant(appid: string, pem: string = newPrivateKey()): ServeMerchant {
  const signer = nodeSigner(pem);
  return { appid, verifier: nodeVerifier(signer.key), signer, pem, file: null };
}

/** Reads `mch35005=key.pem`, or `mch35005` alone, for which a key is made. Throws `UsageError`, `KeyError`, `EnvironmentError`. */
export function readMerchant(text: string): ServeMerchant {
  const [appid = "", ...rest] = text.split("=");
  if (!/^mch[0-9]{1,29}$/.test(appid)) {
    throw new UsageError(
      "merchant_form",
      `Expected a merchant as appid=KEY, found ${JSON.stringify(text)}.`,
      {
        hint: "An appid is mch and digits: --merchant mch35005=merchant.pem, or --merchant mch35005 for a new key.",
      },
    );
  }
  if (rest.length === 0) return madeMerchant(appid);
  const file = rest.join("=");
  const { key, read, builtIn } = loadKey(file);
  return {
    appid,
    verifier: nodeVerifier(key),
    signer: read.privateKey === null ? null : nodeSigner(keyBytes(file)),
    pem: null,
    file: builtIn ? null : file,
  };
}

/** Reads the gateway's private key from a file, as PEM. Throws `KeyError`, `EnvironmentError`. */
export function readGatewayKey(file: string): string {
  const bytes = keyBytes(file);
  nodeSigner(bytes);
  const pem = Buffer.from(bytes).toString("latin1");
  if (pem.includes("-----BEGIN")) return pem;
  throw new KeyError("key_form", `${file}: expected PEM, found DER.`, {
    hint: "openssl pkey -inform DER -in key.der -out key.pem",
  });
}
