import { UsageError } from "@ksherproof/core";
import type { CustomerAct, Gateway, OrderRef } from "@ksherproof/gateway";

/** A state that an order can be prepared in, and the way there. */
interface Preparation {
  readonly acts: readonly (CustomerAct | "cancel")[];
  readonly means: string;
}

/** Every state of the model, by the names that people use for it. */
export const PREPARED_STATES = {
  unpaid: { acts: [], means: "created, nobody has paid" },
  opened: { acts: ["open_link"], means: "the customer has opened the payment link" },
  qr_saved: { acts: ["save_qr"], means: "unpaid, and the customer has saved the QR code" },
  card_in_progress: { acts: ["start_card"], means: "the customer is at the one-time password" },
  card_failed: { acts: ["start_card", "fail_otp"], means: "a card payment failed, the order is open" },
  paid: { acts: ["pay_by_link"], means: "paid through the link" },
  closed: { acts: ["cancel"], means: "cancelled" },
  closed_qr_saved: { acts: ["save_qr", "cancel"], means: "cancelled, and the customer has the QR code" },
  paid_late: {
    acts: ["save_qr", "cancel", "pay_by_qr"],
    means: "cancelled, then paid with the saved QR code",
  },
  expired: { acts: ["let_link_expire"], means: "the payment link has expired" },
  refunded: { acts: ["pay_by_link", "get_refund"], means: "paid, then refunded" },
} as const satisfies Readonly<Record<string, Preparation>>;

export type PreparedState = keyof typeof PREPARED_STATES;

const ALIASES: Readonly<Record<string, PreparedState>> = {
  open: "unpaid",
  created: "unpaid",
  cancelled: "closed",
  canceled: "closed",
  success: "paid",
  otp: "card_in_progress",
};

/** A state by name: `card-in-progress` and `card in progress` are `card_in_progress`. Throws `UsageError`. */
export function preparedState(name: string): PreparedState {
  const plain = name.trim().toLowerCase().replace(/[ -]/g, "_");
  const found = ALIASES[plain] ?? plain;
  if (Object.hasOwn(PREPARED_STATES, found)) return found as PreparedState;
  throw new UsageError("order_state", `There is no order state ${JSON.stringify(name)}.`, {
    hint: `Expected one of: ${Object.keys(PREPARED_STATES).join(", ")}.`,
  });
}

/** An order that is there before the client starts. */
export interface PreparedOrder {
  readonly mch_order_no: string;
  readonly state: PreparedState;
  /** The merchant that it belongs to; every merchant where it is not given. */
  readonly appid?: string;
}

/** Reads `NO=state`, or `mch35005/NO=state` for one merchant only. Throws `UsageError`. */
export function readPreparedOrder(text: string): PreparedOrder {
  const found = /^(?:(mch[0-9]+)\/)?(.+)=([^=]+)$/su.exec(text);
  if (!found?.[2] || !found[3]) {
    throw new UsageError("order_form", `Expected an order as NO=state, found ${JSON.stringify(text)}.`, {
      hint: "For example: --order A-1=unpaid --order A-2=card_in_progress",
    });
  }
  if ([...found[2]].length > 32) {
    throw new UsageError("order_form", `The order number ${found[2]} has more than 32 characters (REQ-004).`);
  }
  return {
    mch_order_no: found[2],
    state: preparedState(found[3]),
    ...(found[1] === undefined ? {} : { appid: found[1] }),
  };
}

/** Makes an order and leads it to its state; `cancel` does what a merchant's cancel does. */
export function prepareOrder(
  gateway: Gateway,
  ref: OrderRef,
  state: PreparedState,
  act: (act: CustomerAct, ref: OrderRef) => unknown,
  cancel: (ref: OrderRef) => void,
): void {
  gateway.createOrder(ref);
  for (const step of PREPARED_STATES[state].acts) {
    if (step === "cancel") cancel(ref);
    else act(step, ref);
  }
}
