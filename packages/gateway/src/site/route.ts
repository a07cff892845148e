import { decodeForm } from "@ksherproof/core";
import type { Host } from "../host/options.js";
import type { Order } from "../order.js";
import { customerAct } from "../scenario/run.js";
import type { CustomerAct } from "../scenario/scenario.js";
import type { ArrivedRequest } from "../shell/exchange.js";
import type { Routed } from "../shell/server.js";
import { textAnswer, type WireAnswer } from "../wire.js";
import { asset } from "./assets.js";
import { type CheckoutView, checkout, payUrl } from "./checkout.js";
import { dashboard, timeline } from "./dashboard.js";
import { html, type Markup, page } from "./html.js";
import { qrPng, qrSvg, qrText } from "./qr.js";
import { wallet } from "./wallet.js";
import { htmlLang, langOfPage, WORDS } from "./words.js";

/** Nothing is loaded from elsewhere, nothing framed, nothing posted elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What the simulated bank sends as one-time password. */
const RIGHT_OTP = "123456";

/** Answers the pages: orders and timeline under `/`, the checkout under `/pay`, what a scanned code leads to under `/wallet`. */
export function siteRoute(host: Host): (request: ArrivedRequest) => Promise<Routed> | Routed {
  return (request) => ({ answer: answerOf(host, request) });
}

function answerOf(host: Host, request: ArrivedRequest): WireAnswer {
  const query = new URLSearchParams(request.target.split("?")[1] ?? "");
  const method = request.method === "HEAD" ? "GET" : request.method;
  switch (`${method} ${request.path}`) {
    case "GET /":
      return pageAnswer(page("Simulated gateway", "en", "page-board", dashboard(host)));
    case "GET /pay":
      return payPage(host, query, checkout);
    case "GET /wallet":
      return payPage(host, query, wallet);
    case "GET /pay/qr.png":
    case "GET /pay/qr.svg":
      return qrFile(host, query, request.path.endsWith("png"));
    case "POST /pay/act":
    case "POST /wallet/act":
      return acted(host, request);
  }
  const file = method === "GET" ? asset(request.path.replace(/^\/assets\//, "")) : null;
  return file ?? textAnswer(404, "text/plain; charset=utf-8", `There is no page ${request.path}.\n`);
}

/** `/pay` counts as opening the link and `/wallet` as having scanned the code, unless the script only draws again. */
function payPage(host: Host, query: URLSearchParams, draw: (view: CheckoutView) => Markup): WireAnswer {
  const lang = langOfPage(query.get("lang"));
  const found = orderOf(host, query);
  const channel = query.get("channel");
  if (found && query.get("again") === null) {
    if (draw === checkout && channel === null) customerAct(host.served.gateway, "open_link", found);
    if (draw === wallet && found.linkOpen && !found.qrSaved) {
      customerAct(host.served.gateway, "save_qr", found, channel ?? undefined);
    }
  }
  const order = orderOf(host, query);
  const drawn = draw({ order, lang, channel });
  const title = order ? `${WORDS[lang].order} ${order.mch_order_no}` : WORDS[lang].unknown;
  const whole = page(
    title,
    htmlLang(lang),
    "page-pay",
    html`<div class="stage">${drawn}<p id="changed" class="unseen" role="status"></p>${timeline()}</div>`,
  );
  return pageAnswer(whole, order ? 200 : 404);
}

/** The code as a file; saving it while the link is open is what lets it pay later (CXL-007). */
function qrFile(host: Host, query: URLSearchParams, png: boolean): WireAnswer {
  const order = orderOf(host, query);
  const channel = query.get("channel") ?? order?.channel_list[0] ?? "";
  const none = textAnswer(404, "text/plain; charset=utf-8", "There is no such code: the link is closed.\n");
  if (!order?.linkOpen || !order.channel_list.includes(channel)) return none;
  if (query.get("save") !== null) {
    const saved = customerAct(host.served.gateway, "save_qr", order, channel);
    if (!saved.ok)
      return textAnswer(409, "text/plain; charset=utf-8", `The code can't be saved: ${saved.why}.\n`);
  }
  const text = qrText(host.url, order, channel);
  const image: WireAnswer = png
    ? { status: 200, headers: { "content-type": "image/png" }, body: qrPng(text) }
    : textAnswer(200, "image/svg+xml", qrSvg(text));
  return { ...image, headers: { ...image.headers, "cache-control": "no-store" } };
}

/** Lets the customer act, and leads back to the page, which shows what became of it. */
function acted(host: Host, request: ArrivedRequest): WireAnswer {
  const decoded = decodeForm(request.body);
  const fields = decoded.ok ? decoded.value : new Map<string, string>();
  const order = host.served.gateway.orderOfLink(fields.get("order_uuid") ?? "");
  if (!order) return textAnswer(404, "text/plain; charset=utf-8", "There is no such order.\n");
  const lang = langOfPage(fields.get("lang") ?? null);
  const channel = fields.get("channel") || undefined;
  const act = actOf(fields.get("act"), fields.get("otp"));
  if (act === null) return textAnswer(400, "text/plain; charset=utf-8", "There is no such act.\n");
  customerAct(host.served.gateway, act, order, channel);
  const wallet = request.path === "/wallet/act";
  const back = wallet
    ? `/wallet?${new URLSearchParams({ order_uuid: order.order_uuid, lang, ...(channel ? { channel } : {}) })}`
    : `${payUrl(order, lang)}&again=1`;
  return { status: 303, headers: { location: back }, body: new Uint8Array() };
}

function actOf(act: string | undefined, otp: string | undefined): CustomerAct | null {
  switch (act) {
    case "pay_by_link":
    case "pay_by_qr":
    case "start_card":
      return act;
    case "otp":
      return otp?.trim() === RIGHT_OTP ? "pass_otp" : "fail_otp";
    default:
      return null;
  }
}

function orderOf(host: Host, query: URLSearchParams): Order | undefined {
  return host.served.gateway.orderOfLink(query.get("order_uuid") ?? "");
}

function pageAnswer(text: string, status = 200): WireAnswer {
  const answer = textAnswer(status, "text/html; charset=utf-8", text);
  const headers = {
    ...answer.headers,
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
  return { ...answer, headers };
}
