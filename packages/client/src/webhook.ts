import {
  decodeUtf8,
  integerOf,
  member,
  notifyOutcome,
  type Rejection,
  reject,
  stringOf,
  type Verifier,
} from "@ksherproof/core";
import { type NotifyOutcome, WEBHOOK } from "@ksherproof/spec";

/** The documented reply to a webhook that was accepted (WHK-002). */
export const ACCEPTED: string = JSON.stringify(WEBHOOK.accepted);

/** The reply to one that was not: the gateway sends it again. */
export const NOT_ACCEPTED: string = JSON.stringify({ result: "FAIL", msg: "NOT ACCEPTED" });

/** A payment that a trusted webhook reports. */
export interface Payment {
  readonly appid: string;
  readonly mch_order_no: string;
  readonly ksher_order_no: string;
  readonly pay_mch_order_no: string;
  /** In the currency's smallest unit. */
  readonly total_fee: number;
  readonly fee_type: string;
  readonly channel: string;
}

/** What a webhook came to, and the body to answer with. */
export interface Notified {
  readonly outcome: NotifyOutcome;
  readonly reply: string;
  readonly because: Rejection | null;
  readonly payment: Payment | null;
  /** Whether this payment was reported before. */
  readonly repeated: boolean;
}

export interface WebhookOptions {
  /** Holds the gateway's public key. */
  readonly verifier: Verifier;
  /** Webhooks about another merchant are `untrusted` where this is given. */
  readonly appid?: string;
  /** Called once for each payment, before the webhook is accepted; where it throws, the webhook is not accepted. */
  readonly onPaid?: (payment: Payment) => Promise<void> | void;
  /** Which payments were reported before: keep it as long as the orders, in a database. In memory where it is not given. */
  readonly seen?: {
    has(key: string): Promise<boolean> | boolean;
    add(key: string): Promise<unknown> | unknown;
  };
}

/**
 * Makes a handler for the raw body of a webhook: verified, its payment counted once however often it comes (WHK-001 to
 * WHK-004), a late payment of a cancelled order among them. The body must be the raw one: the media type is text/plain.
 * Throws only what `seen` throws.
 */
export function createWebhookHandler(
  options: WebhookOptions,
): (body: string | Uint8Array) => Promise<Notified> {
  const seen = options.seen ?? new Set<string>();
  const running = new Map<string, Promise<void>>();
  return async (body) => {
    const text = typeof body === "string" ? { ok: true as const, value: body } : decodeUtf8(body);
    if (!text.ok) return refused("unknown", text.rejection);
    const { outcome, because, envelope } = notifyOutcome(text.value, options.verifier);
    if (outcome !== "paid" || !envelope) return refused(outcome, because);
    const field = (name: string): string => stringOf(member(envelope.data, name)) ?? "";
    const payment: Payment = {
      appid: field("appid"),
      mch_order_no: field("mch_order_no"),
      ksher_order_no: field("ksher_order_no"),
      pay_mch_order_no: field("pay_mch_order_no"),
      total_fee: integerOf(member(envelope.data, "total_fee")) ?? 0,
      fee_type: field("fee_type"),
      channel: field("channel"),
    };
    if (options.appid !== undefined && options.appid !== payment.appid) {
      return refused(
        "untrusted",
        reject("other_appid", "QRY-006", `The webhook is about ${payment.appid}.`).rejection,
      );
    }
    const key = JSON.stringify([payment.appid, payment.mch_order_no, payment.ksher_order_no]);
    const before = running.get(key) ?? Promise.resolve();
    const taken = before.then(() => takeDown(payment, key, seen, options.onPaid));
    const settled = taken.then(
      () => {},
      () => {},
    );
    running.set(key, settled);
    settled.then(() => running.get(key) === settled && running.delete(key));
    return taken;
  };
}

/** Counts a payment once: two deliveries of it at the same time wait for each other. */
async function takeDown(
  payment: Payment,
  key: string,
  seen: NonNullable<WebhookOptions["seen"]>,
  onPaid: WebhookOptions["onPaid"],
): Promise<Notified> {
  const repeated = await seen.has(key);
  if (!repeated) {
    try {
      await onPaid?.(payment);
    } catch (cause) {
      const detail = `The payment could not be taken down: ${(cause as Error)?.message}.`;
      return { ...refused("paid", reject("on_paid_failed", "WHK-002", detail).rejection), payment };
    }
    await seen.add(key);
  }
  return { outcome: "paid", reply: ACCEPTED, because: null, payment, repeated };
}

function refused(outcome: NotifyOutcome, because: Rejection | null): Notified {
  return { outcome, reply: NOT_ACCEPTED, because, payment: null, repeated: false };
}
