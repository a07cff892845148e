import type { Signer, Verifier } from "@ksherproof/core";
import type { Chance } from "./chance.js";
import type { Clock } from "./clock.js";
import type { LedgerEntry, LedgerEvent } from "./ledger.js";
import { type Order, type OrderRef, orderKey } from "./order.js";
import type { GatewaySettings } from "./settings.js";
import type { WebhookDelivery } from "./webhook.js";

/** A merchant: its number and how its signatures are verified. */
export interface Merchant {
  readonly appid: string;
  readonly verifier: Verifier;
}

/** All that one gateway holds: orders, merchants, nonces, the ledger, webhooks that are due. */
export interface World {
  readonly merchants: ReadonlyMap<string, Merchant>;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly orders: Map<string, Order>;
  readonly nonces: Set<string>;
  /** Keys of the orders whose link will expire. */
  readonly expiring: Set<string>;
  /** Keys of the orders by the `order_uuid` of their link. */
  readonly links: Map<string, string>;
  readonly ledger: LedgerEvent[];
  readonly webhooks: WebhookDelivery[];
  readonly listeners: Set<(event: LedgerEvent) => void>;
  /** When the first link may expire, milliseconds since 1970: nothing is looked for before. */
  soonest: number;
  chance: Chance;
  settings: GatewaySettings;
}

/** The order that a reference names, or undefined. */
export function findOrder(world: World, ref: OrderRef): Order | undefined {
  return world.orders.get(orderKey(ref));
}

/** Puts an order, new or changed, into the store. */
export function storeOrder(world: World, order: Order): Order {
  const key = orderKey(order);
  world.orders.set(key, order);
  world.links.set(order.order_uuid, key);
  if (order.linkOpen && order.expiresAt !== null) {
    world.expiring.add(key);
    world.soonest = Math.min(world.soonest, order.expiresAt);
  }
  return order;
}

/** Writes one event into the ledger and tells who listens. */
export function record(world: World, entry: LedgerEntry): LedgerEvent {
  const event: LedgerEvent = Object.freeze({ seq: world.ledger.length + 1, ...entry });
  world.ledger.push(event);
  for (const listener of world.listeners) listener(event);
  return event;
}
