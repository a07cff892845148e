import { ENDPOINTS } from "@ksherproof/spec";
import type { LedgerEvent } from "./ledger.js";
import { type OrderState, orderKey } from "./order.js";

/** Settings that bear on what may happen; those of `GatewaySettings`. */
const CANCELLABLE: readonly OrderState[] = ["open", "card_failed", "expired"];
const LINK_OPEN: readonly OrderState[] = ["open", "card_failed"];

/**
 * What must hold of every ledger, whatever was done to its gateway; gives what does not, in words. At most one effective
 * cancel an order (CXL-010); no payment through a closed link (CXL-006); every answer explained by the state at its commit;
 * a request that was refused before it was acted on changes nothing (CXL-008, CXL-009); numbers without gaps.
 */
export function brokenInvariants(ledger: readonly LedgerEvent[]): readonly string[] {
  const broken: string[] = [];
  const states = new Map<string, OrderState>();
  const cancelled = new Set<string>();
  const saved = new Set<string>();
  ledger.forEach((event, index) => {
    const say = (what: string): void => {
      broken.push(`event ${event.seq} (${event.event}): ${what}`);
    };
    if (event.seq !== index + 1) say(`its number should be ${index + 1}`);
    const key = event.ref ? orderKey(event.ref) : "";
    const held = states.get(key) ?? null;
    if (event.ref && event.from !== held)
      say(`it says that the order was ${event.from}, the ledger says ${held}`);
    if (event.to !== event.from && !event.ok) say("it was refused, and changed the order all the same");
    if (event.event === ENDPOINTS.cancel_order.name) checkCancel(event, key, cancelled, say);
    if (event.event === ENDPOINTS.gateway_order_query.name && event.from !== event.to)
      say("a query changed the order");
    if (event.kind === "customer" && event.ok) checkCustomer(event, key, saved, say);
    if (event.ref && event.to !== null) states.set(key, event.to);
  });
  return broken;
}

type Say = (what: string) => void;

function checkCancel(event: LedgerEvent, key: string, cancelled: Set<string>, say: Say): void {
  const { code, from, to } = event;
  if (code === 0) {
    if (cancelled.has(key)) say("the order was cancelled a second time");
    cancelled.add(key);
    if (from === null || !CANCELLABLE.includes(from)) say(`code 0 for an order that was ${from}`);
    if (to !== "cancelled") say(`code 0 left the order ${to}`);
    return;
  }
  if (from !== to) say(`code ${code} changed the order from ${from} to ${to}`);
  const fits: Readonly<Record<number, readonly (OrderState | null)[]>> = {
    [-3]: [null, "expired"],
    [-4]: ["paid", "refunded", "paid_late", "card_in_progress"],
    [-5]: ["cancelled", "paid_late", "expired"],
    [-6]: ["card_in_progress", "expired"],
  };
  const states = fits[code ?? 0];
  if (states && !states.includes(from)) say(`code ${code} for an order that was ${from}`);
}

function checkCustomer(event: LedgerEvent, key: string, saved: Set<string>, say: Say): void {
  const { from } = event;
  const open = from !== null && LINK_OPEN.includes(from);
  switch (event.event) {
    case "qr_saved":
      saved.add(key);
      if (!open) say(`a QR code came from a closed link: the order was ${from}`);
      return;
    case "paid_by_link":
    case "card_started":
      if (!open) say(`a payment began through a closed link: the order was ${from}`);
      return;
    case "paid_by_qr":
      if (!saved.has(key)) say("a QR code paid that was never saved");
      if (from === "paid" || from === "paid_late" || from === "refunded") say("the order was paid twice");
      return;
    case "otp_passed":
    case "otp_failed":
      if (from !== "card_in_progress") say(`an OTP ended a card payment of an order that was ${from}`);
      return;
    case "expired":
      if (!open) say(`a link expired that was closed: the order was ${from}`);
      return;
  }
}
