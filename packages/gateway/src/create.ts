import { accept, type Params, type Result, reject } from "@ksherproof/core";
import { orderUuid, payOrderNumber } from "./identifiers.js";
import type { Order, OrderRef } from "./order.js";
import { findOrder, storeOrder, type World } from "./world.js";

/** What a new order is made of. */
export interface OrderFields {
  /** In the currency's smallest unit (satang), above 0. */
  readonly total_fee: number;
  readonly fee_type: string;
  readonly channel_list: readonly string[];
  readonly attach?: string;
  readonly product_name?: string;
  readonly mch_notify_url?: string;
  /** Minutes until the link expires; 0 never. */
  readonly expire_time?: number;
}

/** Every documented mandatory field of gateway_pay; the simulator itself needs the first four. */
export const CREATE_FIELDS: readonly string[] = [
  "mch_order_no",
  "total_fee",
  "fee_type",
  "channel_list",
  "mch_code",
  "mch_redirect_url",
  "mch_redirect_url_fail",
  "product_name",
  "refer_url",
  "device",
];

/** Makes an order and stores it. */
export function makeOrder(world: World, ref: OrderRef, fields: OrderFields): Order {
  const now = world.clock.now();
  const minutes = fields.expire_time ?? world.settings.defaultExpiryMinutes;
  const order: Order = {
    appid: ref.appid,
    mch_order_no: ref.mch_order_no,
    state: "open",
    linkOpen: true,
    linkSeen: false,
    qrSaved: false,
    card: "none",
    total_fee: fields.total_fee,
    fee_type: fields.fee_type,
    attach: fields.attach ?? "",
    channel_list: fields.channel_list,
    product_name: fields.product_name ?? "",
    mch_notify_url: fields.mch_notify_url ?? "",
    order_uuid: orderUuid(world.chance),
    pay_mch_order_no: payOrderNumber(now, world.chance),
    ksher_order_no: "",
    channel: "",
    channel_order_no: "",
    nonce_str: "",
    time_end: "",
    createdAt: now,
    expiresAt: minutes > 0 ? now + minutes * 60_000 : null,
    history: [{ at: now, event: "created", from: null, to: "open" }],
  };
  return storeOrder(world, order);
}

/** Reads the fields of a gateway_pay request. */
export function orderFields(params: Params, strict: boolean): Result<OrderFields> {
  const lacking = (strict ? CREATE_FIELDS : CREATE_FIELDS.slice(0, 4)).find((name) => !params.get(name));
  if (lacking) return bad(lacking, "is missing or empty");
  const fee = params.get("total_fee") ?? "";
  if (!/^[1-9][0-9]{0,15}$/.test(fee) || !Number.isSafeInteger(Number(fee))) {
    return bad("total_fee", "must be a whole number of the smallest unit, above 0");
  }
  const currency = params.get("fee_type") ?? "";
  if (!/^[A-Z]{3}$/.test(currency)) return bad("fee_type", "must be three capital letters, such as THB");
  const channels = params.get("channel_list") ?? "";
  if (!/^[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*$/.test(channels)) {
    return bad("channel_list", "must be channels joined with a comma, without spaces");
  }
  const expiry = params.get("expire_time") ?? "";
  if (expiry !== "" && !/^[0-9]{1,7}$/.test(expiry)) return bad("expire_time", "must be minutes");
  return accept({
    total_fee: Number(fee),
    fee_type: currency,
    channel_list: channels.split(","),
    attach: params.get("attach") ?? "",
    product_name: params.get("product_name") ?? "",
    mch_notify_url: params.get("mch_notify_url") ?? "",
    ...(expiry === "" ? {} : { expire_time: Number(expiry) }),
  });
}

/** Whether a second create asks for the order that is there already. */
export function sameOrder(order: Order, fields: OrderFields): boolean {
  return (
    order.state === "open" &&
    order.total_fee === fields.total_fee &&
    order.fee_type === fields.fee_type &&
    order.attach === (fields.attach ?? "")
  );
}

/** The payment link of an order: `pay_content`. */
export function paymentLink(world: World, order: Order, lang: string): string {
  return `${world.settings.checkoutUrl}?order_uuid=${order.order_uuid}&lang=${lang}`;
}

/** The order that a payment link names, or undefined. */
export function orderOfLink(world: World, uuid: string): Order | undefined {
  return world.orders.get(world.links.get(uuid) ?? "");
}

/** Whether a number is taken. */
export function isTaken(world: World, ref: OrderRef): boolean {
  return findOrder(world, ref) !== undefined;
}

function bad(field: string, what: string): ReturnType<typeof reject> {
  return reject("field_value", "CXL-009", `${field} ${what}.`, { field });
}
