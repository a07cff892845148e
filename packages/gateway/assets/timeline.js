// @ts-check
// The timeline: what the ledger and the exchanges say, the newest first.
import { badge, element, plain } from "./element.js";

/** @typedef {Record<string, any>} Data */

const KEPT = 300;
const list = document.getElementById("timeline");
/** @type {Map<string, HTMLElement>} */
const rows = new Map();

/** Empties the timeline. */
export function clearTimeline() {
  rows.clear();
  list?.replaceChildren();
}

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
export function showEvent(event, fresh) {
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
export function showExchange(exchange, fresh) {
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
