import { type OrderEvent, step } from "./machine.js";
import { type CustomerAnswer, type Order, type OrderRef, refOf } from "./order.js";
import { queueWebhook } from "./webhook.js";
import { findOrder, record, storeOrder, type World } from "./world.js";

/** Lets an event happen to an order at a moment, and writes it, or why not, into the ledger. */
export function customerStep(
  world: World,
  ref: OrderRef,
  event: Exclude<OrderEvent, "cancelled">,
  at: number = world.clock.now(),
  channel?: string,
): CustomerAnswer {
  const order = findOrder(world, ref);
  const done: ReturnType<typeof step> = order
    ? step(order, event, at, world.chance, channel)
    : { ok: false, why: "there is no such order" };
  record(world, {
    at,
    kind: "customer",
    event,
    ref: refOf(ref),
    from: order?.state ?? null,
    to: done.ok ? done.order.state : (order?.state ?? null),
    ok: done.ok,
    ...(done.ok ? {} : { why: done.why }),
  });
  if (!done.ok) return done;
  return { ok: true, order: after(world, order, done.order, at) };
}

/** Stores the order, and queues the webhook of a payment. */
function after(world: World, before: Order | undefined, order: Order, at: number): Order {
  storeOrder(world, order);
  if (order.ksher_order_no !== "" && before?.ksher_order_no === "") queueWebhook(world, order, at);
  return order;
}

/** Lets the time that has passed do its work: links whose time is over expire, each at its own moment. */
export function settle(world: World): void {
  const now = world.clock.now();
  if (now < world.soonest) return;
  const over: Order[] = [];
  world.soonest = Number.POSITIVE_INFINITY;
  for (const key of world.expiring) {
    const order = world.orders.get(key);
    if (!order?.linkOpen || order.expiresAt === null) world.expiring.delete(key);
    else if (order.expiresAt <= now && order.card !== "in_progress") over.push(order);
    else world.soonest = Math.min(world.soonest, order.expiresAt);
  }
  over.sort((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0));
  for (const order of over) {
    const last = order.history.at(-1)?.at ?? 0;
    customerStep(world, order, "expired", Math.max(order.expiresAt ?? now, last));
  }
}
