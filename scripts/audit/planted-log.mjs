// Makes a log of exchanges with planted faults, and the list of findings that an audit of it must give, nothing else:
//   node scripts/audit/planted-log.mjs --records 100000 --faults 1000 --seed 1 [--shuffle] --out FOLDER
// Writes log.jsonl, expected.json (kind and order of each finding) and ring.json (the keys with their periods).
import { constants, createHash, createPrivateKey, privateEncrypt, sign } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const keys = fileURLToPath(new URL("../../vectors/keys/", import.meta.url));
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
const canonical = (data) =>
  Object.keys(data)
    .sort()
    .map((name) => `${name}=${data[name]}`)
    .join("");

/** The writer of one log: its orders, its clock, its keys. */
class Story {
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

/** Each fault: what it plants, and the finding that must come of it. */
export const FAULTS = {
  changed_amount: spoiled("signature_invalid", (answer) => ({
    ...answer,
    data: { ...answer.data, total_fee: answer.data.total_fee + 1 },
  })),
  damaged_signature: spoiled("signature_invalid", (answer) => ({ ...answer, sign: flip(answer.sign) })),
  other_key: spoiled("signature_invalid", (answer, story) => story.answer(answer.data, {}, story.stranger)),
  short_signature: spoiled("signature_invalid", (answer) => ({ ...answer, sign: answer.sign.slice(2) })),
  signature_not_hex: spoiled("signature_invalid", (answer) => ({
    ...answer,
    sign: `${answer.sign.slice(2)}zz`,
  })),
  other_hash: spoiled("signature_invalid", (answer, story) => ({
    ...answer,
    sign: sign("RSA-SHA1", Buffer.from(canonical(answer.data)), story.key).toString("hex"),
  })),
  forged_padding: spoiled("signature_invalid", (answer, story) => ({
    ...answer,
    sign: forged(answer.data, story.key),
  })),
  added_member: spoiled("signature_invalid", (answer) => ({
    ...answer,
    data: { ...answer.data, extra: "1" },
  })),
  no_signature: spoiled("signature_missing", ({ sign: _, ...answer }) => answer),
  empty_signature: spoiled("signature_missing", (answer) => ({ ...answer, sign: "" })),
  merged_fields: spoiled("shape", ({ data: { time_end, ...data }, ...answer }) => ({
    ...answer,
    data: { ...data, result: `${data.result}time_end=${time_end}` },
  })),
  two_readings(story) {
    const order = story.order();
    story.query(order, "NOTPAY", { attach: "cash_fee=" });
    story.expect("border_ambiguity", order.no);
  },
  member_twice(story) {
    const order = story.order();
    story.put(
      JSON.stringify(story.answer(story.data(order, "SUCCESS"))).replace(
        '"data":{',
        '"data":{"result":"CLOSED",',
      ),
    );
    story.expect("duplicate_member", null);
  },
  broken_line(story) {
    const text = JSON.stringify(story.answer(story.data(story.order(), "SUCCESS")));
    story.put(text.slice(0, 100 + Math.floor(story.random() * (text.length - 120))));
    story.expect("unreadable", null);
  },
  latin_1(story) {
    const order = { ...story.order(), attach: "caf\u00e9" };
    story.put(
      Buffer.from(
        JSON.stringify({ ...story.answer(story.data(order, "SUCCESS")), msg: "ok", message: "ok" }),
        "latin1",
      ),
    );
    story.expect("unreadable", null);
  },
  replayed(story) {
    const [order, other] = [story.order(), story.order()];
    story.query(other, "SUCCESS");
    story.put(story.exchange(order, "gateway_order_query", story.answer(story.data(other, "SUCCESS"))));
    story.expect("other_order", order.no);
  },
  unknown_code(story) {
    const order = story.order();
    story.cancel(order, -9);
    story.expect("undocumented_code", order.no);
  },
  unknown_result(story) {
    const order = story.order();
    story.query(order, "EXPIRED");
    story.expect("undocumented_result", order.no);
  },
  retired_key(story) {
    const order = story.order();
    story.put(
      story.exchange(
        order,
        "gateway_order_query",
        story.answer(story.data(order, "NOTPAY"), {}, story.oldKey),
      ),
    );
    story.expect("key_period", order.no);
  },
  nonce_again(story) {
    const order = story.order();
    const nonce = { nonce_str: createHash("md5").update(`again ${order.no}`).digest("hex") };
    for (let i = 0; i < 2; i += 1) {
      story.put(
        story.exchange(order, "gateway_order_query", story.answer(story.data(order, "NOTPAY")), nonce),
      );
    }
    story.expect("nonce_reused", order.no);
  },
  clock_back(story) {
    const order = story.order();
    story.query(order, "NOTPAY");
    story.put(
      story.exchange(order, "gateway_order_query", story.answer(story.data(order, "NOTPAY")), {
        time_stamp: "20231231000000",
      }),
    );
    story.expect("time_stamp_out_of_order", order.no);
  },
  paid_late(story) {
    const order = story.order();
    story.cancel(order, 0);
    story.query(order, "CLOSED");
    story.webhook(order);
    story.expect("cancelled_then_paid", order.no);
  },
  cancelled_after_paid(story) {
    const order = story.order();
    story.query(order, "SUCCESS");
    story.cancel(order, 0);
    story.expect("paid_reported_cancelled", order.no);
  },
  card_in_progress(story) {
    const order = story.order();
    story.query(order, "USERPAYING");
    story.cancel(order, -6);
    story.query(order, "SUCCESS");
    story.expect("refused_then_paid", order.no);
  },
  closed_by_itself(story) {
    const order = story.order();
    story.query(order, "NOTPAY");
    story.query(order, "CLOSED");
    story.expect("closed_without_cancel", order.no);
  },
  two_amounts(story) {
    const order = story.order();
    story.query(order, "NOTPAY");
    story.query(order, "NOTPAY", { total_fee: order.fee + 100 });
    story.expect("contradictory_answers", order.no);
  },
};

function spoiled(kind, change) {
  return (story) => {
    const order = story.order();
    story.put(
      story.exchange(order, "gateway_order_query", change(story.answer(story.data(order, "SUCCESS")), story)),
    );
    story.expect(kind, order.no);
  };
}

const flip = (text) => `${text.slice(0, 20)}${text[20] === "0" ? "1" : "0"}${text.slice(21)}`;

/** Short padding, and what is left behind the digest: what a verifier that parses in place of comparing would take. */
function forged(data, key) {
  const info = Buffer.from(
    `3020300c06082a864886f70d020505000410${createHash("md5").update(canonical(data)).digest("hex")}`,
    "hex",
  );
  const block = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(8, 0xff), Buffer.from([0]), info], 64);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block).toString("hex");
}

