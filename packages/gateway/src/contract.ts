import type { Params, Signer } from "@ksherproof/core";
import type { Clock } from "./clock.js";
import type { OrderFields } from "./create.js";
import type { LedgerEvent } from "./ledger.js";
import type { CustomerAnswer, Order, OrderRef } from "./order.js";
import type { Refusal, SignatureVerdict } from "./request.js";
import type { GatewaySettings } from "./settings.js";
import type { Snapshot } from "./snapshot.js";
import type { SendWebhook, WebhookDelivery } from "./webhook.js";
import type { WireAnswer, WireRequest } from "./wire.js";
import type { Merchant } from "./world.js";

/** What a gateway is made from; clock and seed decide all that repeats. */
export interface GatewayOptions {
  readonly merchants: readonly Merchant[];
  /** The gateway's own key. */
  readonly signer: Signer;
  readonly clock: Clock;
  readonly seed: number;
  readonly settings?: Partial<GatewaySettings>;
}

/** One answered call, with all that the gateway read and did. */
export interface Handled {
  readonly answer: WireAnswer;
  /** `/cancel_order` and so on, or null where the path or method leads nowhere. */
  readonly endpoint: string | null;
  readonly params: Params | null;
  readonly canonical: string | null;
  readonly signature: SignatureVerdict;
  readonly refusal: Refusal | null;
  /** The line that the call left in the ledger; null where it was no call of the protocol. */
  readonly event: LedgerEvent | null;
}

/** The customer's side, for an order by reference. `channel` is the first of the order's list where it is not given. */
export interface Customer {
  openLink(ref: OrderRef): CustomerAnswer;
  saveQr(ref: OrderRef, channel?: string): CustomerAnswer;
  payByLink(ref: OrderRef, channel?: string): CustomerAnswer;
  payByQr(ref: OrderRef, channel?: string): CustomerAnswer;
  startCard(ref: OrderRef, channel?: string): CustomerAnswer;
  passOtp(ref: OrderRef): CustomerAnswer;
  failOtp(ref: OrderRef): CustomerAnswer;
  refund(ref: OrderRef): CustomerAnswer;
}

/** The simulated gateway: one world of orders, merchants and time. */
export interface Gateway {
  /** Decode, verify, parse, find, order machine, store, envelope, sign; commits to the ledger. */
  handle(request: WireRequest): WireAnswer;
  /** The same, with all that was read and done. */
  take(request: WireRequest): Handled;
  readonly customer: Customer;
  /** Lets an order's link expire now, whatever the clock says. */
  expire(ref: OrderRef): CustomerAnswer;
  /** Makes an order without a request. Throws `UsageError` where its number is taken or its merchant unknown. */
  createOrder(ref: OrderRef, fields?: Partial<OrderFields>): Order;
  order(ref: OrderRef): Order | undefined;
  orderOfLink(uuid: string): Order | undefined;
  readonly orders: Iterable<Order>;
  readonly ledger: readonly LedgerEvent[];
  readonly merchants: readonly Merchant[];
  /** Webhook deliveries that wait, due or not. */
  readonly webhooks: readonly WebhookDelivery[];
  /** Delivers what is due, retries among it; gives the number of attempts. */
  deliverWebhooks(send: SendWebhook): Promise<number>;
  /** Lets the time that has passed by the clock do its work; every other method does so first. */
  settle(): void;
  readonly settings: GatewaySettings;
  readonly clock: Clock;
  /** The gateway's own signer: faults sign other data with it. */
  readonly signer: Signer;
  change(settings: Partial<GatewaySettings>): void;
  addMerchant(merchant: Merchant): void;
  /** Calls back for each new line of the ledger; gives what ends that. */
  watch(listener: (event: LedgerEvent) => void): () => void;
  save(): Snapshot;
  load(snapshot: Snapshot): void;
}
