import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CERTIFICATE_FLAWS, createAuthority } from "../src/index.js";

describe("the certificate authority", () => {
  it("SEC-002 gives every certificate a serial number that DER admits, never one with a needless zero before it", () => {
    const authority = createAuthority(Date.UTC(2026, 10, 24));
    const issued = [undefined, ...CERTIFICATE_FLAWS].map((flaw) => authority.issue("127.0.0.1", flaw).cert);
    for (const pem of [authority.cert, ...issued]) {
      expect(new X509Certificate(pem).serialNumber).toMatch(/^01[0-9A-F]{30}$/);
    }
  });
});
