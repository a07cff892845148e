import { type DataShape, fields } from "../data-shape.js";
import type { CustomerAct } from "../scenario/scenario.js";
import { type ControlRoute, done } from "./call.js";
import { actOn, createOrder, findOrder } from "./orders.js";
import { orderView } from "./views.js";

const text: DataShape = { kind: "text" };
const some: DataShape = { kind: "text", least: 1 };
const ORDER: DataShape = fields(
  { mch_order_no: { kind: "text", least: 1, most: 32 } },
  {
    appid: some,
    total_fee: { kind: "whole", least: 1 },
    fee_type: { kind: "text", pattern: "^[A-Z]{3}$" },
    channel_list: { kind: "list", of: { kind: "text", pattern: "^[A-Za-z0-9_]+$" }, least: 1 },
    attach: text,
    product_name: text,
    mch_notify_url: text,
    expire_time: { kind: "whole", least: 0, most: 9_999_999 },
  },
);
const WHICH = { appid: "the merchant; the first one where it is not given" };

const act = (name: string, customerAct: CustomerAct, says: string): ControlRoute => ({
  method: "POST",
  pattern: `/orders/:mch_order_no/${name}`,
  says: `${says} 409 with \`why\` where the gateway does not let it happen.`,
  query: WHICH,
  body: fields({}, { channel: some }),
  act: (call) => actOn(call, customerAct),
});

/** The routes about orders and their customer. */
export const ORDER_ROUTES: readonly ControlRoute[] = [
  {
    method: "GET",
    pattern: "/orders",
    says: "Every order, oldest first.",
    act: ({ host }) => done([...host.served.gateway.orders].map((order) => orderView(host, order))),
  },
  {
    method: "POST",
    pattern: "/orders",
    says: "Makes an order without a request. Fee 2000 satang, channels promptpay and card where they are not given.",
    body: ORDER,
    act: createOrder,
  },
  {
    method: "GET",
    pattern: "/orders/:mch_order_no",
    says: "One order, with its payment link, what a query and a cancel would answer now, and its history.",
    query: WHICH,
    act: (call) => done(orderView(call.host, findOrder(call))),
  },
  act("open_link", "open_link", "The customer opens the payment link."),
  act("save_qr", "save_qr", "The customer saves the QR code."),
  act("pay_by_link", "pay_by_link", "The customer pays through the link, by a channel that is not a card."),
  act("pay_by_qr", "pay_by_qr", "The customer pays with the saved QR code, be the link open or closed."),
  act("start_card", "start_card", "The customer starts to pay by card: the OTP step begins."),
  act("pass_otp", "pass_otp", "The customer enters the right one-time password."),
  act("fail_otp", "fail_otp", "The customer enters a wrong one-time password."),
  act("refund", "get_refund", "The merchant gives the money back, by hand."),
  act("expire", "let_link_expire", "The link's time is over, whatever the clock says."),
];
