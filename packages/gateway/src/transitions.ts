import { ORDER_EVENTS, type OrderEvent } from "@ksherproof/spec";

export { ORDER_STATES, type OrderEvent, type OrderState } from "@ksherproof/spec";

/** What the customer does, time, and refunds, as events: all that moves an order but a cancel. */
export type CustomerEvent = Exclude<OrderEvent, "cancelled">;
export const CUSTOMER_EVENTS: readonly CustomerEvent[] = ORDER_EVENTS.filter(
  (event) => event !== "cancelled",
);
