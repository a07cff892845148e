import type { Host } from "../host/options.js";
import { html, type Markup } from "./html.js";

/** The panel with the live timeline, filled in by the script. */
export function timeline(): Markup {
  return html`<aside class="live" aria-labelledby="live-title">
<h2 id="live-title">Timeline <span id="live-status" class="live-status" role="status">connecting</span></h2>
<p id="live-empty" class="live-empty">Nothing has happened yet. Requests, canonical texts, signatures and ledger events appear here as they happen.</p>
<ol id="timeline" class="timeline"></ol>
<noscript><p class="live-empty">The timeline needs JavaScript; the same is at <a href="/control/exchanges">/control/exchanges</a> and <a href="/control/ledger">/control/ledger</a>.</p></noscript>
</aside>`;
}

/** The page with every order and the timeline. */
export function dashboard(host: Host): Markup {
  const appids = host.served.gateway.merchants.map(({ appid }) => appid).join(", ");
  return html`<div class="stage"><main class="board">
<header class="board-head"><h1>Simulated gateway</h1><p>No real money, no real bank.</p></header>
<dl class="facts">
<div><dt>Base URL</dt><dd><code>${host.baseUrl}</code></dd></div>
<div><dt>Merchant</dt><dd><code>${appids}</code></dd></div>
<div><dt>Control API</dt><dd><a href="${host.control}"><code>${host.control}</code></a></dd></div>
<div><dt>Gateway time</dt><dd><span id="clock"></span> <button type="button" class="small" data-advance="1 min">+1 min</button> <button type="button" class="small" data-advance="1 h">+1 h</button></dd></div>
</dl>
<form id="new-order" class="new-order"><h2>New order</h2>
<label>Order number<input name="mch_order_no" required maxlength="32" autocomplete="off"></label>
<label>Amount, satang<input name="total_fee" required inputmode="numeric" pattern="[1-9][0-9]{0,11}" value="2000" autocomplete="off"></label>
<button class="primary">Create</button></form>
<p id="board-error" class="alert" role="alert" hidden></p>
<section aria-labelledby="orders-title"><h2 id="orders-title">Orders</h2>
<p id="orders-empty" class="live-empty">No orders yet: create one here, or send <code>gateway_pay</code>.</p>
<ul id="orders" class="orders"></ul></section>
</main>${timeline()}</div>`;
}
