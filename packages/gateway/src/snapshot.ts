import { UsageError } from "@ksherproof/core";
import { Chance } from "./chance.js";
import type { LedgerEvent } from "./ledger.js";
import type { Order } from "./order.js";
import { type GatewaySettings, settingsWith } from "./settings.js";
import type { WebhookDelivery } from "./webhook.js";
import { storeOrder, type World } from "./world.js";

/** All that a gateway remembers, as JSON. Merchants and keys are not in it. */
export interface Snapshot {
  readonly format: "ksherproof-gateway";
  readonly version: 1;
  readonly chance: number;
  readonly settings: GatewaySettings;
  readonly orders: readonly Order[];
  readonly nonces: readonly string[];
  readonly ledger: readonly LedgerEvent[];
  readonly webhooks: readonly WebhookDelivery[];
}

/** The world as a snapshot: the same world gives the same bytes. */
export function saveSnapshot(world: World): Snapshot {
  return {
    format: "ksherproof-gateway",
    version: 1,
    chance: world.chance.state,
    settings: world.settings,
    orders: [...world.orders.values()],
    nonces: [...world.nonces],
    ledger: [...world.ledger],
    webhooks: [...world.webhooks],
  };
}

/** Puts a snapshot in the place of what the world holds. Throws `UsageError` where it is none. */
export function loadSnapshot(world: World, snapshot: Snapshot): void {
  if (snapshot?.format !== "ksherproof-gateway" || snapshot.version !== 1) {
    throw new UsageError("snapshot_format", "Expected a saved gateway, version 1; found something else.", {
      hint: "Give a file that `ksherproof serve --state` wrote, or a name that does not exist yet.",
    });
  }
  world.orders.clear();
  world.expiring.clear();
  world.links.clear();
  world.soonest = Number.POSITIVE_INFINITY;
  world.nonces.clear();
  world.chance = new Chance(snapshot.chance);
  world.settings = settingsWith({ ...snapshot.settings });
  for (const order of snapshot.orders) storeOrder(world, order);
  for (const nonce of snapshot.nonces) world.nonces.add(nonce);
  world.ledger.splice(0, world.ledger.length, ...snapshot.ledger);
  world.webhooks.splice(0, world.webhooks.length, ...snapshot.webhooks);
}
