import { createSign, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  type Answer,
  cancelOutcome,
  notifyOutcome,
  parseEnvelope,
  portableVerifier,
  queryOutcome,
  readPublicKey,
  verifyEnvelope,
} from "../src/index.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 512 });
const verifier = portableVerifier(
  readPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString()),
);
const sign = (text: string): string => createSign("RSA-MD5").update(text).sign(privateKey, "hex");
const answer = (body: string, status = 200): Answer => ({ status, body: new TextEncoder().encode(body) });

const DATA: Readonly<Record<string, unknown>> = {
  appid: "mch1", attach: "", cash_fee: "", cash_fee_type: "", channel: "", channel_order_no: "", fee_type: "THB", ksher_order_no: "",
  mch_order_no: "A", nonce_str: "", openid: "", pay_mch_order_no: "1", rate: "", result: "CLOSED", time_end: "", total_fee: 2000,
}; // biome-ignore format: a table

function query(
  changes: Readonly<Record<string, unknown>> = {},
  after: (data: Record<string, unknown>) => void = () => {},
): string {
  const data: Record<string, unknown> = { ...DATA, ...changes };
  const text = Object.keys(data)
    .sort()
    .map((name) => `${name}=${data[name]}`)
    .join("");
  after(data);
  return JSON.stringify({ code: 0, msg: "ok", message: "ok", data, sign: sign(text) });
}
const asked = { mch_order_no: "A", appid: "mch1" };

describe("outcomes", () => {
  it.each([
    [0, "cancelled"],
    [-1, "rejected"],
    [-2, "bad_signature"],
    [-3, "not_found"],
    [-4, "already_paid"],
    [-5, "already_cancelled"],
    [-6, "failed"],
    [-7, "unknown"],
    [1, "unknown"],
  ])("RSP-001 RSP-002 RSP-003 code %i is %s", (code, outcome) => {
    expect(cancelOutcome(answer(`{"code":${code}}`)).outcome).toBe(outcome);
  });

  it.each([
    '{"code":"0"}',
    '{"code":0.0}',
    '{"code":null}',
    "{}",
    "",
    "[]",
    '{"code":0',
    "<html>",
    "null",
    '{"code":0,"code":-4}',
  ])("RSP-007 %s is unknown", (body) => {
    expect(cancelOutcome(answer(body)).outcome).toBe("unknown");
  });

  it("RSP-006 another status than 200 is unknown", () => {
    for (const status of [201, 204, 302, 400, 500])
      expect(cancelOutcome(answer('{"code":0}', status)).outcome).toBe("unknown");
  });

  it.each([
    ["SUCCESS", "paid"],
    ["CLOSED", "closed"],
    ["NOTPAY", "unpaid"],
    ["PENDING", "pending"],
    ["USERPAYING", "pending"],
    ["NOTSURE", "pending"],
    ["PAYERROR", "failed"],
    ["REFUND", "refunded"],
    ["FAIL", "not_found"],
    ["success", "unknown"],
    ["", "unknown"],
  ])("QRY-005 result %s is %s", (result, outcome) => {
    expect(queryOutcome(answer(query({ result })), verifier, asked).outcome).toBe(outcome);
  });

  it("QRY-002 QRY-003 QRY-004 QRY-006 QRY-007 anything off is untrusted", () => {
    const outcome = (body: string) => queryOutcome(answer(body), verifier, asked).outcome;
    expect(outcome(query({ extra: "x" }))).toBe("closed");
    expect(
      outcome(
        query({}, (data) => {
          data.result = "SUCCESS";
        }),
      ),
    ).toBe("untrusted");
    expect(
      outcome(
        query({}, (data) => {
          data.extra = "x";
        }),
      ),
    ).toBe("untrusted");
    expect(
      outcome(
        query({}, (data) => {
          delete data.attach;
        }),
      ),
    ).toBe("untrusted");
    expect(outcome(query({ mch_order_no: "B" }))).toBe("untrusted");
    expect(outcome(query({ appid: "mch2" }))).toBe("untrusted");
    expect(
      outcome(
        query({}, (data) => {
          delete data.time_end;
          data.result = "CLOSEDtime_end=";
        }),
      ),
    ).toBe("untrusted");
    expect(outcome('{"code":0,"data":{}}')).toBe("untrusted");
    expect(outcome(query().replace('"attach":""', '"attach":"","attach":""'))).toBe("untrusted");
    expect(outcome('{"code":-3,"msg":"x","message":"x"}')).toBe("not_found");
  });

  it("WHK-001 a webhook is paid only where it is signed and says SUCCESS", () => {
    expect(notifyOutcome(query({ result: "SUCCESS" }), verifier).outcome).toBe("paid");
    expect(notifyOutcome(query(), verifier).outcome).toBe("unknown");
    expect(
      notifyOutcome(
        query({}, (data) => {
          data.result = "SUCCESS";
        }),
        verifier,
      ).outcome,
    ).toBe("untrusted");
    expect(notifyOutcome("hello", verifier).outcome).toBe("unknown");
  });

  it("SIG-012 numbers are signed by their lexeme", () => {
    for (const lexeme of ["2000", "2000.0", "12345678901234567890", "1e3"]) {
      const envelope = parseEnvelope(`{"data":{"a":${lexeme}},"sign":"${sign(`a=${lexeme}`)}"}`);
      expect(envelope.ok && verifyEnvelope(envelope.value, "all", verifier).ok, lexeme).toBe(true);
    }
  });
});
