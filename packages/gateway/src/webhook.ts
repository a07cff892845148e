import { WEBHOOK } from "@ksherproof/spec";
import { signedBody } from "./envelope.js";
import { messageOf } from "./messages.js";
import type { Order, OrderRef } from "./order.js";
import { refOf } from "./order.js";
import { queryData } from "./query-data.js";
import { findOrder, record, type World } from "./world.js";

/** Waits before the twelve documented retries, in milliseconds: 1s 2s 2s 10s 30s 1min 10min 1h 3h 5h 8h 12h. */
export const RETRY_WAITS: readonly number[] = WEBHOOK.retrySeconds.map((seconds) => seconds * 1000);

/** The media type that the documentation gives webhooks, though their body is JSON. */
export const WEBHOOK_TYPE = WEBHOOK.mediaType;

/** One delivery that is due: where, what, when and which attempt. */
export interface WebhookDelivery {
  readonly ref: OrderRef;
  readonly url: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** From 1; the thirteenth is the last. */
  readonly attempt: number;
}

/** Posts a webhook and gives what came back; null where nothing did. Never throws. */
export type SendWebhook = (
  delivery: WebhookDelivery,
) => Promise<{ readonly status: number; readonly body: string } | null>;

/** Queues the webhook of a payment; only successful payments have one, and only where an address was given. */
export function queueWebhook(world: World, order: Order, at: number): void {
  if (order.mch_notify_url === "") return;
  if (order.state === "paid_late" && !world.settings.latePaymentWebhook) return;
  const body = JSON.stringify(signedBody(queryData(order, "SUCCESS"), messageOf(0, "cn"), world.signer));
  world.webhooks.push({ ref: refOf(order), url: order.mch_notify_url, body, at, attempt: 1 });
}

/** Delivers what is due by the clock, oldest first, retries among it; gives the number of attempts. */
export async function deliverDue(world: World, send: SendWebhook): Promise<number> {
  let attempts = 0;
  for (;;) {
    const due = nextDue(world);
    if (!due) return attempts;
    world.webhooks.splice(world.webhooks.indexOf(due), 1);
    const reply = await send(due);
    attempts += 1;
    const ok = reply?.status === 200 && isAcceptance(reply.body);
    const state = findOrder(world, due.ref)?.state ?? null;
    const why = reply === null ? "no answer" : ok ? undefined : replyWords(reply);
    record(world, {
      at: due.at,
      kind: "webhook",
      event: "attempt",
      ref: due.ref,
      from: state,
      to: state,
      ok,
      attempt: due.attempt,
      ...(why === undefined ? {} : { why }),
    });
    const wait = RETRY_WAITS[due.attempt - 1];
    if (!ok && wait !== undefined) {
      world.webhooks.push({ ...due, at: due.at + wait, attempt: due.attempt + 1 });
    }
  }
}

/** What came back, for the ledger; a status of 0 is a delivery that was not sent. */
function replyWords({ status, body }: { readonly status: number; readonly body: string }): string {
  return status === 0 ? body : `HTTP ${status}: ${body.slice(0, 200)}`;
}

function nextDue(world: World): WebhookDelivery | undefined {
  const now = world.clock.now();
  return world.webhooks
    .filter((delivery) => delivery.at <= now)
    .reduce<WebhookDelivery | undefined>(
      (first, next) => (first && first.at <= next.at ? first : next),
      undefined,
    );
}

/** Whether a merchant's reply is the documented `{"result": "SUCCESS", "msg": "OK"}` (WHK-002). */
export function isAcceptance(body: string): boolean {
  try {
    const reply: unknown = JSON.parse(body);
    return (
      typeof reply === "object" &&
      reply !== null &&
      "result" in reply &&
      reply.result === WEBHOOK.accepted.result
    );
  } catch {
    return false;
  }
}