/** Writes the log; returns the number of lines. */
export function writePlantedLog({ records, faults, seed, shuffle, out, bits = 512 }) {
  mkdirSync(out, { recursive: true });
  const story = new Story(seed, bits);
  const kinds = Object.keys(FAULTS);
  const log = openSync(join(out, "log.jsonl"), "w");
  const all = [];
  let lines = 0;
  let planted = 0;
  while (lines < records) {
    if (planted < faults && lines >= (planted * records) / faults) {
      FAULTS[kinds[planted % kinds.length]](story);
      planted += 1;
    } else story.ordinary();
    lines += story.lines.length;
    const bytes = story.lines.splice(0).map((line) => Buffer.concat([Buffer.from(line), Buffer.from("\n")]));
    if (shuffle) all.push(...bytes);
    else writeSync(log, Buffer.concat(bytes));
  }
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(story.random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  for (let i = 0; i < all.length; i += 10_000) writeSync(log, Buffer.concat(all.slice(i, i + 10_000)));
  closeSync(log);
  writeFileSync(join(out, "expected.json"), JSON.stringify({ records: lines, findings: story.expected }));
  const ring = [
    { key: join(keys, `gateway-${bits}.spki.pem`), name: `gateway-${bits}` },
    { key: join(keys, "gateway-1024.spki.pem"), name: "retired", until: "2023-06-30T00:00:00Z" },
  ];
  writeFileSync(join(out, "ring.json"), JSON.stringify({ keys: ring }));
  return lines;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: {
      records: { type: "string", default: "100000" },
      faults: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      shuffle: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  if (!values.out) {
    process.stderr.write("Give --out FOLDER.\n");
    process.exit(2);
  }
  const lines = writePlantedLog({
    records: Number(values.records),
    faults: Number(values.faults),
    seed: Number(values.seed),
    shuffle: values.shuffle,
    out: values.out,
  });
  process.stdout.write(`${lines} records in ${join(values.out, "log.jsonl")}\n`);
}
