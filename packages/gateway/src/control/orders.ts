import { UsageError } from "@ksherproof/core";
import type { OrderFields } from "../create.js";
import type { Order, OrderRef } from "../order.js";
import { customerAct } from "../scenario/run.js";
import type { CustomerAct } from "../scenario/scenario.js";
import type { ControlCall, ControlDone } from "./call.js";
import { orderView } from "./views.js";

/** What the control API does not know: answered with 404. */
export class NotFound extends Error {}

/** Makes an order; 201 with it, or `UsageError` where its number is taken. */
export function createOrder({ host, body }: ControlCall): ControlDone {
  const { appid, mch_order_no, ...fields } = body as Partial<OrderFields> & {
    readonly appid?: string;
    readonly mch_order_no: string;
  };
  const ref = { appid: appid ?? firstMerchant(host), mch_order_no };
  return { status: 201, value: orderView(host, host.served.gateway.createOrder(ref, fields)) };
}

/** The order that a path names. Throws `NotFound`. */
export function findOrder(call: ControlCall): Order {
  const ref = refOf(call);
  const order = call.host.served.gateway.order(ref);
  if (order) return order;
  throw new NotFound(`There is no order ${JSON.stringify(ref.mch_order_no)} of ${ref.appid}.`);
}

/** Lets the customer act; 409 with the reason where the gateway does not let it happen. */
export function actOn(call: ControlCall, act: CustomerAct): ControlDone {
  findOrder(call);
  const { channel } = (call.body ?? {}) as { readonly channel?: string };
  const answer = customerAct(call.host.served.gateway, act, refOf(call), channel);
  const order = orderView(call.host, findOrder(call));
  return answer.ok
    ? { value: { ok: true, order } }
    : { status: 409, value: { ok: false, why: answer.why, order } };
}

function refOf({ host, path, query }: ControlCall): OrderRef {
  return { appid: query.get("appid") ?? firstMerchant(host), mch_order_no: path.mch_order_no ?? "" };
}

function firstMerchant(host: ControlCall["host"]): string {
  const [merchant] = host.served.gateway.merchants;
  if (merchant) return merchant.appid;
  throw new UsageError("no_merchant", "No merchant is registered here.");
}
