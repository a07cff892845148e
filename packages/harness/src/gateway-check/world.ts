/** What customers do, in the words of the control API and of `--hook`. */
export type GatewayAct =
  | "open_link"
  | "save_qr"
  | "pay_by_link"
  | "pay_by_qr"
  | "start_card"
  | "pass_otp"
  | "fail_otp";

/** The customers of a gateway under test, where there is a way to let them act. */
export interface GatewayWorld {
  /** Lets the customer of an order act; false where the gateway does not let it happen. */
  act(mch_order_no: string, act: GatewayAct): Promise<boolean>;
}

/** The states of orders that a tester can prepare by hand, where customers can't be made to act. */
export const PREPARED_STATES = ["open", "paid", "card", "cancelled"] as const;
export type PreparedState = (typeof PREPARED_STATES)[number];

/** Orders that were prepared, by state. */
export type PreparedOrders = Readonly<Partial<Record<PreparedState, readonly string[]>>>;
