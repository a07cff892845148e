// The faults of a planted log.
import { constants, createHash, privateEncrypt, sign } from "node:crypto";
import { canonical } from "./planted-story.mjs";

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
