import { describe, expect, it } from "vitest";
import { canonicalText, encodeForm, encodeUtf8, judgeRequest, portableVerifier } from "../src/index.js";
import { newKey, signWith } from "./explain/planted.js";

const { named, privateKey } = newKey("merchant", 1024);

/** What a form that nobody percent-encoded shows, its order number being this one. */
function judgeUnencoded(number: string) {
  const params = new Map([
    ["appid", "mch35005"],
    ["mch_order_no", number],
    ["nonce_str", "472393a69ca0b86522e1ffa98947f6c7"],
    ["time_stamp", "20261124112030"],
  ]);
  const sign = signWith(privateKey, canonicalText(params));
  const body = [...params, ["sign", sign]].map((pair) => pair.join("=")).join("&");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return judgeRequest(
    { method: "POST", path: "/cancel_order", headers, body: encodeUtf8(body) },
    {
      endpoints: ["/cancel_order"],
      verifierOf: () => portableVerifier(named.key),
      intended: { mch_order_no: number },
      nonces: new Map(),
    },
  ).filter(({ holds }) => !holds);
}

describe("a form whose values were not percent-encoded", () => {
  it.each([
    ["a+b", "a b"],
    ["100%25", "100%"],
    ["a&b=c", "a"],
    ["a&b=c&d=+e", "a"],
  ])("REQ-006 is what %j breaks, not the signature", (number, found) => {
    expect(judgeUnencoded(number)).toEqual([
      {
        requirement: "REQ-006",
        holds: false,
        detail: `mch_order_no was signed as ${JSON.stringify(number)}, but the form decodes to ${JSON.stringify(found)}.`,
      },
    ]);
  });

  it("REQ-006 holds where nothing needs encoding", () => {
    expect(judgeUnencoded("A-1")).toEqual([]);
  });
});

describe("params in the query of a GET", () => {
  it("REQ-001 is the one fault; the fields and the signature are judged from the query", () => {
    const params = new Map([
      ["appid", "mch35005"],
      ["mch_order_no", "A 1"],
      ["nonce_str", "472393a69ca0b86522e1ffa98947f6c7"],
      ["time_stamp", "20261124112030"],
    ]);
    const sign = signWith(privateKey, canonicalText(params));
    const query = encodeForm(new Map([...params, ["sign", sign]]));
    const seen = judgeRequest(
      { method: "GET", path: `/gateway_order_query?${query}`, headers: {}, body: new Uint8Array() },
      {
        endpoints: ["/gateway_order_query"],
        verifierOf: () => portableVerifier(named.key),
        nonces: new Map(),
      },
    );
    expect(seen.filter(({ holds }) => !holds).map(({ requirement }) => requirement)).toEqual(["REQ-001"]);
    expect(seen.some(({ requirement, holds }) => requirement === "SIG-003" && holds)).toBe(true);
  });
});
