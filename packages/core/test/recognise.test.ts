import { describe, expect, it } from "vitest";
import { type Message, recognise } from "../src/index.js";
import { envelopeFields } from "../src/recognise.js";

/** A message that is recognised, or the code of why it is not. */
function seen(text: string, endpoint?: string): Message | string {
  const found = recognise(text, endpoint);
  return found.ok ? found.value : found.rejection.code;
}
const message = (text: string, endpoint?: string): Message => {
  const found = seen(text, endpoint);
  if (typeof found === "string") throw new Error(found);
  return found;
};
const object = (params: ReadonlyMap<string, string>): object => Object.fromEntries(params);

const QUERY = { mch_order_no: "A-1", pay_mch_order_no: "2", result: "CLOSED", total_fee: 2000 };
const answer = (data: unknown, more: object = {}): string =>
  JSON.stringify({ code: 0, data, sign: "ab", ...more });

describe("a message in any of its forms", () => {
  it("REQ-002 a form body, with and without white space round it", () => {
    for (const text of ["b=2&a=%20x&sign=ab", "\n  b=2&a=%20x&sign=ab \n"]) {
      expect(message(text)).toMatchObject({
        kind: "form",
        what: "a form body",
        signature: "ab",
        endpoint: null,
      });
      expect(object(message(text).params)).toEqual({ b: "2", a: " x" });
      expect(message(text).fields).toEqual([
        { name: "b", value: "2" },
        { name: "a", value: " x" },
        { name: "sign", value: "ab" },
      ]);
    }
    expect(message("a=1").signature).toBeNull();
    expect(message("a=1", "cancel_order").endpoint).toBe("cancel_order");
  });

  it.each([
    ["https://api.example/KsherPay/cancel_order?a=1&sign=ab", "cancel_order"],
    ["http://api.example/KsherPay/cancel_order?a=1&sign=ab#end", "cancel_order"],
    ["https://api.example/other?a=1&sign=ab", null],
    ["https://api.example/cancel_order/other?a=1&sign=ab", null],
  ])("a URL with its params: %s", (text, endpoint) => {
    expect(message(text)).toMatchObject({ kind: "form", what: "a URL with its params", endpoint });
    expect(object(message(text).params)).toEqual({ a: "1" });
    expect(message(text).signature).toBe("ab");
    expect(message(text, "gateway_pay").endpoint).toBe("gateway_pay");
  });

  it.each([["\n"], ["\r\n"]])("a whole HTTP request or answer as it is logged, lines ending in %j", (end) => {
    const request = ["POST /KsherPay/cancel_order HTTP/1.1", "Host: api.example", "", "a=1&sign=ab"].join(
      end,
    );
    expect(message(request)).toMatchObject({ kind: "form", endpoint: "cancel_order", body: "a=1&sign=ab" });
    expect(message(request, "gateway_pay").endpoint).toBe("gateway_pay");
    const response = ["HTTP/1.1 200 OK", "Content-Type: application/json", "", answer(QUERY)].join(end);
    expect(message(response)).toMatchObject({ kind: "response", signature: "ab" });
    expect(message(["HTTP/2 200", "a: b", "", answer(QUERY)].join(end)).kind).toBe("response");
    expect(message(response, "gateway_order_query").endpoint).toBe("gateway_order_query");
  });

  it.each([
    [`GET /x HTTP/1.1\nHost: api.example`, "message_unknown"],
    [`x ${answer(QUERY)}`, "message_unknown"],
    ["hello world", "message_unknown"],
    ["hello a=1", "message_unknown"],
    [" \n ", "message_empty"],
    ["-----BEGIN PUBLIC KEY-----\nMIGf\n-----END PUBLIC KEY-----", "message_is_key"],
    ["[1]", "not_an_object"],
    ['"text"', "not_an_object"],
    ['{"code": 0,', "json_truncated"],
    ['{"code": 0, "code": 1}', "duplicate_member"],
    ["curl https://api.example/cancel_order", "curl_no_body"],
    ["curl -d '{\"a\": }' https://api.example/cancel_order", "json_syntax"],
    ["a=1&a=2", "form_duplicate"],
  ])("says what %j is in place of a message", (text, code) => {
    expect(seen(text)).toBe(code);
  });

  it("says what was found in place of an object, and where", () => {
    const array = recognise(" [1]");
    expect(array.ok || array.rejection).toMatchObject({
      detail: "Expected a JSON object, found an array.",
      at: 1,
    });
    const text = recognise('"x"');
    expect(text.ok || text.rejection.detail).toBe("Expected a JSON object, found a string.");
    const none = recognise("hello world");
    expect(none.ok || none.rejection.at).toBe(0);
  });
});

