import type { Order } from "../order.js";
import type { Lang } from "../settings.js";
import { channelKind, channelName } from "./channels.js";
import { html, type Markup } from "./html.js";
import { WORDS, type Words } from "./words.js";

/** What the checkout is drawn from. */
export interface CheckoutView {
  readonly order: Order | undefined;
  readonly lang: Lang;
  /** The channel that the customer chose, or null. */
  readonly channel: string | null;
}

/** The checkout of an order in its state; `data-version` changes whenever another one is to be drawn. */
export function checkout(view: CheckoutView): Markup {
  const words = WORDS[view.lang];
  const { order } = view;
  const version = order ? `${order.state} ${order.qrSaved}` : "none";
  return html`<main id="checkout" class="checkout" data-version="${version}" data-order="${order?.mch_order_no ?? ""}">
<p class="ribbon">${words.simulated}</p>
${order ? orderPart(order, view, words) : notice("none", words.unknown, words.unknownHow)}
</main>`;
}

function orderPart(order: Order, view: CheckoutView, words: Words): Markup {
  return html`<header class="bill">
<p class="bill-label">${order.product_name || words.amount}</p>
<p class="bill-amount">${money(order, view.lang)}</p>
<p class="bill-order">${words.order} <b>${order.mch_order_no}</b></p>
</header>
${body(order, view, words)}`;
}

function body(order: Order, view: CheckoutView, words: Words): Markup {
  switch (order.state) {
    case "open":
    case "card_failed":
      return html`${order.state === "card_failed" && html`<p class="alert" role="alert">${words.cardFailed}</p>`}
${choice(order, view, words)}`;
    case "card_in_progress":
      return otp(order, view.lang, words);
    case "paid":
      return notice("good", words.paid, words.paidHow, receipt(order));
    case "paid_late":
      return notice("warn", words.late, words.lateHow, receipt(order));
    case "refunded":
      return notice("good", words.refunded, words.refundedHow, receipt(order));
    case "cancelled":
      return notice("shut", words.closed, words.closedHow, savedCode(order, view.lang, words));
    case "expired":
      return notice("shut", words.expired, words.expiredHow, savedCode(order, view.lang, words));
  }
}

function choice(order: Order, view: CheckoutView, words: Words): Markup {
  const { channel, lang } = view;
  if (channel !== null && order.channel_list.includes(channel)) return chosen(order, channel, lang, words);
  return html`<h1>${words.choose}</h1>
<ul class="channels">
${order.channel_list.map(
  (
    name,
  ) => html`<li><a class="channel" href="${payUrl(order, lang, name)}"><span class="channel-mark" aria-hidden="true">${mark(name)}</span><span>${name === "card" ? words.card : channelName(name)}</span></a></li>
`,
)}</ul>`;
}

function chosen(order: Order, channel: string, lang: Lang, words: Words): Markup {
  const back = html`<p class="back"><a href="${payUrl(order, lang)}">${words.other}</a></p>`;
  const act = (name: string, label: string, fields: Markup | null = null): Markup =>
    html`${form(order, lang, name, channel)}${fields}<button class="primary">${label}</button></form>`;
  switch (channelKind(channel)) {
    case "qr": {
      const file = (kind: string): string =>
        `/pay/qr.${kind}?${new URLSearchParams({ order_uuid: order.order_uuid, channel })}`;
      return html`<h1>${words.scan} · ${channelName(channel)}</h1>
<p class="how">${words.scanHow}</p>
<img class="qr" src="${file("svg")}" width="232" height="232" alt="${channelName(channel)} QR">
<p class="save"><a class="secondary" id="save-qr" href="${file("png")}&save=1" download="${fileName(order, "png")}">${words.savePng}</a>
<a class="quiet" href="${file("svg")}&save=1" download="${fileName(order, "svg")}">${words.saveSvg}</a></p>
${act("pay_by_link", words.payNow)}${back}`;
    }
    case "app":
      return html`<h1>${channelName(channel)}</h1>${act("pay_by_link", words.app)}${back}`;
    case "card":
      return html`<h1>${channel === "card" ? words.card : channelName(channel)}</h1>
<p class="how">${words.cardHow}</p>
${act(
  "start_card",
  words.startCard,
  html`<label for="card">${words.card}</label><input id="card" autocomplete="off" inputmode="numeric" value="4111 1111 1111 1111">`,
)}${back}`;
  }
}

function otp(order: Order, lang: Lang, words: Words): Markup {
  return html`<h1>${words.otp}</h1>
<p class="how" id="otp-how">${words.otpHow}</p>
${form(order, lang, "otp", order.channel)}<label for="otp">${words.otp}</label>
<input id="otp" name="otp" autocomplete="one-time-code" inputmode="numeric" maxlength="12" aria-describedby="otp-how" required>
<button class="primary">${words.confirm}</button></form>`;
}

function notice(kind: string, title: string, how: string, more: Markup | null = null): Markup {
  return html`<div class="notice notice-${kind}"><div class="notice-mark" aria-hidden="true"></div>
<h1>${title}</h1><p>${how}</p></div>${more}`;
}

function receipt(order: Order): Markup {
  return html`<dl class="receipt">
<div><dt>channel</dt><dd>${channelName(order.channel)}</dd></div>
<div><dt>time_end</dt><dd>${order.time_end}</dd></div>
<div><dt>ksher_order_no</dt><dd>${order.ksher_order_no}</dd></div>
</dl>`;
}

function savedCode(order: Order, lang: Lang, words: Words): Markup | null {
  if (!order.qrSaved) return null;
  const channel =
    order.channel_list.find((name) => channelKind(name) === "qr") ?? order.channel_list[0] ?? "";
  const query = new URLSearchParams({ order_uuid: order.order_uuid, channel, lang });
  return html`<div class="saved"><p>${words.saved}</p><a class="secondary" href="/wallet?${query.toString()}">${words.openSaved}</a></div>`;
}

/** The start of a form that lets the customer act. */
export function form(order: Order, lang: Lang, act: string, channel: string, action = "/pay/act"): Markup {
  return html`<form method="post" action="${action}"><input type="hidden" name="order_uuid" value="${order.order_uuid}"><input type="hidden" name="lang" value="${lang}"><input type="hidden" name="act" value="${act}"><input type="hidden" name="channel" value="${channel}">`;
}

/** The payment link of an order, perhaps with a channel chosen. */
export function payUrl(order: Order, lang: Lang, channel?: string): string {
  const query = new URLSearchParams({ order_uuid: order.order_uuid, lang, ...(channel ? { channel } : {}) });
  return `/pay?${query}`;
}

/** An amount for people, from the currency's smallest unit. */
export function money(order: Order, lang: Lang): string {
  const locale = { en: "en-US", cn: "zh-CN", th: "th-TH-u-nu-latn" }[lang];
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: order.fee_type });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(order.total_fee / 10 ** digits);
}

function fileName(order: Order, kind: string): string {
  return `qr-${order.mch_order_no.replace(/[^A-Za-z0-9._-]/g, "_")}.${kind}`;
}

function mark(channel: string): string {
  return { qr: "▦", app: "◈", card: "▭" }[channelKind(channel)];
}
