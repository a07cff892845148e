// The orders of a planted log: their exchanges, signed as the gateway signs, and the findings that are expected of them.
import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the test keys. */
export const keys = fileURLToPath(new URL("../../vectors/keys/", import.meta.url));
const keyOf = (name) => createPrivateKey(readFileSync(join(keys, `${name}.pkcs1.pem`)));

/** A small seeded generator (mulberry32): the same seed, the same log. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const START = Date.UTC(2024, 0, 1);
export const canonical = (data) =>
  Object.keys(data)
    .sort()
    .map((name) => `${name}=${data[name]}`)
    .join("");

/** The writer of one log: its orders, its clock, its keys. */
export class Story {
  constructor(seed, bits) {
    this.random = chance(seed);
    this.key = keyOf(`gateway-${bits}`);
    this.oldKey = keyOf("gateway-1024");
    this.stranger = keyOf("stranger-512");
    this.orders = 0;
    this.lines = [];
    this.expected = [];
  }

  order() {
    this.orders += 1;
    const no = `${this.orders}`.padStart(9, "0");
    const note = this.random();
    const attach =
      note < 0.05 ? `ร้านกาแฟ ${no}` : note < 0.1 ? `咖啡店 ${no}` : note < 0.5 ? "" : `table ${no}`;
    const fee = 100 + Math.floor(this.random() * 1e6);
    return { no: `ORD${no}`, fee, attach, at: START + this.orders * 1000, nonces: 0 };
  }

  data(order, result, changes = {}) {
    const paid = result === "SUCCESS" || result === "REFUND";
    return {
      cash_fee: paid ? order.fee : "",
      attach: order.attach,
      result,
      openid: "",
      rate: paid ? "1.000000" : "",
      channel: paid ? "promptpay" : "",
      nonce_str: paid ? createHash("md5").update(order.no).digest("hex") : "",
      mch_order_no: order.no,
      cash_fee_type: paid ? "THB" : "",
      pay_mch_order_no: `24010100${order.no.slice(3)}`,
      total_fee: order.fee,
      fee_type: "THB",
      ksher_order_no: paid ? `9002024${order.no.slice(3)}` : "",
      channel_order_no: paid ? `42000018${order.no.slice(3)}` : "",
      time_end: paid ? "2024-01-01 11:22:45" : "",
      appid: "mch35000",
      ...changes,
    };
  }

  answer(data, changes = {}, key = this.key) {
    const signature = sign("RSA-MD5", Buffer.from(canonical(data)), key).toString("hex");
    return { code: 0, msg: "操作成功", data, sign: signature, message: "操作成功", ...changes };
  }

  /** One exchange of an order, some minutes after the last. */
  exchange(order, endpoint, response, changes = {}) {
    order.at += 60_000 + Math.floor(this.random() * 60_000);
    order.nonces += 1;
    const at = new Date(order.at).toISOString();
    const request = {
      appid: "mch35000",
      mch_order_no: order.no,
      nonce_str: createHash("md5").update(`${order.no} ${order.nonces}`).digest("hex"),
      time_stamp: at.replace(/\D/g, "").slice(0, 14),
      ...changes,
    };
    return { at, endpoint, request, response, status: 200 };
  }

  put(record) {
    this.lines.push(typeof record === "object" && !Buffer.isBuffer(record) ? JSON.stringify(record) : record);
  }

  query(order, result, changes = {}) {
    this.put(this.exchange(order, "gateway_order_query", this.answer(this.data(order, result, changes))));
  }

  cancel(order, code) {
    const text = [
      "操作成功",
      "商户信息错误",
      "验证商户签名失败",
      "该订单不存在",
      "该订单已支付成功,不能进行此操作",
      "该订单已被取消,不能重复进行此操作",
      "取消订单失败",
    ];
    const msg = text[-code] ?? "?";
    const data = code === 0 ? { data: "取消成功" } : {};
    this.put(this.exchange(order, "cancel_order", { code, msg, message: msg, ...data }));
  }

  webhook(order) {
    order.at += 5_000;
    this.put({
      at: new Date(order.at).toISOString(),
      endpoint: "mch_notify_url",
      response: this.answer(this.data(order, "SUCCESS")),
    });
  }

  /** The ordinary lives: paid, cancelled, still open, a bare answer. */
  ordinary() {
    const order = this.order();
    const life = this.random();
    if (life < 0.5) {
      this.query(order, "NOTPAY");
      this.query(order, "SUCCESS");
      this.webhook(order);
    } else if (life < 0.7) {
      this.query(order, "PENDING");
      this.cancel(order, 0);
      this.query(order, "CLOSED");
      if (this.random() < 0.3) this.cancel(order, -5);
    } else if (life < 0.8) {
      this.query(order, "SUCCESS");
      this.cancel(order, -4);
      this.query(order, "SUCCESS");
    } else this.put(this.answer(this.data(order, life < 0.9 ? "SUCCESS" : "NOTPAY")));
  }

  expect(kind, order) {
    this.expected.push({ kind, mch_order_no: order });
  }
}
