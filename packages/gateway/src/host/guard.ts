import type { ArrivedRequest } from "../shell/exchange.js";
import { textAnswer, type WireAnswer } from "../wire.js";

/** Whether a host name, as a URL writes it, is this machine's loopback. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Why a request may not use the pages or the control API, as an answer; null where it may. A page of another origin must
 * not steer the simulator through the browser of its user, neither by a cross-site form nor by a name that leads here.
 */
export function trespass(request: ArrivedRequest, allowRemote: boolean): WireAnswer | null {
  const host = request.headers.host ?? "";
  const refuse = (why: string): WireAnswer => textAnswer(403, "text/plain; charset=utf-8", `${why}\n`);
  if (!allowRemote && !isLoopback(host.replace(/:\d+$/, ""))) {
    return refuse(
      `Expected a Host of this machine's loopback, found ${JSON.stringify(host)}: start with --allow-remote.`,
    );
  }
  const origin = request.headers.origin;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (!reads && origin !== undefined && origin !== `${request.tls ? "https" : "http"}://${host}`) {
    return refuse(`A page of ${origin} may not act here.`);
  }
  return null;
}
