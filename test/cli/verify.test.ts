import { openVectors } from "@ksherproof/vectors";
import { describe, expect, it } from "vitest";
import { keys, ksherproof, schemaErrors } from "./run.js";

const real = openVectors("real").groups.flatMap(({ tests }) => tests);
const published = (id: string): string =>
  real.find((test) => test.id === `real-published-${id}`)?.body ?? expect.unreachable();
const closed = published("rse-28");

describe("ksherproof verify", () => {
  it("QRY-001 the published answer of a cancelled order verifies under the production key", () => {
    const found = ksherproof(["verify", "--key", "ksher-v1", "--json"], closed);
    expect(found).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(found.out)).toMatchObject({ valid: true, key: "ksher-v1" });
    expect(schemaErrors("verify", found.out)).toEqual([]);
  });

  it.each([
    ["a value", closed.replace("CLOSED", "CLOSEC")],
    ["an amount", closed.replace("2000", "2001")],
    ["a name", closed.replace('"attach"', '"attacj"')],
    ["a quote", closed.replace('"attach"', '"attachx')],
    ["a brace", closed.replace('"mch29217"}', '"mch29217")')],
  ])("QRY-003 with %s changed it exits 1 and says why", (_, body) => {
    expect(body).not.toBe(closed);
    const found = ksherproof(["verify", "--key", "ksher-v1", "--json", "-"], body);
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out)).toMatchObject({ valid: false, rejection: { detail: expect.any(String) } });
    expect(schemaErrors("verify", found.out)).toEqual([]);
    expect(ksherproof(["verify", "--key", "ksher-v1", "-"], body).out).toMatch(/NOT valid: .{20}/);
  });

  const params = { appid: "mch35005", mch_order_no: "a b&c=é", nonce_str: "x", time_stamp: "20261124112030" };
  const key = `${keys}merchant-1024.pkcs8.pem`;
  const signed = JSON.parse(ksherproof(["sign", "--key", key, "--json"], JSON.stringify(params)).out);
  const { form, sign } = signed as { form: string; sign: string };

  it.each([
    ["flat JSON", JSON.stringify({ ...params, sign }), "a flat JSON object of params"],
    ["a form body", form, "a form body"],
    ["an HTTP request", `POST /api/cancel_order HTTP/1.1\r\nHost: x\r\n\r\n${form}`, "a form body"],
    [
      "curl -d",
      `curl -sSXPOST "https://x/api/cancel_order" -d "${form}"`,
      "a curl command line that calls cancel_order",
    ],
    [
      "curl --data-urlencode on several lines",
      `curl 'https://x/cancel_order' \\\n  --data-urlencode 'appid=mch35005' \\\n --data-urlencode "mch_order_no=a b&c=é" -d nonce_str=x \\\r\n -d time_stamp=20261124112030 -d sign=${sign}`,
      "a curl command line that calls cancel_order",
    ],
    [
      "curl $'..'",
      `curl https://x/ --data-raw $'appid=mch35005&mch_order_no=a+b%26c%3D\\xc3\\xa9&nonce_str=\\u0078&time_stamp=20261124112030&sign=${sign}'`,
      "a curl command line",
    ],
    [
      "curl of the command prompt",
      `curl ^"https://x/^" -d ^"${form.replace(/[&%]/g, "^$&")}^"`,
      "a curl command line",
    ],
  ])("reads %s and says so", (_, text, what) => {
    const found = ksherproof(["verify", "--key", `${keys}merchant-1024.spki.pem`], text);
    expect(found).toMatchObject({ code: 0, err: "" });
    expect(found.out).toContain(`This is ${what}.`);
  });
});

describe("ksherproof explain", () => {
  it("says what the documented cancel request and the placeholder sign are", () => {
    const request = ksherproof(["explain", "--json", "--key", "ksher-demo-merchant"], published("rse-29"));
    expect(request.code).toBe(1);
    expect(JSON.parse(request.out)).toMatchObject({
      verdict: "other_text",
      known: { id: "rse-29" },
      signed_text: null,
      mistakes: [],
    });
    expect(schemaErrors("explain", request.out)).toEqual([]);
    const placeholder = ksherproof(
      ["explain", "--json", "--key", "ksher-demo-merchant"],
      published("rse-34"),
    );
    expect(JSON.parse(placeholder.out)).toMatchObject({
      verdict: "wrong_key",
      made_by: "ksher-v1",
      known: { id: "rse-34" },
    });
  });

  it("names the mistake with the private key as with the public one", () => {
    const [vector] = openVectors("signature")
      .groups.flatMap(({ tests }) => tests)
      .filter(({ id }) => id.endsWith("joined-with-ampersand"));
    const body = JSON.stringify({ ...Object.fromEntries(vector?.params ?? []), sign: vector?.signature });
    for (const form of ["pkcs1", "spki"]) {
      const found = ksherproof(["explain", "--json", "--key", `${keys}merchant-1024.${form}.pem`], body);
      expect(JSON.parse(found.out)).toMatchObject({
        verdict: "other_text",
        mistakes: ["joined_with_ampersand"],
        signed_text: vector?.signed_text,
      });
      expect(found.out).not.toContain("PRIVATE");
    }
  });

  it("QRY-007 --ambiguity lists the other messages that the signature covers", () => {
    const data = JSON.parse(closed).data;
    const merged = { ...JSON.parse(closed), data: { ...data, attach: "cash_fee=" } };
    const found = ksherproof(["explain", "--ambiguity", "--json"], JSON.stringify(merged));
    expect(schemaErrors("ambiguity", found.out)).toEqual([]);
    expect(JSON.parse(found.out).readings).toEqual([
      expect.objectContaining({ attach: "", cash_fee: "cash_fee=" }),
    ]);
  });
});

describe("the other outputs for programs have schemas too", () => {
  it.each([
    ["canonical", ["canonical", "--json"]],
    ["sign", ["sign", "--json", "--key", `${keys}merchant-512.pkcs1.pem`]],
    ["key-inspect", ["key", "inspect", "--json", "ksher-v2"]],
    ["vectors-stats", ["vectors", "stats", "--json"]],
    ["vectors-verify", ["vectors", "verify", "--json"]],
  ] as const)("%s", (name, args) => {
    const found = ksherproof(args, '{"b": "", "a": "1"}');
    expect(found).toMatchObject({ code: 0, err: "" });
    expect(schemaErrors(name, found.out)).toEqual([]);
  });
});
