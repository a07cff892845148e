import { STATES, targetOf } from "@ksherproof/spec";
import type { Chance } from "./chance.js";
import { answerNonce, channelOrderNumber, ksherOrderNumber, paymentTime } from "./identifiers.js";
import type { Order, OrderState } from "./order.js";
import type { GatewaySettings } from "./settings.js";
import type { OrderEvent } from "./transitions.js";

export type { OrderEvent };

/** A step of the order machine: the order after it, or why it may not be. */
export type Step =
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly why: string };

/** Whether money was taken for an order, given back or not. */
export function isPaid(order: Order): boolean {
  return STATES[order.state].paid;
}

/** The wire code of a cancel in each state, before anything is changed (CXL-001 to CXL-005). */
export function cancelCode(order: Order, settings: GatewaySettings): 0 | -3 | -4 | -5 | -6 {
  switch (order.state) {
    case "open":
    case "card_failed":
      return STATES[order.state].cancel;
    case "card_in_progress":
      return settings.cardInProgressCode;
    case "paid":
    case "refunded":
    case "cancelled":
      return STATES[order.state].cancel;
    case "paid_late":
      return settings.cancelLatePaidCode;
    case "expired":
      return settings.cancelExpiredCode;
  }
}

/** The `result` that a query answers in each state (QRY-005, CXL-001, CXL-003, CXL-007). */
export function resultOf(order: Order, settings: GatewaySettings): string {
  switch (order.state) {
    case "open":
      return settings.unpaidResult;
    case "card_failed":
      return settings.cardFailedResult;
    case "card_in_progress":
      return settings.cardResult;
    case "paid":
    case "refunded":
    case "cancelled":
      return STATES[order.state].result;
    case "paid_late":
      return settings.latePaymentResult;
    case "expired":
      return settings.expiredResult;
  }
}

/** One step of an order: what the event makes of it at a moment, or why it may not happen. */
export function step(
  order: Order,
  event: OrderEvent,
  at: number,
  chance: Chance,
  channel = order.channel_list[0] ?? "",
): Step {
  const why = obstacle(order, event, channel);
  if (why !== null) return { ok: false, why };
  const state = targetOf(order.state, event);
  if (state === undefined) return { ok: false, why: `the order is ${wordFor(order.state)}` };
  const changed = changeOf(order, event, at, chance, channel);
  const linkOpen = STATES[state].link === "open";
  const entry = { at, event, from: order.state, to: state };
  return { ok: true, order: { ...order, ...changed, state, linkOpen, history: [...order.history, entry] } };
}

/** Why an event may not happen to an order in its state, or null. */
function obstacle(order: Order, event: OrderEvent, channel: string): string | null {
  const closed = order.linkOpen ? null : `the payment link is closed: the order is ${wordFor(order.state)}`;
  const offered = order.channel_list.includes(channel)
    ? null
    : `the channel ${channel} is not in the order's list: ${order.channel_list.join(",")}`;
  const busy = order.card === "in_progress" ? "a card payment is in progress" : null;
  switch (event) {
    case "link_opened":
      return closed;
    case "qr_saved":
      return closed ?? busy ?? offered;
    case "paid_by_link":
      return closed ?? busy ?? offered;
    case "paid_by_qr":
      if (!order.qrSaved) return "no QR code was saved before";
      return isPaid(order) ? `the order is ${wordFor(order.state)}` : busy;
    case "card_started":
      return closed ?? busy ?? offered;
    case "otp_passed":
    case "otp_failed":
      return busy === null ? "no card payment is in progress" : null;
    case "refunded":
      if (order.state === "refunded") return "the order is refunded already";
      return isPaid(order) ? null : "nothing was paid";
    case "expired":
      return closed ?? busy;
    case "cancelled":
      return order.state === "expired" ? null : (closed ?? busy);
  }
}

/** What an event changes beside the state and the link, which states.yaml decides. */
function changeOf(
  order: Order,
  event: OrderEvent,
  at: number,
  chance: Chance,
  channel: string,
): Partial<Order> {
  switch (event) {
    case "link_opened":
      return { linkSeen: true };
    case "qr_saved":
      return { qrSaved: true, linkSeen: true };
    case "paid_by_link":
    case "paid_by_qr":
      return payment(order, at, chance, channel);
    case "card_started":
      return { card: "in_progress", channel, linkSeen: true };
    case "otp_passed":
      return { ...payment(order, at, chance, order.channel), card: "passed" };
    case "otp_failed":
      return { card: "failed", channel: "" };
    case "refunded":
    case "expired":
    case "cancelled":
      return {};
  }
}

function payment(order: Order, at: number, chance: Chance, channel: string): Partial<Order> {
  return {
    channel: channel || (order.channel_list[0] ?? ""),
    ksher_order_no: ksherOrderNumber(at, chance),
    channel_order_no: channelOrderNumber(chance),
    nonce_str: answerNonce(chance),
    time_end: paymentTime(at),
  };
}

/** A state in words for people. */
export function wordFor(state: OrderState): string {
  return state === "paid_late" ? "paid after it was closed" : state.replaceAll("_", " ");
}
