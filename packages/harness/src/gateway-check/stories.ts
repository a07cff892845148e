import { toHex } from "@ksherproof/core";
import type { StageKey } from "../stage-keys.js";
import type { GatewayCase } from "./case.js";

/** One requirement of the gateway, and the story that shows it. */
export interface GatewayStory {
  readonly requirement: string;
  readonly title: string;
  /** Which way in it needs beside the protocol itself. */
  readonly needs: "nothing" | "customers" | "customers_or_prepared";
  readonly run: (one: GatewayCase, stranger: StageKey) => Promise<void>;
}

/** Results of an order that nobody has paid: the documentation leaves open which (see docs/reference/doubts.md). */
const UNPAID = ["NOTPAY", "NOTSURE", "PENDING"];

const flipped = (sign: string): string => (sign.startsWith("0") ? "1" : "0") + sign.slice(1);

/** The documented semantics of Order Cancel, as stories. */
export const GATEWAY_STORIES: readonly GatewayStory[] = [
  {
    requirement: "CXL-001",
    title: "cancelling an unpaid order",
    needs: "nothing",
    async run(one) {
      const order = await one.open();
      if (order === null) return;
      await one.queryIs(order, UNPAID, "A new order is unpaid.");
      await one.cancelIs(order, [0], "Cancelling an unpaid order gives code 0.");
      await one.queryIs(order, ["CLOSED"], "After a cancel the query says CLOSED.");
    },
  },
  {
    requirement: "CXL-002",
    title: "cancelling again",
    needs: "nothing",
    async run(one) {
      const made = await one.open();
      if (made !== null) await one.call("cancel", made);
      const order = made ?? one.prepared("cancelled");
      if (order === null) return;
      for (const time of ["again", "once more"])
        await one.cancelIs(order, [-5], `Cancelling ${time} gives code -5.`);
      await one.queryIs(order, ["CLOSED"], "The order stays CLOSED.");
    },
  },
  {
    requirement: "CXL-003",
    title: "cancelling a paid order",
    needs: "customers_or_prepared",
    async run(one) {
      const prepared = one.prepared("paid");
      const order = prepared ?? (await one.open());
      if (order === null || (prepared === null && (await one.act(order, "pay_by_link")) !== true)) return;
      await one.cancelIs(order, [-4], "Cancelling a paid order gives code -4.");
      await one.queryIs(order, ["SUCCESS"], "The query of a paid order says SUCCESS.");
    },
  },
  {
    requirement: "CXL-004",
    title: "cancelling an order that does not exist",
    needs: "nothing",
    run: async (one) =>
      void (await one.cancelIs(one.number(), [-3], "Cancelling an order that does not exist gives code -3.")),
  },
  {
    requirement: "CXL-005",
    title: "cancelling while a card payment is in progress",
    needs: "customers_or_prepared",
    async run(one) {
      const prepared = one.prepared("card");
      const order = prepared ?? (await one.open());
      if (order === null || (prepared === null && (await one.act(order, "start_card")) !== true)) return;
      await one.cancelIs(order, [-6, -4], "A card payment in progress refuses the cancel.");
      const pending = [...UNPAID, "USERPAYING"];
      await one.queryIs(order, pending, "The order stays open while the card payment is in progress.");
      if ((await one.act(order, "pass_otp")) === true)
        await one.queryIs(order, ["SUCCESS"], "The card payment may still succeed: the query says SUCCESS.");
    },
  },
  {
    requirement: "CXL-006",
    title: "the link of a cancelled order",
    needs: "customers",
    async run(one) {
      const order = await one.open();
      if (order === null) return;
      const control = await one.open();
      if (control === null || (await one.act(control, "pay_by_link")) !== true) return;
      await one.call("cancel", order);
      const paid = await one.act(order, "pay_by_link");
      one.hold(paid === false, "A cancelled order's link admits no payment.", "refused", "paid");
      await one.queryIs(order, ["CLOSED"], "The order stays CLOSED.");
    },
  },
  {
    requirement: "CXL-007",
    title: "a saved QR code, paid after the cancel",
    needs: "customers",
    async run(one) {
      const order = await one.open();
      if (order === null || (await one.act(order, "save_qr")) !== true) return;
      await one.cancelIs(order, [0], "An order whose QR code was saved can be cancelled.");
      await one.queryIs(order, ["CLOSED"], "After the cancel the query says CLOSED.");
      const paid = await one.act(order, "pay_by_qr");
      one.hold(paid === true, "A QR code saved before the cancel may still be paid.", "paid", "refused");
      await one.queryIs(order, ["SUCCESS"], "Once it is paid the query says SUCCESS.");
    },
  },
  {
    requirement: "CXL-008",
    title: "wrong merchant signatures",
    needs: "nothing",
    async run(one, stranger) {
      const order = await one.open();
      if (order === null) return;
      const why = (what: string): string => `${what} gives code -2.`;
      await one.cancelIs(order, [-2], why("A signature with one digit changed"), { sign: flipped });
      await one.cancelIs(order, [-2], why("A signature of another key"), { signer: stranger.signer });
      await one.cancelIs(order, [-2], why("A signature of random bytes"), {
        sign: (right) => toHex(new Uint8Array(right.length / 2).fill(7)),
      });
      await one.queryIs(order, UNPAID, "A wrong signature changes nothing: the order is still unpaid.");
      await one.cancelIs(order, [0], "The right signature is taken then: the control of this story.");
    },
  },
  {
    requirement: "CXL-009",
    title: "wrong business information",
    needs: "nothing",
    async run(one) {
      const order = await one.open();
      if (order === null) return;
      const set = { appid: "mch99999999" };
      await one.cancelIs(order, [-1], "An appid that is not registered gives code -1.", { set });
      for (const name of ["appid", "nonce_str", "time_stamp", "mch_order_no"])
        await one.cancelIs(order, [-1], `A request without ${name} gives code -1.`, { remove: [name] });
      const long = { nonce_str: "n".repeat(33) };
      await one.cancelIs(order, [-1], "A nonce_str of 33 characters gives code -1.", { set: long });
      const order33 = { mch_order_no: order.padEnd(33, "x") };
      await one.cancelIs(order, [-1], "A mch_order_no of 33 characters gives code -1.", { set: order33 });
      await one.queryIs(order, UNPAID, "Wrong information changes nothing: the order is still unpaid.");
    },
  },
  {
    requirement: "CXL-010",
    title: "cancels at once",
    needs: "nothing",
    async run(one) {
      for (let round = 0; round < 3; round += 1) {
        const order = await one.open();
        if (order === null) return;
        const all = await Promise.all(Array.from({ length: 8 }, () => one.call("cancel", order)));
        const codes = all.map(({ code }) => code).sort((a, b) => Number(b) - Number(a));
        const right = [0, ...Array.from({ length: 7 }, () => -5)].join(", ");
        one.hold(
          codes.join(", ") === right,
          "Of eight cancels at once exactly one gets 0.",
          right,
          codes.join(", "),
        );
      }
    },
  },
  {
    requirement: "CXL-011",
    title: "a cancel racing a payment",
    needs: "customers",
    async run(one) {
      for (let round = 0; round < 4; round += 1) {
        const order = await one.open();
        if (order === null) return;
        const [cancel, paid] = await Promise.all([one.call("cancel", order), one.act(order, "pay_by_link")]);
        if (paid === null) return;
        const won = cancel.code === 0 && paid === false;
        const lost = cancel.code === -4 && paid === true;
        one.hold(
          won || lost,
          "The race ends one way: cancelled and not paid, or paid and refused with -4.",
          "code 0 and no payment, or code -4 and a payment",
          `code ${cancel.code} and ${paid ? "a payment" : "no payment"}`,
        );
        await one.queryIs(order, [paid ? "SUCCESS" : "CLOSED"], "The query says who won.");
      }
    },
  },
];