describe("QRY-001 a JSON answer, by the form of its data", () => {
  it.each([
    [QUERY, "a JSON response of gateway_order_query or a webhook: both have this form"],
    [{ mch_order_no: "A-1", result: "CLOSED" }, "a JSON response or webhook"],
    [{ pay_mch_order_no: "A-1", result: "CLOSED" }, "a JSON response or webhook"],
    [{ mch_order_no: "A-1", pay_mch_order_no: "2" }, "a JSON response or webhook"],
    [{ pay_content: "https://pay.example" }, "a JSON response, of gateway_pay by its form"],
    ["done", "a JSON response without signed data, as of cancel_order"],
    [undefined, "a JSON response without signed data, as of cancel_order"],
    [{ begin_date: "1", end_date: "2", nonce_str: "n" }, "a JSON response or webhook"],
  ])("%j", (data, what) => {
    expect(message(answer(data))).toMatchObject({ kind: "response", what, endpoint: null });
    expect(message(answer(data), "gateway_order_query").what).toBe("a JSON response of gateway_order_query");
  });

  it.each([
    ["get_settlement_info", { settlement_data: [], begin_date: "1", end_date: "2", nonce_str: "n" }],
    [
      "merchant_info",
      { company: "x", mobile: "1", mch_id: "2", account_type: "3", business_mode: "4", nonce_str: "n" },
    ],
  ])("%s signs a part of its data, and is known by its members", (endpoint, data) => {
    const found = message(answer(data));
    expect(found.endpoint).toBe(endpoint);
    expect(found.what).toMatch(new RegExp(`^a JSON response of ${endpoint}, which signs only `));
    expect(found.params.size).toBeLessThan(Object.keys(data).length);
    expect(found.fields.map(({ name }) => name)).toEqual(Object.keys(data));
    expect(message(answer(data), "gateway_order_query").params.size).toBe(Object.keys(data).length);
  });

  it("takes the params, the raw text of data and the envelope's members apart", () => {
    const text = `{"code": 0, "data": {"b": 1.50,  "a": "x"}, "msg": "ok", "sign": "ab"}`;
    const found = message(text);
    expect(object(found.params)).toEqual({ b: "1.50", a: "x" });
    expect(found).toMatchObject({ signature: "ab", dataText: '{"b": 1.50,  "a": "x"}', body: text });
    expect(envelopeFields(found)?.map(({ name, value }) => [name, value])).toEqual([
      ["code", "0"],
      ["data", '{"a":"x","b":1.50}'],
      ["msg", "ok"],
      ["sign", "ab"],
    ]);
    expect(found.fields.map(({ name, value, node }) => [name, value, node?.kind])).toEqual([
      ["b", "1.50", "number"],
      ["a", "x", "string"],
    ]);
    expect(message('{"data": {"a": "x"}, "sign": 5}')).toMatchObject({ kind: "response", signature: null });
    expect(message(answer("done"))).toMatchObject({ fields: [], dataText: '"done"' });
    expect(message('{"code": -3}')).toMatchObject({ fields: [], dataText: null });
    expect(seen('{"code": 0, "data": {"a": "\\ud800"}}')).toBe("lone_surrogate");
  });

  it("a flat object is params, sign not among them; it has no envelope", () => {
    const found = message('{"b": 2, "a": "x", "data": "text", "sign": "ab"}');
    expect(found).toMatchObject({ kind: "params", what: "a flat JSON object of params", signature: "ab" });
    expect(object(found.params)).toEqual({ b: "2", a: "x", data: "text" });
    expect([found.envelope, found.dataText, found.endpoint]).toEqual([null, null, null]);
    expect(envelopeFields(found)).toBeUndefined();
    expect(message('{"a": "x"}', "cancel_order").endpoint).toBe("cancel_order");
    expect(message('{"a": "x"}').signature).toBeNull();
  });
});

describe("a curl command line", () => {
  it("with a form body, which names its endpoint or not", () => {
    const found = message("curl -d 'a=1&sign=ab' 'https://api.example/KsherPay/cancel_order?x=1'");
    expect(found).toMatchObject({
      kind: "curl",
      what: "a curl command line that calls cancel_order",
      endpoint: "cancel_order",
      signature: "ab",
    });
    expect(object(found.params)).toEqual({ a: "1" });
    const other = message("curl -d 'a=1' https://api.example/other");
    expect([other.what, other.endpoint]).toEqual(["a curl command line", null]);
    expect(message("curl -d 'a=1' https://api.example/other", "gateway_pay").endpoint).toBe("gateway_pay");
  });

  it("with a JSON body, which is what its body is", () => {
    const found = message(`curl --data ' ${answer(QUERY)}' https://shop.example/notify`);
    expect(found.kind).toBe("curl");
    expect(found.what).toMatch(/^a curl command line with a JSON response of gateway_order_query or/);
    expect(found.params.get("total_fee")).toBe("2000");
    const flat = message(`curl -d '{"a": "1"}' https://api.example/KsherPay/cancel_order`);
    expect(flat).toMatchObject({ endpoint: "cancel_order", signature: null });
  });
});
