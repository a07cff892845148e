import { isPaid } from "../machine.js";
import { channelName } from "./channels.js";
import { type CheckoutView, form, money } from "./checkout.js";
import { html, type Markup } from "./html.js";
import { WORDS } from "./words.js";

/** What the customer's own app shows after the code was scanned: it pays whatever became of the link (CXL-007). */
export function wallet({ order, lang, channel }: CheckoutView): Markup {
  const words = WORDS[lang];
  const named = channel ?? order?.channel_list[0] ?? "";
  const version = order ? `${order.state} ${order.qrSaved}` : "none";
  const head = html`<p class="ribbon">${words.simulated}</p>`;
  const shell = (body: Markup): Markup =>
    html`<main id="checkout" class="checkout wallet" data-version="${version}" data-order="${order?.mch_order_no ?? ""}">${head}${body}</main>`;
  const notice = (kind: string, title: string, how: string): Markup =>
    html`<div class="notice notice-${kind}"><div class="notice-mark" aria-hidden="true"></div><h1>${title}</h1><p>${how}</p></div>`;
  if (!order) return shell(notice("none", words.unknown, words.unknownHow));
  const bill = html`<header class="bill"><p class="bill-label">${words.wallet} · ${channelName(named)}</p>
<p class="bill-amount">${money(order, lang)}</p><p class="bill-order">${words.order} <b>${order.mch_order_no}</b></p></header>`;
  if (order.state === "paid_late") return shell(html`${bill}${notice("warn", words.late, words.lateHow)}`);
  if (isPaid(order)) return shell(html`${bill}${notice("good", words.paid, words.paidHow)}`);
  if (!order.qrSaved) return shell(html`${bill}${notice("shut", words.noCode, words.noCodeHow)}`);
  return shell(html`${bill}<p class="how">${words.walletHow}</p>
${form(order, lang, "pay_by_qr", named, "/wallet/act")}<button class="primary">${words.pay} ${money(order, lang)}</button></form>`);
}
