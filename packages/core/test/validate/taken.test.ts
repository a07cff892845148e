import { type ValidateOptions, validateMessage } from "@ksherproof/core/validate";
import { describe, expect, it } from "vitest";

const SIGN = "ab".repeat(128);
const DATA = {
  appid: "mch35000",
  attach: "",
  cash_fee: "",
  cash_fee_type: "",
  channel: "",
  channel_order_no: "",
  fee_type: "THB",
  ksher_order_no: "",
  mch_order_no: "A",
  nonce_str: "",
  openid: "",
  pay_mch_order_no: "2106021528410423",
  rate: "",
  result: "CLOSED",
  time_end: "",
  total_fee: 2000,
};
const REQUEST = {
  appid: "mch35000",
  mch_order_no: "1",
  nonce_str: "a",
  time_stamp: "20190622131804",
  sign: SIGN,
};

function taken(message: object | string, options?: ValidateOptions): string {
  const found = validateMessage(typeof message === "string" ? message : JSON.stringify(message), options);
  if (!found.ok) return found.rejection.code;
  return `${found.value.message} ${found.value.endpoint}`;
}
function details(message: object | string, options?: ValidateOptions): Readonly<Record<string, string>> {
  const found = validateMessage(typeof message === "string" ? message : JSON.stringify(message), options);
  if (!found.ok) throw new Error(found.rejection.detail);
  return Object.fromEntries(found.value.problems.map(({ pointer, detail }) => [pointer, detail]));
}

describe("what a message is taken for, by its members", () => {
  it.each([
    [{ code: 0, data: DATA, sign: SIGN }, "response gateway_order_query"],
    [{ code: 0, data: { result: "CLOSED" }, sign: SIGN }, "response gateway_order_query"],
    [{ code: 0, data: { ...DATA }, sign: SIGN, version: "3.0.0" }, "response null"],
    [{ code: 0, data: { ...DATA }, sign: SIGN, status_code: "200" }, "response null"],
    [{ code: 0, data: "取消成功" }, "response cancel_order"],
    [{ code: 0, data: "取消成功", sign: SIGN }, "response cancel_order"],
    [{ code: -3, msg: "x" }, "response cancel_order"],
    [{ message: "x" }, "response cancel_order"],
    [{ code: 1, data: "x" }, "response gateway_pay"],
    [{ code: 0, data: { pay_content: "https://x" } }, "response gateway_pay"],
    [{ code: 0, data: { a: "1" }, sign: SIGN }, "response gateway_pay"],
    [{ code: 0, data: { a: "1" } }, "response cancel_order"],
    [{ code: 0, sign: SIGN }, "response gateway_order_query"],
    [{ result: "SUCCESS", msg: "OK" }, "reply mch_notify_url"],
    [{ result: "SUCCESS", code: 0 }, "response cancel_order"],
    [{ result: "SUCCESS", appid: "mch1" }, "request cancel_order"],
    [{ sign: SIGN }, "request cancel_order"],
    [REQUEST, "request cancel_order"],
    [{ ...REQUEST, total_fee: 1 }, "request gateway_pay"],
    [{ ...REQUEST, fee_type: "THB" }, "request gateway_pay"],
    [{ ...REQUEST, channel_list: "card" }, "request gateway_pay"],
    [{ code: 0, appid: "mch1" }, "response cancel_order"],
    ["appid=mch1&fee_type=THB", "request gateway_pay"],
    ["appid=mch1&x=%zz", "request cancel_order"],
    ["curl -d 'a=%zz' https://x/KsherPay/gateway_order_query?x=1", "request gateway_order_query"],
    ["curl -d 'a=%zz' https://x/KsherPay/other", "request cancel_order"],
  ])("%j: %s", (message, role) => {
    expect(taken(message)).toBe(role);
  });

  it.each([
    [{ endpoint: "mch_notify_url" }, "webhook mch_notify_url"],
    [{ role: "webhook" }, "webhook mch_notify_url"],
    [{ role: "reply" }, "reply mch_notify_url"],
    [{ endpoint: "cancel_order" }, "response cancel_order"],
    [{ role: "request", endpoint: "gateway_pay" }, "request gateway_pay"],
  ] as const)("or by what is said: %j", (options, role) => {
    expect(taken({ code: 0, data: DATA, sign: SIGN }, options)).toBe(role);
    expect(taken("appid=mch1&x=%zz", { endpoint: "gateway_pay" })).toBe("request gateway_pay");
  });

  it("WHK-003 holds a webhook to another schema than the query's answer", () => {
    expect(details({ code: 0, data: DATA, sign: SIGN })).toEqual({});
    expect(details({ code: 0, data: DATA, sign: SIGN }, { role: "webhook" })["/data/result"]).toMatch(
      /only successful payments have a webhook, found "CLOSED"/,
    );
  });

  it("the strict reading has its own schema for each endpoint, and none for what is outside", () => {
    const strict = { strict: true };
    expect(Object.keys(details({ code: 0, data: DATA, sign: SIGN }, strict))).toEqual(["/msg"]);
    const other = { code: 0, data: {}, sign: SIGN, version: "3.0.0", time_stamp: "x" };
    expect(details(other, strict)).toEqual(details(other));
    expect(details("appid=mch35000&more=1", strict)["/more"]).toMatch(/not documented/);
  });
});

