import { DEFAULT_SETTINGS, SETTINGS } from "@ksherproof/gateway";
import {
  EVENTS,
  ORDER_EVENTS,
  ORDER_STATES,
  type OrderState,
  STATES,
  TRANSITIONS,
  targetOf,
} from "@ksherproof/spec";
import { describe, expect, it } from "vitest";
import { Chance } from "../../packages/gateway/src/chance.js";
import { cancelCode, resultOf, step } from "../../packages/gateway/src/machine.js";
import type { Order } from "../../packages/gateway/src/order.js";

/** An order in a state, with all that an event could ask for: a saved QR code, an offered channel. */
function orderIn(state: OrderState): Order {
  return {
    appid: "mch35000",
    mch_order_no: "order-1",
    state,
    linkOpen: STATES[state].link === "open",
    linkSeen: true,
    qrSaved: true,
    card: state === "card_in_progress" ? "in_progress" : "none",
    total_fee: 100,
    fee_type: "THB",
    attach: "",
    channel_list: ["promptpay", "card"],
    product_name: "",
    mch_notify_url: "",
    order_uuid: "u",
    pay_mch_order_no: "2106021528410423",
    ksher_order_no: "",
    channel: "",
    channel_order_no: "",
    nonce_str: "",
    time_end: "",
    createdAt: 0,
    expiresAt: null,
    history: [],
  };
}

describe("the simulated gateway moves orders as states.yaml says", () => {
  it.each(ORDER_STATES)("CXL-001 to CXL-007: every event in the state %s", (state) => {
    for (const event of ORDER_EVENTS) {
      const done = step(orderIn(state), event, 1000, new Chance(1));
      expect(done.ok ? done.order.state : undefined, event).toBe(targetOf(state, event));
      if (done.ok) expect(done.order.linkOpen, event).toBe(STATES[done.order.state].link === "open");
    }
  });

  it.each(ORDER_STATES)(
    "a cancel and a query of an order that is %s answer what states.yaml says",
    (state) => {
      expect(cancelCode(orderIn(state), DEFAULT_SETTINGS)).toBe(STATES[state].cancel);
      expect(resultOf(orderIn(state), DEFAULT_SETTINGS)).toBe(STATES[state].result);
    },
  );

  it("every setting that states.yaml names is a setting of the simulator", () => {
    const named = [
      ...Object.values(STATES).flatMap(({ cancel_setting, result_setting }) => [
        cancel_setting,
        result_setting,
      ]),
      ...TRANSITIONS.map(({ setting }) => setting),
    ].filter((name) => name !== null);
    const known = SETTINGS.map(({ name }) => name as string);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  it("a QR code that was not saved pays nothing (CXL-007)", () => {
    expect(EVENTS.find(({ event }) => event === "paid_by_qr")?.needs).toBe("a saved QR code");
    const done = step({ ...orderIn("cancelled"), qrSaved: false }, "paid_by_qr", 1000, new Chance(1));
    expect(done).toEqual({ ok: false, why: "no QR code was saved before" });
  });
});
