import { type ValidateOptions, validateMessage } from "@ksherproof/core/validate";
import { describe, expect, it } from "vitest";

const SIGN = "ab".repeat(128);
const REQUEST = {
  appid: "mch35000",
  mch_order_no: "order-1",
  nonce_str: "472393a69ca0b86522e1ffa98947f6c7",
  time_stamp: "20190622131804",
  sign: SIGN,
};

/** `pointer requirement code` of each problem. */
function problemsOf(text: string, options?: ValidateOptions): readonly string[] {
  const found = validateMessage(text, options);
  if (!found.ok) throw new Error(found.rejection.detail);
  expect(found.value.valid).toBe(found.value.problems.length === 0);
  return found.value.problems.map(({ pointer, requirement, code }) => `${pointer} ${requirement} ${code}`);
}

const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();

describe("validateMessage", () => {
  it("REQ-003: a request in each of its forms is valid", () => {
    expect(problemsOf(JSON.stringify(REQUEST))).toEqual([]);
    expect(problemsOf(form(REQUEST))).toEqual([]);
    expect(problemsOf(`curl -d '${form(REQUEST)}' https://gateway.ksher.com/api/cancel_order`)).toEqual([]);
  });

  it("several broken fields are all named, each with its requirement", () => {
    const text = form({
      ...REQUEST,
      appid: "35000",
      mch_order_no: "",
      nonce_str: "x".repeat(33),
      lang: "fr",
      sign: "zz",
    });
    expect([...problemsOf(text)].sort()).toEqual([
      "/appid REQ-003 form",
      "/lang REQ-005 value",
      "/mch_order_no REQ-004 empty",
      "/nonce_str REQ-003 too_long",
      "/sign REQ-003 form",
    ]);
  });

  it("REQ-003, REQ-006: a field that does not decode, and one that comes twice, do not hide the others", () => {
    const text = `${form({ ...REQUEST, lang: "fr" })}&attach=%zz&lang=en`.replace("order-1", "%ff");
    expect([...problemsOf(text)].sort()).toEqual([
      "/attach REQ-006 form_bad_escape",
      "/lang REQ-003 form_duplicate",
      "/mch_order_no SIG-006 form_bad_utf8",
    ]);
    const found = validateMessage("appid=mch1&x=%zz");
    expect(found.ok && found.value.problems[0]?.detail).toBe(
      "Expected two hex digits after the % at byte 13.",
    );
  });

  it("REQ-010: an order number that is a JSON number is no text", () => {
    expect(problemsOf(JSON.stringify({ ...REQUEST, mch_order_no: 42 }))).toEqual([
      "/mch_order_no REQ-004 type",
    ]);
  });

  it("lengths count characters, not UTF-16 units", () => {
    expect(problemsOf(JSON.stringify({ ...REQUEST, mch_order_no: "😀".repeat(32) }))).toEqual([]);
    expect(problemsOf(JSON.stringify({ ...REQUEST, mch_order_no: "😀".repeat(33) }))).toEqual([
      "/mch_order_no REQ-004 too_long",
    ]);
  });

  it("RSP-003, RSP-007: a code that is not documented, is no integer, or is not there", () => {
    expect(problemsOf('{"code": 7, "msg": ""}')).toEqual(["/code RSP-003 value"]);
    expect(problemsOf('{"code": "0", "msg": ""}')).toEqual(["/code RSP-007 type"]);
    expect(problemsOf('{"code": 0.0, "msg": ""}')).toEqual(["/code RSP-007 number_form"]);
    expect(problemsOf('{"msg": "ok", "data": "取消成功"}')).toEqual(["/code RSP-007 missing"]);
  });

  it("SEC-005: a duplicated member is named where it stands, and __proto__ is a member like any other", () => {
    expect(problemsOf('{"code": 0, "data": {"a": [1, {"b": 1, "b": 2}]}}')).toEqual([
      "/data/a/1/b SEC-005 duplicate_member",
    ]);
    expect(problemsOf('{"code": 0, "__proto__": {"code": 7}, "data": "取消成功"}')).toEqual([]);
  });

  it("SIG-006: half a surrogate pair in a JSON text is named at its member, in an answer as in a request", () => {
    expect(problemsOf('{"code": 0, "data": {"attach": "\\ud800"}, "sign": "00"}')).toEqual([
      "/data/attach SIG-006 lone_surrogate",
    ]);
    expect(problemsOf('{"appid": "mch1", "mch_order_no": "\\udc00"}')).toEqual([
      "/mch_order_no SIG-006 lone_surrogate",
    ]);
  });

  it("RSP-007: what is cut short or no object is refused as a whole", () => {
    expect(problemsOf('{"code": 0, "da')).toEqual([" RSP-007 json_truncated"]);
    expect(problemsOf("[1]")).toEqual([" RSP-007 not_an_object"]);
  });

  it("REQ-002: JSON where a form is expected, but for gateway_pay, where it is reported to work", () => {
    const curl = (path: string, fields: object) =>
      `curl https://gateway.ksher.com/api/${path} -H 'content-type: application/json' -d '${JSON.stringify(fields)}'`;
    expect(problemsOf(curl("cancel_order", REQUEST))).toEqual([" REQ-002 json_body"]);
    const order = { ...REQUEST, total_fee: 100, fee_type: "THB", channel_list: "promptpay" };
    expect(problemsOf(curl("gateway_pay", order))).toEqual([]);
  });

  it("WHK-002: the reply to a webhook", () => {
    expect(problemsOf('{"result": "SUCCESS", "msg": "OK"}')).toEqual([]);
    expect(problemsOf('{"result": "success"}')).toEqual(["/result WHK-002 value"]);
  });

  it("REQ-005, REQ-007: the strict reading names what the tolerant one lets pass", () => {
    const text = JSON.stringify({ ...REQUEST, time_stamp: "2022091904121212S", more: "" });
    expect(problemsOf(text)).toEqual([]);
    expect([...problemsOf(text, { strict: true })].sort()).toEqual([
      "/lang REQ-005 missing",
      "/more REQ-003 undocumented",
      "/time_stamp REQ-007 form",
    ]);
  });

  it.each([
    "",
    "hello",
    "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----",
    "curl -d @file https://x/cancel_order",
  ])("%j is no message at all: rejected, not judged", (text) => {
    expect(validateMessage(text).ok).toBe(false);
  });
});
