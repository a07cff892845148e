// @ts-check
// The live part of the pages: the timeline, the orders of the board, and the checkout drawn again when its order changes.

/** @typedef {Record<string, any>} Data */

const KEPT = 300;
const list = document.getElementById("timeline");
const status = document.getElementById("live-status");
const board = document.getElementById("orders");
const rows = new Map();
const orders = new Map();

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node | string | null)} children */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** @param {string} kind @param {string} text */
const badge = (kind, text) => element("span", { class: `badge badge-${kind}` }, text);

/** @param {string} word */
const plain = (word) => word.replaceAll("_", " ");

/** @param {string} key @param {HTMLElement} row @param {boolean} fresh */
function put(key, row, fresh) {
  if (!list) return;
  const before = rows.get(key);
  if (before) {
    const open = before.querySelector("details")?.open;
    before.replaceWith(row);
    const details = row.querySelector("details");
    if (open && details) details.open = true;
  } else {
    list.prepend(row);
    if (fresh) row.classList.add("entry-new");
  }
  rows.set(key, row);
  const empty = document.getElementById("live-empty");
  if (empty) empty.hidden = true;
  while (list.children.length > KEPT) list.lastElementChild?.remove();
}

/** @param {Data} event @param {boolean} fresh */
function showEvent(event, fresh) {
  if (event.kind === "request") return;
  const moved = event.from === event.to ? "" : `${plain(event.from ?? "new")} → ${plain(event.to ?? "none")}`;
  const what = event.kind === "webhook" ? `webhook, attempt ${event.attempt}` : plain(event.event);
  put(
    `event-${event.seq}`,
    element(
      "li",
      { class: "entry" },
      element(
        "p",
        {},
        element("time", { datetime: event.time }, event.time.slice(11, 19)),
        element("span", {}, what),
        event.ref ? element("b", {}, event.ref.mch_order_no) : null,
        event.ok ? null : badge("bad", event.kind === "webhook" ? "not accepted" : "refused"),
        moved ? element("span", { class: "moved" }, moved) : null,
        event.why ? element("span", { class: "why" }, event.why) : null,
      ),
    ),
    fresh,
  );
}

/** @param {string} name @param {string | null | undefined} text */
function part(name, text) {
  if (text === null || text === undefined || text === "") return [];
  return [element("div", {}, element("dt", {}, name), element("dd", {}, element("pre", {}, text)))];
}

/** @param {string} body */
function codeOf(body) {
  try {
    const { code, msg, data } = JSON.parse(body);
    return { code, text: data && typeof data.result === "string" ? data.result : msg };
  } catch {
    return null;
  }
}

/** @param {Data} exchange @param {boolean} fresh */
function showExchange(exchange, fresh) {
  const code = exchange.meant ? codeOf(exchange.meant.body) : null;
  const number = exchange.params?.mch_order_no;
  const parts = [
    ...part(
      "Why it was refused",
      exchange.refusal
        ? `${exchange.refusal.rejection.detail} (${exchange.refusal.rejection.requirement})`
        : null,
    ),
    ...part(
      "Faults",
      exchange.faults.length > 0
        ? exchange.faults.map((/** @type {Data} */ f) => JSON.stringify(f)).join("\n")
        : null,
    ),
    ...part("Canonical text", exchange.canonical),
    ...part("Signature", exchange.params?.sign),
    ...part("Request body", exchange.body),
    ...part(
      "Answer",
      exchange.sent ? `HTTP ${exchange.sent.status}\n${exchange.sent.body}` : "none was sent",
    ),
  ];
  put(
    `exchange-${exchange.seq}`,
    element(
      "li",
      { class: "entry" },
      element(
        "details",
        {},
        element(
          "summary",
          {},
          element("time", {}, `#${exchange.seq}`),
          element("span", {}, (exchange.endpoint ?? exchange.path).replace(/^\//, "")),
          number ? element("b", {}, number) : null,
          code ? badge(code.code === 0 ? "good" : "bad", `${code.code} ${code.text ?? ""}`) : null,
          exchange.signature === "unchecked"
            ? null
            : badge(exchange.signature === "valid" ? "good" : "bad", `signature ${exchange.signature}`),
          ...exchange.faults.map((/** @type {Data} */ fault) => badge("warn", plain(fault.kind))),
          exchange.ended ? null : element("span", { class: "moved" }, "under way"),
        ),
        element("dl", { class: "parts" }, ...parts),
      ),
    ),
    fresh,
  );
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
function showOrder(order) {
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
async function control(path, body) {
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

/** Draws the checkout again where its order has another state, and says so to screen readers. */
async function redraw() {
  const shown = document.getElementById("checkout");
  if (!shown) return;
  const url = new URL(location.href);
  url.searchParams.set("again", "1");
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const next = page.getElementById("checkout");
  if (!next || next.dataset.version === shown.dataset.version) return;
  shown.replaceWith(next);
  const told = document.getElementById("changed");
  if (told) told.textContent = next.querySelector("h1")?.textContent ?? "";
}

let ahead = 0;
function tick() {
  const clock = document.getElementById("clock");
  if (clock) clock.textContent = new Date(Date.now() + ahead).toISOString().slice(0, 19).replace("T", " ");
}

async function readClock() {
  if (!document.getElementById("clock")) return;
  const { now } = await (await fetch("/control/clock")).json();
  ahead = now - Date.now();
  tick();
}

for (const button of document.querySelectorAll("[data-advance]")) {
  button.addEventListener("click", async () => {
    await control("/control/clock", { advance: /** @type {HTMLElement} */ (button).dataset.advance });
    await readClock();
  });
}

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("new-order"));
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = new FormData(form);
  const made = await control("/control/orders", {
    mch_order_no: given.get("mch_order_no"),
    total_fee: Number(given.get("total_fee")),
  });
  if (made) showOrder(made);
  if (made) /** @type {HTMLInputElement} */ (form.elements.namedItem("mch_order_no")).value = "";
});

const stream = new EventSource("/control/events");
stream.addEventListener("open", () => {
  if (status) status.textContent = "live";
  status?.classList.add("on");
});
stream.addEventListener("error", () => {
  if (status) status.textContent = "not connected";
  status?.classList.remove("on");
});
stream.addEventListener("hello", (message) => {
  const hello = JSON.parse(message.data);
  rows.clear();
  orders.clear();
  list?.replaceChildren();
  board?.replaceChildren();
  for (const order of hello.orders) showOrder(order);
  // An exchange stands where its line of the ledger does; one that left no line, where the next one does.
  const waiting = [...hello.exchanges];
  for (const event of hello.ledger) {
    const at = event.kind === "request" ? waiting.findIndex((exchange) => exchange.event === event.seq) : -1;
    if (at >= 0) for (const exchange of waiting.splice(0, at + 1)) showExchange(exchange, false);
    showEvent(event, false);
  }
  for (const exchange of waiting) showExchange(exchange, false);
  redraw();
});
stream.addEventListener("ledger", (message) => {
  const { event, order } = JSON.parse(message.data);
  showEvent(event, true);
  if (order) showOrder(order);
  const shown = document.getElementById("checkout");
  if (shown?.dataset.order && event.ref?.mch_order_no === shown.dataset.order) redraw();
});
stream.addEventListener("exchange", (message) => {
  showExchange(JSON.parse(message.data), true);
});
addEventListener("pagehide", () => stream.close());
readClock();
setInterval(tick, 1000);
