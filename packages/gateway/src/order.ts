import type { CustomerEvent, OrderState } from "./transitions.js";

/** Which order: the merchant and the merchant's own number for it. */
export interface OrderRef {
  readonly appid: string;
  readonly mch_order_no: string;
}

/** How far a card payment is. */
export type CardState = "none" | "in_progress" | "failed" | "passed";

/** One step of an order's life. */
export interface OrderStep {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: string;
  readonly from: OrderState | null;
  readonly to: OrderState;
}

/** An order as the gateway holds it. Replaced, never changed, at each event. */
export interface Order extends OrderRef {
  readonly state: OrderState;
  /** Whether the payment link takes new payments (CXL-006). */
  readonly linkOpen: boolean;
  /** Whether the customer has opened the link at least once. */
  readonly linkSeen: boolean;
  /** Whether a QR code was saved while the link was open: it pays from then on, whatever becomes of the link (CXL-007). */
  readonly qrSaved: boolean;
  readonly card: CardState;
  /** In the currency's smallest unit (satang). */
  readonly total_fee: number;
  readonly fee_type: string;
  readonly attach: string;
  readonly channel_list: readonly string[];
  readonly product_name: string;
  readonly mch_notify_url: string;
  readonly order_uuid: string;
  readonly pay_mch_order_no: string;
  /** Empty until a payment exists, as `channel`, `channel_order_no`, `nonce_str` and `time_end` are. */
  readonly ksher_order_no: string;
  readonly channel: string;
  readonly channel_order_no: string;
  readonly nonce_str: string;
  readonly time_end: string;
  readonly createdAt: number;
  /** Milliseconds since 1970, or null where the link never expires. */
  readonly expiresAt: number | null;
  readonly history: readonly OrderStep[];
}

/** What the customer's side and time answer: done, or why not. */
export type CustomerAnswer =
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly why: string };

/** The key of an order in a store. A NUL stands in neither half: requests with one are refused. */
export function orderKey({ appid, mch_order_no }: OrderRef): string {
  return `${appid}\u0000${mch_order_no}`;
}

/** The reference of an order. */
export function refOf({ appid, mch_order_no }: OrderRef): OrderRef {
  return { appid, mch_order_no };
}

export type { CustomerEvent, OrderState };
