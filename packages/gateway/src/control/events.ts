import type { ServerResponse } from "node:http";
import type { Host } from "../host/options.js";
import type { Routed } from "../shell/server.js";
import { eventView, exchangeView, orderView } from "./views.js";

/** A comment is sent so often, so that a connection that died is found, in milliseconds. */
const HEARTBEAT_MS = 15_000;

/** How much of the past a new listener gets. */
const BACKLOG = 200;

/**
 * The live stream (server-sent events): `hello` with orders, ledger and exchanges so far, then `ledger` with the event and
 * its order as it is afterwards, `exchange` when one begins to be answered and again when it has ended.
 */
export function eventStream(host: Host): Routed {
  return { takeOver: (response) => stream(host, response) };
}

function stream(host: Host, response: ServerResponse): void {
  const { gateway, exchanges } = host.served;
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
  });
  const send = (event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  send("hello", {
    orders: [...gateway.orders].map((order) => orderView(host, order)),
    ledger: gateway.ledger.slice(-BACKLOG).map(eventView),
    exchanges: exchanges.slice(-BACKLOG).map(exchangeView),
  });
  const ends = [
    gateway.watch((event) => {
      // The order is stored after its event was written: it is read once that is done.
      queueMicrotask(() => {
        const order = event.ref ? gateway.order(event.ref) : undefined;
        send("ledger", { event: eventView(event), order: order ? orderView(host, order) : null });
      });
    }),
    host.served.watch((exchange) => send("exchange", exchangeView(exchange))),
  ];
  const heartbeat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  heartbeat.unref();
  response.on("close", () => {
    clearInterval(heartbeat);
    for (const end of ends) end();
  });
  response.on("error", () => {});
}
