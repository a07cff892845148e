// What the comparisons of the ports with core share: keys, changes of a signature, and what core makes of a case.
import { readFileSync } from "node:fs";
import {
  canonicalText,
  parseJson,
  readPublicKey,
  signedParams,
  signText,
  verifyText,
} from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";
import fc from "fast-check";
import { root } from "./ports.js";

const pem = (name: string): string => readFileSync(`${root}vectors/keys/${name}.pem`, "utf8");
/** A test key in every form, with core's own signer and verifier. */
const testKey = (name: string) => ({
  name,
  privates: [pem(`${name}.pkcs1`), pem(`${name}.pkcs8`)] as const,
  publics: [pem(`${name}.spki`), pem(`${name}.pkcs1-public`)] as const,
  signer: nodeSigner(pem(`${name}.pkcs1`)),
  verifier: nodeVerifier(readPublicKey(pem(`${name}.spki`))),
});
type TestKey = ReturnType<typeof testKey>;

const short = testKey("merchant-512");
export const usual = testKey("merchant-1024");

/** Which key: the usual sizes often. */
export const key = fc.oneof(
  { weight: 6, arbitrary: fc.constant(short) },
  { weight: 3, arbitrary: fc.constant(usual) },
  { weight: 1, arbitrary: fc.constantFrom(testKey("merchant-2048"), testKey("low-exponent-1024")) },
);
/** Which form of a key: PKCS#1 or PKCS#8, SPKI or PKCS#1. */
export const form = fc.constantFrom(0 as const, 1 as const);

/** What may be done to a genuine signature. */
export const change = fc.oneof(
  { weight: 4, arbitrary: fc.constant((sign: string) => sign) },
  { weight: 1, arbitrary: fc.constant((sign: string) => sign.toUpperCase()) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(511), fc.constantFrom(..."0123456789abcdefABCDEFgx \n٣"))
      .map(([at, to]) => (sign: string) => {
        const place = at % sign.length;
        return sign.slice(0, place) + to + sign.slice(place + 1);
      }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<(sign: string) => string>(
      () => "",
      (sign) => sign.slice(2),
      (sign) => sign.slice(1),
      (sign) => `00${sign}`,
      (sign) => `0x${sign}`,
      (sign) => `${sign}\n`,
      (sign) => ` ${sign}`,
      (sign) => "0".repeat(sign.length),
      (sign) => "f".repeat(sign.length),
    ),
  },
);

/** What core makes of data and a signature. */
export function coreVerifies(written: string, sign: string, { verifier }: TestKey): boolean {
  const parsed = parseJson(written);
  const signed = parsed.ok ? signedParams(parsed.value, "all") : parsed;
  return signed.ok && verifyText(canonicalText(signed.value), sign, verifier).ok;
}

/** A genuine signature of data by core; of what is no signable data, one over nothing. */
export function coreSigns(written: string, { signer }: TestKey): string {
  const parsed = parseJson(written);
  const signed = parsed.ok ? signedParams(parsed.value, "all") : parsed;
  return signed.ok ? signText(canonicalText(signed.value), signer) : signText("", signer);
}