describe("what is said of a place", () => {
  it.each([
    ["result", null, "found null"],
    ["rate", [1], "Expected data.rate to be a text, found a list."],
    ["attach", {}, "Expected data.attach to be a text, found an object."],
    ["channel", true, "found the boolean true"],
    ["mch_order_no", "", "found an empty text"],
    ["result", "LATER", 'FAIL, found "LATER".'],
    ["result", "y".repeat(70), `found "${"y".repeat(70)}".`],
    ["result", "y".repeat(71), `found "${"y".repeat(47)}..." (71 characters).`],
    ["result", "😀".repeat(71), `found "${"😀".repeat(47)}..." (71 characters).`],
    ["total_fee", 1.5, "to be a whole number, found the number 1.5"],
    ["mch_order_no", "x".repeat(33), "1 to 32 characters, found 33 characters"],
  ])("data.%s: %j", (name, value, says) => {
    const found = details({ code: 0, data: { ...DATA, [name]: value }, sign: SIGN });
    expect(Object.keys(found)).toEqual([`/data/${name}`]);
    expect(found[`/data/${name}`]).toContain(says);
  });

  it("a missing member says what was expected, one that is too short how long it is", () => {
    const { result: _, ...data } = DATA;
    expect(details({ code: 0, data, sign: SIGN })["/data/result"]).toMatch(
      /^data.result is missing: expected one of/,
    );
    expect(details({ ...REQUEST, lang: "en" }, { strict: true })).toEqual({
      "/nonce_str": "Expected nonce_str to be a random text of 16 to 32 characters, found 1 character.",
    });
  });

  it("names that hold / and ~ stand escaped in the pointer, plain in the sentence", () => {
    const found = details(
      { ...REQUEST, lang: "en", nonce_str: "a".repeat(16), "a/b~c": 1 },
      { strict: true },
    );
    expect(found).toEqual({
      "/a~1b~0c": "a.b~c is not documented here: expected no such member, found the number 1.",
    });
  });

  it.each([
    ['{"code":0,"data":{"l":[{"b":"\\"}","b":2}]}}', "/data/l/0/b"],
    ['{"code":0,"x":[[1,2],{"q":1,"q":2}]}', "/x/1/q"],
    ['{"code":0,"x":["a:b",{"q":1 ,"q" : 2}]}', "/x/1/q"],
    ['{"code":0,"x":{"y":[1]},"z":{"q":1,"q":2}}', "/z/q"],
    ['{"code":0,"x":{"y":1},"code":2}', "/code"],
    ['{"code":0,"a/b":{"q":1,"q":2}}', "/a~1b/q"],
  ])("SEC-005 a member that stands twice is named where it stands: %s", (text, pointer) => {
    expect(Object.keys(details(text))).toEqual([pointer]);
  });

  it("SIG-012 RSP-007 a number in another form is told once, and only where a number is documented", () => {
    const text = JSON.stringify({ code: 0, data: DATA, sign: SIGN });
    expect(details(text.replace("2000", "2e3"))["/data/total_fee"]).toMatch(/in plain digits, found 2e3\.$/);
    expect(details(text.replace('"code":0', '"code":0.0'))).toEqual({
      "/code": "Expected code to be an integer in plain digits, found 0.0.",
    });
    expect(details(text.replace("2000", "1.50"))["/data/total_fee"]).toMatch(/found the number 1\.5\.$/);
    expect(details(text.replace('"attach":""', '"attach":"","more":1.0'))).toEqual({});
    const [problem] = Object.values(details(text.replace("2000", "1e400")));
    expect(problem).toMatch(/total_fee/);
  });
});
