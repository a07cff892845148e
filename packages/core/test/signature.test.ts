import { describe, expect, it } from "vitest";
import {
  canonicalText,
  decodeSignature,
  portableVerifier,
  signParams,
  signText,
  verifyParams,
  verifyText,
} from "../src/index.js";
import { newKey, signWith } from "./explain/planted.js";

const { named, privateKey } = newKey("merchant", 1024);
const verifier = portableVerifier(named.key);
const params = new Map([
  ["b", "2"],
  ["a", "1"],
]);
const good = signWith(privateKey, "a=1b=2");
const refused = (code: string, requirement: string, detail: string) => ({
  ok: false,
  rejection: { code, requirement, detail, field: "sign" },
});

describe("a signature on the wire", () => {
  it.each([
    ["", "signature_empty", "QRY-002", "The signature is empty."],
    [`${good}0`, "signature_length", "SIG-009", "Expected 256 hex digits, found 257: an odd number."],
    [
      "zz",
      "signature_not_hex",
      "SIG-008",
      "Expected hex digits only, found other characters in the signature.",
    ],
    [
      `${good} `,
      "signature_not_hex",
      "SIG-008",
      "Expected hex digits only, found other characters in the signature.",
    ],
    [
      good.slice(2),
      "signature_length",
      "SIG-009",
      "Expected 256 hex digits for a key of 1024 bits, found 254.",
    ],
  ])("%.12j is %s (%s)", (signature, code, requirement, detail) => {
    expect(decodeSignature(signature, named.key)).toEqual(refused(code, requirement, detail));
    expect(verifyText("a=1b=2", signature, verifier)).toEqual(refused(code, requirement, detail));
  });

  it("QRY-002 SIG-008 verifies in either case, over its text alone", () => {
    expect(verifyText("a=1b=2", good.toUpperCase(), verifier)).toMatchObject({ ok: true });
    expect(verifyParams(params, good, verifier)).toMatchObject({ ok: true });
    const says = "The signature is not this key's over this text.";
    expect(verifyText("a=1b=3", good, verifier)).toEqual(refused("signature_wrong", "QRY-002", says));
  });

  it("SIG-006 SIG-008 signing signs the UTF-8 bytes of the canonical text, and writes lower-case hex", () => {
    const seen: string[] = [];
    const signer = {
      key: named.key,
      sign: (bytes: Uint8Array) => {
        seen.push(Buffer.from(bytes).toString("utf8"));
        return Uint8Array.of(0, 0xab);
      },
    };
    expect(signParams(params, signer)).toBe("00ab");
    expect(signText("ก", signer)).toBe("00ab");
    expect(seen).toEqual([canonicalText(params), "ก"]);
  });
});
