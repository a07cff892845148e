import { UsageError } from "@ksherproof/core";
import type { CustomerAct, Gateway, OrderRef } from "@ksherproof/gateway";
import { PREPARED_STATES, type PreparedState } from "./vocabulary.js";

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
