// Makes lines that are nearly right: signed answers and exchanges, reordered, respaced, escaped and damaged in every way
// that comes to mind. Both engines must judge each of them alike.
import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chance } from "./planted-story.mjs";

const keys = fileURLToPath(new URL("../../vectors/keys/", import.meta.url));
const keyOf = (name) => createPrivateKey(readFileSync(`${keys}${name}.pkcs1.pem`));
const RESULTS = [
  "SUCCESS",
  "CLOSED",
  "NOTPAY",
  "PENDING",
  "USERPAYING",
  "NOTSURE",
  "PAYERROR",
  "REFUND",
  "FAIL",
  "ODD",
];
const TEXTS = [
  "",
  "a",
  "ร้านกาแฟ",
  "测试",
  "😀",
  "a=b",
  'q"q',
  "back\\slash",
  "line\nend",
  "tab\t",
  "ünïcode",
  "x".repeat(40),
  "%41+&",
];

/** A source of lines for one key size; the same seed, the same lines. */
export class Mutator {
  constructor(seed, names) {
    this.random = chance(seed);
    this.keys = names.map(keyOf);
    this.base = Array.from({ length: 400 }, (_, i) => this.record(i));
  }

  below(limit) {
    return Math.floor(this.random() * limit);
  }

  one(list) {
    return list[this.below(list.length)];
  }

  record(i) {
    const key = this.keys[i % this.keys.length];
    const result = this.one(RESULTS);
    const data = {
      cash_fee: this.one(["", 7, "12"]),
      attach: this.one(TEXTS),
      result,
      openid: "",
      rate: "1.0",
      channel: "x",
      nonce_str: this.one(TEXTS),
      mch_order_no: `O${i}`,
      cash_fee_type: "THB",
      pay_mch_order_no: `2106${i}`,
      total_fee: this.one([0, 1, 2000, -5, 99999999]),
      fee_type: "THB",
      ksher_order_no: "",
      channel_order_no: "4",
      time_end: this.one(["", "2023-04-21 11:22:45"]),
      appid: "mch35000",
    };
    if (i % 7 === 0)
      data[this.one(["extra", "Zed", "aa", "my_attach", "a1", "attach2", "é"])] = this.one(TEXTS);
    if (i % 11 === 0) delete data[this.one(Object.keys(data))];
    const text = Object.keys(data)
      .sort()
      .map((name) => `${name}=${data[name]}`)
      .join("");
    const answer = {
      code: this.one([0, 0, 0, 0, 0, -3, 1]),
      msg: this.one(TEXTS),
      data,
      sign: sign("RSA-MD5", Buffer.from(text), key).toString("hex"),
      message: "操作成功",
    };
    if (i % 5 === 0) return answer;
    const request = {
      appid: "mch35000",
      mch_order_no: `O${i}`,
      nonce_str: createHash("md5").update(`${i}`).digest("hex"),
      time_stamp: "20240101000000",
    };
    const at = this.one([
      "2024-03-01T00:00:00Z",
      "2024-10-31T10:00:00.001Z",
      1704067200,
      "2024-02-29T01:02:03Z",
      "2023-12-31T23:59:59.999Z",
      1704067200,
      1704067200123,
      "2024-02-30T00:00:00Z",
      "2024-01-31T00:00:00+07:00",
      "soon",
      null,
    ]);
    if (i % 5 === 1)
      return {
        at,
        endpoint: "cancel_order",
        request,
        response: { code: this.one([0, -1, -4, -5, -6, -9]), msg: "x", data: "取消成功" },
        status: 200,
      };
    const endpoint = this.one([
      "gateway_order_query",
      "/api/gateway_order_query",
      "mch_notify_url",
      "mch_notify_url",
      "other",
    ]);
    return {
      at,
      endpoint,
      request: this.one([
        request,
        request,
        request,
        request,
        { ...request, sign: "ab" },
        { ...request, mch_order_no: "P" },
      ]),
      response: answer,
      status: this.one([200, 200, 200, 200, 200, 500]),
    };
  }

  /** One line, as bytes without its end. */
  line() {
    const record = this.one(this.base);
    let text = this.write(this.random() < 0.3 ? this.reorder(record) : record);
    if (this.random() < 0.15)
      text = text.replace(
        /[^\x00-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    if (this.random() < 0.05)
      text = text.replace(/"sign":"([^"]*)"/, (_, hex) => `"sign":"${hex.toUpperCase()}"`);
    const bytes = Buffer.from(text);
    return this.random() < 0.4 ? this.damage(bytes) : bytes;
  }

  reorder(value) {
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value)
      .map((entry) => [entry, this.random()])
      .sort((a, b) => a[1] - b[1]);
    return Object.fromEntries(entries.map(([[name, inner]]) => [name, this.reorder(inner)]));
  }

  write(value) {
    return this.random() < 0.2
      ? JSON.stringify(value, null, " ").replaceAll("\n", this.one([" ", "\t", "", "\r"]))
      : JSON.stringify(value);
  }

  damage(bytes) {
    const at = this.below(bytes.length);
    switch (this.below(9)) {
      case 0:
        return Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from([this.below(256)]),
          bytes.subarray(at + 1),
        ]).map((byte) => (byte === 10 ? 32 : byte));
      case 1:
        return bytes.subarray(0, at);
      case 2:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      case 3:
        return Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from([this.one([0x22, 0x5c, 0x2c, 0x3d, 0x20, 0x30, 0x7b, 0x7d, 0xff, 0xc3])]),
          bytes.subarray(at),
        ]);
      case 4:
        return Buffer.from(
          bytes
            .toString()
            .replace(
              /"total_fee":/,
              this.one([
                '"total_fee":0',
                '"total_fee":"1","total_fee":',
                '"total_fee":1.0,"x":',
                '"total_fee":-',
                '"total_fee":1e3,"y":',
              ]),
            ),
        );
      case 5:
        return Buffer.from(
          bytes
            .toString()
            .replace(
              /"result":"[A-Z]*"/,
              this.one([
                '"result":"SUCCESS"',
                '"result":null',
                '"result":true',
                '"result":["SUCCESS"]',
                '"r\\u0065sult":"SUCCESS"',
                '"result":"\\ud800"',
                '"result":"\\u0053UCCESS"',
              ]),
            ),
        );
      case 6:
        return Buffer.from(
          bytes
            .toString()
            .replace(
              /"sign":"/,
              this.one(['"sign":"0', '"sign":" ', '"sign":"', '"sign":null,"sing":"', '"sign":"","x":"']),
            ),
        );
      case 7: {
        const flipped = Buffer.from(bytes);
        const sign = flipped.indexOf('"sign":"') + 8 + this.below(100);
        flipped[sign] = this.one([0x30, 0x31, 0x66, 0x41, 0x67]);
        return flipped;
      }
      default:
        return Buffer.concat([bytes, Buffer.from(this.one([" ", "\r", "x", "{}", ",", "\u0000"]))]);
    }
  }
}
