// @ts-check
// The board: each order with what may happen to it, and the calls that make it happen.
import { badge, element, plain } from "./element.js";

/** @typedef {Record<string, any>} Data */

const board = document.getElementById("orders");
/** @type {Map<string, HTMLElement>} */
const orders = new Map();

/** Empties the board. */
export function clearBoard() {
  orders.clear();
  board?.replaceChildren();
}

/** @type {Record<string, string>} */
const KINDS = {
  open: "plain",
  paid: "good",
  refunded: "good",
  paid_late: "warn",
  card_in_progress: "warn",
  cancelled: "bad",
  expired: "bad",
  card_failed: "bad",
};
const ACTS = [
  ["save_qr", "Save QR"],
  ["pay_by_link", "Pay"],
  ["pay_by_qr", "Pay saved QR"],
  ["start_card", "Start card"],
  ["pass_otp", "Right OTP"],
  ["fail_otp", "Wrong OTP"],
  ["expire", "Expire"],
  ["refund", "Refund"],
];

/** What may happen in a state; the gateway decides in the end. @param {Data} order @param {string} act */
function offers(order, act) {
  const open = order.linkOpen && order.card !== "in_progress";
  if (act === "save_qr" || act === "pay_by_link" || act === "start_card" || act === "expire") return open;
  if (act === "pay_by_qr") return order.qrSaved && !order.ksher_order_no && order.card !== "in_progress";
  if (act === "refund") return order.ksher_order_no !== "" && order.state !== "refunded";
  return order.card === "in_progress";
}

/** An amount for people, from the currency's smallest unit. @param {Data} order */
function money({ total_fee, fee_type }) {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency: fee_type });
  return format.format(total_fee / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** @param {Data} order */
export function showOrder(order) {
  if (!board) return;
  const key = `${order.appid} ${order.mch_order_no}`;
  const path = `/control/orders/${encodeURIComponent(order.mch_order_no)}`;
  const row = element(
    "li",
    { class: "order" },
    element(
      "div",
      { class: "order-head" },
      element("b", {}, order.mch_order_no),
      badge(KINDS[order.state] ?? "plain", plain(order.state)),
      order.qrSaved ? badge("plain", "QR saved") : null,
      element("span", { class: "order-amount" }, money(order)),
    ),
    element(
      "div",
      { class: "order-acts" },
      element("a", { href: order.pay_content, target: "_blank", rel: "noopener" }, "Payment link"),
      ...ACTS.filter(([act]) => offers(order, act ?? "")).map(([act, label]) => {
        const button = element("button", { type: "button", class: "small" }, label ?? "");
        button.addEventListener("click", () => control(`${path}/${act}?appid=${order.appid}`, {}));
        return button;
      }),
    ),
  );
  const before = orders.get(key);
  if (before) before.replaceWith(row);
  else board.prepend(row);
  orders.set(key, row);
  const empty = document.getElementById("orders-empty");
  if (empty) empty.hidden = true;
}

/** @param {string} path @param {Data} body */
export async function control(path, body) {
  const box = document.getElementById("board-error");
  if (box) box.hidden = true;
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const value = await answer.json();
  if (!answer.ok && box) {
    box.textContent = value.error?.message ?? value.why;
    box.hidden = false;
  }
  return answer.ok ? value : null;
}
