import { createSign, generateKeyPairSync } from "node:crypto";
import { readPublicKey } from "@ksherproof/core";
import { describe, expect, it } from "vitest";
import { judgeRecord, readyRing } from "../../src/index.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 512 });
const key = readPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString());
const entry = { name: "gateway", key, from: null, until: null, appid: null };
const ready = readyRing({ gateway: [entry], merchant: [] });

const DATA: Readonly<Record<string, string | number>> = {
  appid: "mch1", attach: "", cash_fee: "", cash_fee_type: "", channel: "", channel_order_no: "", fee_type: "THB", ksher_order_no: "",
  mch_order_no: "A", nonce_str: "", openid: "", pay_mch_order_no: "1", rate: "", result: "CLOSED", time_end: "", total_fee: 2000,
}; // biome-ignore format: a table

function answer(changes: Readonly<Record<string, string | number>> = {}): Record<string, unknown> {
  const data = { ...DATA, ...changes };
  const names = Object.keys(data).sort() as (keyof typeof data)[];
  const text = names.map((name) => `${name}=${data[name]}`).join("");
  return {
    code: 0,
    msg: "操作成功",
    data,
    sign: createSign("RSA-MD5").update(text).sign(privateKey, "hex"),
    message: "",
  };
}

const judge = (record: unknown, endpoint: string | null = null) => {
  const bytes =
    typeof record === "string" || Buffer.isBuffer(record)
      ? Buffer.from(record)
      : Buffer.from(JSON.stringify(record));
  const judged = judgeRecord(bytes, { file: "log", line: 1, offset: 0 }, ready, endpoint);
  return {
    verdict: judged.verdict,
    kinds: judged.findings.map(({ kind, reason }) => `${kind}/${reason}`),
    facts: judged.facts,
  };
};
const cancel = { code: 0, msg: "操作成功", data: "取消成功", message: "操作成功" };

