import { createPrivateKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newStageKey, redactor } from "../src/index.js";
import { leakIn, secretsOf } from "../src/secrets.js";

const key = newStageKey(1024);
const jwk = createPrivateKey(key.privatePkcs8).export({ format: "jwk" });
const hex = Buffer.from(jwk.d ?? "", "base64url").toString("hex");
const redact = redactor(secretsOf(key));

const LEAKS: readonly (readonly [how: string, text: string])[] = [
  ["PKCS#1 PEM", key.privatePkcs1],
  ["PKCS#8 PEM in a JSON text", JSON.stringify({ key: key.privatePkcs8 })],
  ["PEM without its frame", key.privatePkcs1.split("\n").slice(1, -2).join("")],
  ["PEM in a form body", new URLSearchParams({ key: key.privatePkcs1 }).toString()],
  ["PEM cut short", key.privatePkcs8.slice(0, 200)],
  ["PEM in base64", Buffer.from(key.privatePkcs1).toString("base64")],
  ["a JWK", JSON.stringify(jwk)],
  ["the exponent in hex", `d=${hex}`],
  ["the exponent in upper-case hex", hex.toUpperCase()],
  ["the exponent in decimal", BigInt(`0x${hex}`).toString()],
];

describe("SEC-001: a private key", () => {
  it.each(LEAKS)("%s is seen in a request's body and redacted", (_, text) => {
    const request = { target: "/", rawHeaders: [], body: Buffer.from(text) };
    expect(leakIn(request, secretsOf(key))).toBe("the body");
    const [told] = [redact({ deep: [`before ${text} after`] })];
    const out = told.deep[0] ?? "";
    expect(out).toContain("[private key redacted]");
    for (const secret of [jwk.d, hex, hex.toUpperCase(), ...key.privatePkcs1.split("\n").slice(6, -3)])
      expect(out).not.toContain(secret);
  });

  it("is seen in the address, in a header, and in a text of the client's", () => {
    const request = { target: "/", rawHeaders: ["Host", "gateway"], body: Buffer.alloc(0) };
    expect(leakIn(request, secretsOf(key))).toBeNull();
    expect(leakIn({ ...request, target: `/?d=${hex}` }, secretsOf(key))).toBe("the address");
    expect(leakIn({ ...request, rawHeaders: ["X", String(jwk.d)] }, secretsOf(key))).toBe("a header");
    expect(leakIn(`d=${hex}`, secretsOf(key))).toBe("a text");
  });

  it("each stretch that gives it away is redacted by itself, and none is part of the public key", () => {
    const own = newStageKey(1024);
    const secrets = secretsOf(own);
    const hide = redactor(secrets);
    const { d, p, q, n } = createPrivateKey(own.privatePkcs8).export({ format: "jwk" });
    for (const number of [d, p, q]) expect(secrets).toContain(number);
    for (const pem of [own.privatePkcs1, own.privatePkcs8])
      expect(secrets.filter((secret) => pem.includes(secret)).length).toBeGreaterThan(6);
    const publicText = own.publicSpki + Buffer.from(n ?? "", "base64url").toString("hex");
    for (const secret of secrets) {
      expect(hide(`x ${secret} y`)).toBe("x [private key redacted] y");
      expect(hide({ [secret]: 1 })).toEqual({ "[private key redacted]": 1 });
      expect(publicText).not.toContain(secret);
    }
    expect(secretsOf(own)).toBe(secrets);
  });

  it("public keys, signatures and plain texts are left as they are", () => {
    const plain = { text: `${key.publicSpki} sign=${"ab".repeat(128)}`, n: 1, list: [null, true] };
    expect(redact(plain)).toEqual(plain);
    expect(leakIn(plain.text, secretsOf(key))).toBeNull();
  });
});
