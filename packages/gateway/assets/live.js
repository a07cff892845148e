// @ts-check
// The live part of the pages: listens to the gateway's events, and draws the timeline, the board and the checkout again.
import { clearBoard, control, showOrder } from "./board.js";
import { clearTimeline, showEvent, showExchange } from "./timeline.js";

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

const status = document.getElementById("live-status");
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
  clearTimeline();
  clearBoard();
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