describe("one record", () => {
  it("QRY-001 a signed answer is valid, bare, wrapped, and as text in a string", () => {
    expect(judge(answer())).toMatchObject({ verdict: "valid", kinds: [] });
    expect(judge({ at: "2024-01-01T00:00:00Z", response: answer() })).toMatchObject({
      verdict: "valid",
      kinds: [],
    });
    expect(judge({ response: JSON.stringify(answer()), status: 200 })).toMatchObject({
      verdict: "valid",
      kinds: [],
    });
    expect(judge({ response: { status: 200, body: JSON.stringify(answer()) } }).verdict).toBe("valid");
  });

  it("QRY-002 the mistake behind a signature is looked for in so many records, and then said not to be", () => {
    const own = readyRing({ gateway: [entry], merchant: [] });
    own.searches.left = 1;
    const changed = Buffer.from(JSON.stringify({ ...answer(), data: { ...DATA, total_fee: 1 } }));
    const [first, second] = [1, 2].map((line) => {
      const [found] = judgeRecord(changed, { file: "log", line, offset: 0 }, own, null).findings;
      return { reason: found?.reason, detail: found?.detail };
    });
    expect(first).toMatchObject({ reason: "other_text", detail: expect.stringContaining("was changed") });
    expect(second).toMatchObject({
      reason: "other_text",
      detail: expect.stringContaining("was not looked for"),
    });
  });

  it("RSP-001 a cancel answer is unsigned by design, never missing", () => {
    expect(judge(cancel)).toMatchObject({ verdict: "unsigned", kinds: [] });
    expect(judge({ endpoint: "/api/cancel_order", response: cancel })).toMatchObject({
      verdict: "unsigned",
      kinds: [],
    });
    expect(judge({ code: -5, msg: "x" })).toMatchObject({ verdict: "unsigned", kinds: [] });
  });

  it("QRY-002 an answer that should be signed and is not is missing its signature", () => {
    const { sign: _, ...bare } = answer();
    expect(judge(bare)).toMatchObject({ verdict: "missing", kinds: ["signature_missing/signature_missing"] });
    expect(judge({ ...bare, sign: "" }).verdict).toBe("missing");
    expect(judge({ ...bare, sign: null }).verdict).toBe("missing");
    expect(judge({ endpoint: "gateway_order_query", response: cancel }).verdict).toBe("missing");
  });

  it("QRY-002 a wrong signature comes with the doctor's reason", () => {
    const good = answer();
    expect(judge({ ...good, data: { ...DATA, total_fee: 1 } }).kinds).toEqual([
      "signature_invalid/other_text",
    ]);
    expect(judge({ ...good, sign: "00" }).kinds).toEqual(["signature_invalid/bad_length"]);
    expect(judge({ ...good, sign: `zz${String(good.sign).slice(2)}` }).kinds).toEqual([
      "signature_invalid/signature_not_hex",
    ]);
    const other = createSign("RSA-SHA1").update("x").sign(privateKey, "hex");
    expect(judge({ ...good, sign: other }).kinds).toEqual(["signature_invalid/other_hash"]);
    expect(judge({ ...good, sign: "7".repeat(128) }).kinds).toEqual(["signature_invalid/wrong_key"]);
  });

  it("QRY-002 a known mistake of the signer is named", () => {
    const text = Object.keys(DATA).sort().map((name) => `${name}=${DATA[name]}`).join("&"); // biome-ignore format: short
    const sign = createSign("RSA-MD5").update(text).sign(privateKey, "hex");
    const [kind] = judge({ ...answer(), sign }).kinds;
    expect(kind).toMatch(/^signature_invalid\/.*amp/);
  });

  it("QRY-006 an answer about another order than the asked one is a replay", () => {
    const record = {
      endpoint: "gateway_order_query",
      request: { mch_order_no: "B", appid: "mch1" },
      response: answer(),
    };
    expect(judge(record).kinds).toEqual(["other_order/other_order"]);
    expect(judge(record).facts).toEqual([]);
    expect(judge({ ...record, request: "mch_order_no=A&appid=mch2" }).kinds).toEqual([
      "other_merchant/other_merchant",
    ]);
  });

  it("QRY-007 fields merged across their borders are no valid answer", () => {
    const { data, ...rest } = answer() as { data: Record<string, unknown> };
    const { time_end: _, ...merged }: Record<string, unknown> = { ...data, result: "CLOSEDtime_end=" };
    expect(judge({ ...rest, data: merged })).toMatchObject({
      verdict: "invalid",
      kinds: ["shape/member_missing"],
    });
    expect(judge(answer({ attach: "cash_fee=" })).kinds).toEqual(["border_ambiguity/border_ambiguity"]);
  });

  it("SEC-005 a member that stands twice makes a signed answer invalid", () => {
    const text = JSON.stringify(answer()).replace('"data":{', '"data":{"result":"SUCCESS",');
    expect(judge(text)).toMatchObject({ verdict: "invalid", kinds: ["duplicate_member/duplicate_member"] });
  });

  it("RSP-007 what is no message is unreadable, and says why", () => {
    expect(judge('{"code":0,"da').kinds).toEqual(["unreadable/json_truncated"]);
    expect(judge("[1]").kinds).toEqual(["unreadable/not_an_object"]);
    expect(judge('{"a":1}').kinds).toEqual(["unreadable/not_a_message"]);
    expect(judge(Buffer.from('{"msg":"caf\xe9"}', "latin1")).kinds).toEqual(["unreadable/bad_utf8"]);
    expect(judge(Buffer.from('{"code":0}', "utf16le")).kinds).toEqual(["unreadable/utf16"]);
    expect(judge({ response: "<html>", status: 200 }).kinds).toEqual(["unreadable/json_syntax"]);
    expect(judge({ response: "<html>", status: 502 })).toMatchObject({
      verdict: "unsigned",
      kinds: ["http_status/status_502"],
    });
    expect(judge(`\ufeff${JSON.stringify(answer())}`)).toMatchObject({
      verdict: "valid",
      kinds: ["byte_order_mark/byte_order_mark"],
    });
  });

  it.each([
    ["2024-05-01 08:00:00", true],
    ["2024-05-01T08:00:00", true],
    ["2024-02-30T08:00:00Z", true],
    ["2023-02-29T08:00:00Z", true],
    ["2024-02-29T08:00:00Z", false],
    ["2024-13-01T08:00:00Z", true],
    ["2024-05-00T08:00:00Z", true],
    [-5, true],
    [{ x: 1 }, true],
    ["2024-05-01 08:00:00+07:00", false],
    [1714521660, false],
    [null, false],
    ["", false],
  ])("a time that is there and can't be read is a finding, not passed over: %j, %s", (at, found) => {
    const judged = judge({ at, endpoint: "gateway_order_query", response: answer() });
    expect(judged.kinds).toEqual(found ? ["time_unreadable/time_unreadable"] : []);
    expect(judged.verdict).toBe("valid");
  });

  it("QRY-008 a key counts only in its period", () => {
    const period = readyRing({ gateway: [{ ...entry, until: Date.UTC(2023, 0, 1) }], merchant: [] });
    const at = (time: string) =>
      judgeRecord(
        Buffer.from(JSON.stringify({ at: time, response: answer() })),
        { file: "", line: 1, offset: 0 },
        period,
        null,
      );
    expect(at("2022-12-31T23:59:59Z").verdict).toBe("valid");
    expect(at("2023-01-01T00:00:01Z").findings.map(({ kind }) => kind)).toEqual(["key_period"]);
  });
});
