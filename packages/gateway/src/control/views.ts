import type { Host } from "../host/options.js";
import type { LedgerEvent } from "../ledger.js";
import { cancelCode, resultOf } from "../machine.js";
import type { Order } from "../order.js";
import type { Exchange } from "../shell/exchange.js";
import type { WireAnswer } from "../wire.js";

/** At most so many characters of an answer's body are shown. */
const MOST_BODY = 8_192;

/** An order as the control API shows it: what is stored, and what follows from it. */
export function orderView(host: Host, order: Order) {
  const { gateway } = host.served;
  return {
    ...order,
    pay_content: `${gateway.settings.checkoutUrl}?order_uuid=${order.order_uuid}&lang=en`,
    query_result: resultOf(order, gateway.settings),
    cancel_code: cancelCode(order, gateway.settings),
  };
}

/** An exchange as the control API and the timeline show it: bytes as text. */
export function exchangeView(exchange: Exchange) {
  const { request, params, meant, sent } = exchange;
  return {
    seq: exchange.seq,
    ended: exchange.endedAt !== null,
    duration_ms: exchange.endedAt === null ? null : round(exchange.endedAt - exchange.startedAt),
    method: request.method,
    path: request.path,
    connection: request.connection,
    tls: request.tls,
    headers: request.headers,
    body: textOf(request.body),
    endpoint: exchange.endpoint,
    params: params === null ? null : Object.fromEntries(params),
    canonical: exchange.canonical,
    signature: exchange.signature,
    refusal: exchange.refusal,
    faults: exchange.faults,
    committed: exchange.committed,
    event: exchange.event?.seq ?? null,
    meant: meant === null ? null : answerView(meant),
    sent: sent === null ? null : answerView(sent),
    sent_bytes: exchange.sentBytes,
    ending: exchange.ending,
  };
}

/** A line of the ledger with its time in words. */
export function eventView(event: LedgerEvent) {
  return { ...event, time: new Date(event.at).toISOString() };
}

function answerView(answer: WireAnswer) {
  return { status: answer.status, headers: answer.headers, body: textOf(answer.body) };
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_BODY));
  return bytes.length > MOST_BODY ? `${text}… (${bytes.length} bytes)` : text;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
