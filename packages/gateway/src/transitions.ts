/** What the customer does, and time, as events. */
export const CUSTOMER_EVENTS = [
  "link_opened",
  "qr_saved",
  "paid_by_link",
  "paid_by_qr",
  "card_started",
  "otp_passed",
  "otp_failed",
  "refunded",
  "expired",
] as const;
export type CustomerEvent = (typeof CUSTOMER_EVENTS)[number];

export const ORDER_STATES = [
  "open",
  "card_in_progress",
  "card_failed",
  "paid",
  "cancelled",
  "paid_late",
  "expired",
  "refunded",
] as const;
export type OrderState = (typeof ORDER_STATES)[number];
