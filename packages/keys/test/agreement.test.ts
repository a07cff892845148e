import { generateKeyPairSync } from "node:crypto";
import {
  loneSurrogateAt,
  portableSigner,
  portableVerifier,
  readKey,
  readPublicKey,
  signParams,
  verifyParams,
} from "@ksherproof/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeSigner, nodeVerifier } from "../src/index.js";

const text = fc.string({ unit: "binary", maxLength: 40 }).filter((made) => loneSurrogateAt(made) < 0);
const params = fc
  .uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 8 })
  .map((entries) => new Map(entries));

describe.each([512, 1024, 2048])("SIG-010 the portable and the fast code agree: %i bits", (bits) => {
  const pair = generateKeyPairSync("rsa", { modulusLength: bits });
  const pem = pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const read = readKey(pem);
  const key = readPublicKey(pair.publicKey.export({ type: "spki", format: "pem" }).toString());
  const verifiers = [portableVerifier(key), nodeVerifier(key)] as const;

  it("SIG-007 both make the same signature, and both verify it", () => {
    const signers = [portableSigner(read.privateKey ?? expect.unreachable()), nodeSigner(pem)] as const;
    fc.assert(
      fc.property(params, (made) => {
        const [a, b] = signers.map((signer) => signParams(made, signer));
        expect(a).toBe(b);
        for (const verifier of verifiers) expect(verifyParams(made, a ?? "", verifier).ok).toBe(true);
      }),
      { numRuns: bits === 2048 ? 15 : 40 },
    );
  });

  it("QRY-003 QRY-009 both refuse a corrupted one", () => {
    const good = signParams(new Map([["a", "1"]]), nodeSigner(pem));
    const flip = (at: number, to: string): string =>
      good.slice(0, at % good.length) + to + good.slice((at % good.length) + 1);
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(..."0123456789abcdefABCDEFxg"), (at, to) => {
        const signature = flip(at, to);
        const [a, b] = verifiers.map(
          (verifier) => verifyParams(new Map([["a", "1"]]), signature, verifier).ok,
        );
        expect(a).toBe(b);
        expect(a).toBe(signature.toLowerCase() === good);
      }),
      { numRuns: 100 },
    );
  });
});
