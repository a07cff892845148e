import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  portableSigner,
  portableVerifier,
  readPrivateKey,
  signedRequest,
  timeStamp,
  verifyParams,
} from "../src/index.js";

describe("what a request carries beside its params", () => {
  it("REQ-007 the time as yyyyMMddHHmmss, in UTC or so many minutes east of it", () => {
    const at = Date.UTC(2019, 5, 22, 23, 18, 4, 999);
    expect(timeStamp(at)).toBe("20190622231804");
    expect(timeStamp(at, 7 * 60)).toBe("20190623061804");
    expect(timeStamp(at, -90)).toBe("20190622214804");
  });

  it("SIG-001 the signature over all of them, and they as they were", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const signer = portableSigner(
      readPrivateKey(privateKey.export({ type: "pkcs1", format: "pem" }).toString()),
    );
    const params = new Map([
      ["b", "2"],
      ["a", "1"],
    ]);
    const signed = signedRequest(params, signer);
    expect([...signed.keys()]).toEqual(["b", "a", "sign"]);
    expect(verifyParams(params, signed.get("sign") ?? "", portableVerifier(signer.key)).ok).toBe(true);
    expect(params.has("sign")).toBe(false);
  });
});
