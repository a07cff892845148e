import { describe, expect, it } from "vitest";
import { judged, RIGHT, type Sent, saying } from "./judged.js";

const long = (length: number): string => "x".repeat(length);

describe("the fields of a request", () => {
  it("a right request: what it shows, in full", () => {
    expect(saying(judged(), false)).toEqual([]);
    expect(saying(judged({ lang: "th" }), true)).toEqual([
      "REQ-001 Expected POST to a documented endpoint, found POST /api/cancel_order.",
      "REQ-002 Expected Content-Type application/x-www-form-urlencoded, found application/x-www-form-urlencoded.",
      "REQ-003 All common fields are there, once each.",
      "REQ-004 Expected mch_order_no of 1 to 32 characters, found 3.",
      'REQ-005 Expected lang to be en, cn or th, found "th".',
      'REQ-007 Expected time_stamp as yyyyMMddHHmmss, found "20261124112030".',
      "REQ-008 nonce_str was new.",
      ...["SIG-001", "SIG-002", "SIG-003", "SIG-006", "SIG-007", "SIG-009", "SIG-010"].map(
        (id) => `${id} The merchant's signature verifies over the decoded form.`,
      ),
      "SIG-008 Expected lower-case hex, found no other digits.",
    ]);
  });

  it.each([
    ["/api/other", "POST", "POST /api/other"],
    ["/cancel_order/x", "POST", "POST /cancel_order/x"],
    ["/api/cancel_order", "PUT", "PUT /api/cancel_order"],
  ])("REQ-001 %s by %s", (path, method, found) => {
    expect(saying(judged({}, { path, method }), false)).toContain(
      `REQ-001 Expected POST to a documented endpoint, found ${found}.`,
    );
  });

  it("REQ-001 params count from the query only of a call that is no POST, has no body, and has a query", () => {
    const query = "/cancel_order?appid=mch1&sign=00";
    const judgedFields = (sent: Sent): boolean =>
      judged({}, sent).some(
        ({ detail }) => detail.includes('appid is "mch1"') || detail.includes("All common"),
      );
    const missing = (sent: Sent): boolean =>
      saying(judged({}, sent), false).join().includes("nonce_str is missing");
    expect(saying(judged({}, { method: "GET", path: query, body: "" }), false)).toContain(
      "REQ-001 Expected POST to a documented endpoint, found GET /cancel_order with the params in the query.",
    );
    expect(missing({ method: "GET", path: query, body: "" })).toBe(true);
    expect(judgedFields({ method: "GET", path: query })).toBe(true);
    expect(missing({ path: query })).toBe(false);
    const ids = (sent: Sent) => judged({}, sent).map(({ requirement }) => requirement);
    expect(ids({ method: "GET", path: "/cancel_order", body: "" })).toEqual(["REQ-001", "REQ-002"]);
    expect(ids({ method: "GET", path: query, body: "" })).not.toContain("REQ-002");
    expect(saying(judged({}, { path: query, body: "" }), false)).toEqual([
      "REQ-003 The form is empty; fields came in the address, where no form is read.",
    ]);
  });

  it("REQ-003 params that stand in the address of a POST too are there twice", () => {
    const said = saying(judged({}, { path: "/cancel_order?appid=mch1&more=1" }), false).join();
    expect(said).toContain("appid came in the address too, beside the form");
    expect(saying(judged({}, { path: "/cancel_order?more=1" }), false).join()).not.toContain("address");
  });

  it("REQ-001 a path with a second slash before the endpoint is another path", () => {
    expect(saying(judged({}, { path: "/api//cancel_order" }), false).join()).toContain(
      "Expected POST to a documented endpoint, found POST /api//cancel_order",
    );
  });

  it.each([
    ["application/x-www-form-urlencoded; charset=utf-8", true],
    [" Application/X-WWW-Form-Urlencoded ;charset=x", true],
    ["application/x-www-form-urlencoded2", false],
    ["xapplication/x-www-form-urlencoded", false],
    ["application/json", false],
    [null, false],
  ])("REQ-002 Content-Type %j: %s", (type, holds) => {
    const says = `REQ-002 Expected Content-Type application/x-www-form-urlencoded, found ${type ?? "none"}.`;
    expect(saying(judged({}, { type }), holds)).toContain(says);
  });

  it("what is no form is one fault, not three, unless it has fields all the same", () => {
    const json = { type: "application/json", body: '{"appid":"mch1"}' };
    expect(saying(judged({}, json), false)).toHaveLength(1);
    expect(saying(judged({}, { ...json, body: "appid=mch1&a=1" }), false)).toHaveLength(1);
    expect(saying(judged({ appid: undefined }, { type: "text/plain" }), false)).toHaveLength(2);
  });

  it.each([
    ["a=1&a=2", 'REQ-003 The field "a" comes a second time at byte 4.'],
    ["a=%ff", "REQ-006 The bytes that the field decodes to are no UTF-8, from byte 2 on."],
  ])("%s cannot be decoded", (body, says) => {
    expect(saying(judged({}, { body }), false)).toEqual([says]);
    expect(saying(judged({}, { body, type: "text/plain" }), false)).toHaveLength(1);
  });

  it.each([
    [{ appid: undefined }, "appid is missing or empty."],
    [{ nonce_str: "" }, "nonce_str is missing or empty."],
    [
      { time_stamp: undefined, nonce_str: undefined },
      "nonce_str is missing or empty; time_stamp is missing or empty.",
    ],
    [{ appid: "mch" }, 'appid is "mch", not mch and digits.'],
    [{ appid: "xmch1" }, 'appid is "xmch1", not mch and digits.'],
    [{ appid: "mch1x" }, 'appid is "mch1x", not mch and digits.'],
    [{ appid: `mch${"1".repeat(30)}` }, `appid is "mch${"1".repeat(30)}", not mch and digits.`],
    [{ nonce_str: long(33) }, "nonce_str has 33 characters, at most 32 fit."],
    [{ time_stamp: long(257) }, "time_stamp has 257 characters, at most 256 fit."],
  ])("REQ-003 %j", (changes, says) => {
    expect(saying(judged(changes), false)).toContain(`REQ-003 ${says}`);
  });

  it("REQ-003 a request without sign, and the most that fits", () => {
    expect(saying(judged({}, { sign: "" }), false)).toEqual(["REQ-003 sign is missing or empty."]);
    const most = judged({ nonce_str: "ก".repeat(32), time_stamp: long(256), appid: `mch${"1".repeat(29)}` });
    expect(saying(most, true)).toContain("REQ-003 All common fields are there, once each.");
  });

  it.each([
    [undefined, "none", false],
    ["", "0", false],
    ["1", "1", true],
    [long(32), "32", true],
    ["😀".repeat(32), "32", true],
    [long(33), "33", false],
  ])("REQ-004 mch_order_no %j: %s", (mch_order_no, found, holds) => {
    expect(saying(judged({ mch_order_no }), holds)).toContain(
      `REQ-004 Expected mch_order_no of 1 to 32 characters, found ${found}.`,
    );
  });

  it("REQ-004 is not what a number that was garbled on its way breaks", () => {
    const garbled = judged({ mch_order_no: long(33) }, {}, { intended: { mch_order_no: "A-1" } });
    expect(saying(garbled, false).join()).not.toContain("REQ-004");
    const same = judged({ mch_order_no: long(33) }, {}, { intended: { mch_order_no: long(33) } });
    expect(saying(same, false).join()).toContain("REQ-004");
  });

  it("REQ-005 a language that is not documented", () => {
    expect(saying(judged({ lang: "EN" }), false)).toEqual([
      'REQ-005 Expected lang to be en, cn or th, found "EN".',
    ]);
  });

  it.each<[stamp: string, right: boolean, deviation: string]>([
    ["20240229235959", true, ""],
    ["20230229000000", false, ""],
    ["20261301000000", false, ""],
    ["20261124240000", false, ""],
    ["20261124116030", false, ""],
    ["020261124112030", false, ""],
    ["202611241120301", false, ""],
    ["2022091904121212S", false, " (the documented example's form: seconds twice and the letter S)"],
    ["1764000000000", false, " (milliseconds since 1970)"],
    ["17640000000000", false, ""],
    ["1764000000", false, " (seconds since 1970)"],
    ["91764000000", false, ""],
  ])("REQ-007 time_stamp %s", (time_stamp, right, deviation) => {
    expect(saying(judged({ time_stamp }), right)).toContain(
      `REQ-007 Expected time_stamp as yyyyMMddHHmmss, found "${time_stamp}"${deviation}.`,
    );
  });

  it.each<[stamp: string, days: number | null]>([
    ["20261124112030", null],
    ["20261122112031", null],
    ["20261126112029", null],
    ["20261122112029", -2],
    ["20261126112031", 2],
    ["20261024112030", -31],
    ["20190622131804", -2712],
  ])(
    "REQ-007 time_stamp %s, where now is known: what is two days off is the time of no zone",
    (time_stamp, days) => {
      const now = Date.UTC(2026, 10, 24, 11, 20, 30);
      const why = days === null ? "" : ` (${days} days from now)`;
      expect(saying(judged({ time_stamp }, {}, { now }), days === null)).toContain(
        `REQ-007 Expected time_stamp as yyyyMMddHHmmss, found "${time_stamp}"${why}.`,
      );
      expect(saying(judged({ time_stamp }), true)).toContain(
        `REQ-007 Expected time_stamp as yyyyMMddHHmmss, found "${time_stamp}".`,
      );
    },
  );

  it("REQ-008 RTY-002 nonces: new, new in a repeated call, used for the same call, used for another", () => {
    const nonces = new Map<string, string>();
    const use = '/api/cancel_order for order "A-1"';
    const about = (seen: ReturnType<typeof judged>): readonly string[] =>
      seen
        .filter(({ requirement }) => requirement === "REQ-008" || requirement === "RTY-002")
        .map(({ requirement, holds, detail }) => `${requirement} ${holds} ${detail}`);
    const call = (changes: Readonly<Record<string, string>>) => about(judged(changes, {}, { nonces }));
    expect(call({ nonce_str: "n1" })).toEqual(["REQ-008 true nonce_str was new."]);
    expect(call({ nonce_str: "n2" })).toEqual([
      "REQ-008 true nonce_str was new.",
      "RTY-002 true A repeated call carried a new nonce_str.",
    ]);
    expect(call({ nonce_str: "n1" })).toEqual([
      `REQ-008 false nonce_str n1 came before, in ${use}.`,
      `RTY-002 false A repeated call of ${use} carried the same nonce_str n1.`,
    ]);
    expect(call({ nonce_str: "n1", mch_order_no: "B" })).toEqual([
      `REQ-008 false nonce_str n1 came before, in ${use}.`,
    ]);
    expect([...nonces]).toEqual([
      ["n1", use],
      ["n2", use],
    ]);
    expect(about(judged({ nonce_str: "" }))).toEqual([]);
    expect(RIGHT.nonce_str).toHaveLength(32);
  });
});
