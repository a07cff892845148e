import type { OrderRef } from "./order.js";
import type { OrderState } from "./transitions.js";

/** One line of the ledger: what happened, to which order, and what it changed. */
export interface LedgerEvent {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Milliseconds since 1970, by the gateway's clock. */
  readonly at: number;
  /** `request`: an answered call; `customer`: the customer's side or time; `webhook`: one delivery attempt. */
  readonly kind: "request" | "customer" | "webhook";
  /** The endpoint, the customer's event, or `attempt`. */
  readonly event: string;
  readonly ref: OrderRef | null;
  /** The order's state before and after; null where there is no order. */
  readonly from: OrderState | null;
  readonly to: OrderState | null;
  /** Whether the event was let happen: a code of 0, a customer's step done, a webhook accepted. */
  readonly ok: boolean;
  /** The wire code of an answered call. */
  readonly code?: number;
  /** The `result` that a query answered. */
  readonly result?: string;
  /** The nonce of an answered call whose signature verified. */
  readonly nonce?: string;
  /** Which attempt of a webhook, from 1. */
  readonly attempt?: number;
  /** Why not, in words for people. */
  readonly why?: string;
}

/** A ledger event before it has its number. */
export type LedgerEntry = Omit<LedgerEvent, "seq">;

/** The ledger as JSON Lines: the same script gives the same bytes. */
export function ledgerText(ledger: readonly LedgerEvent[]): string {
  return ledger
    .map(({ seq, at, kind, event, ref, from, to, ok, ...rest }) => {
      const { code, result, nonce, attempt, why } = rest;
      return `${JSON.stringify({ seq, at, kind, event, ref, from, to, ok, code, result, nonce, attempt, why })}\n`;
    })
    .join("");
}
