import { networkInterfaces } from "node:os";
import { UsageError } from "@ksherproof/core";
import { controlRoute } from "../control/route.js";
import { createGateway } from "../gateway.js";
import { serve } from "../served.js";
import { MOST_REQUEST_BYTES } from "../shell/arrival.js";
import type { ArrivedRequest } from "../shell/exchange.js";
import { type Routed, startServer } from "../shell/server.js";
import { siteRoute } from "../site/route.js";
import { textAnswer } from "../wire.js";
import { webhookCourier } from "./courier.js";
import { trespass } from "./guard.js";
import { loadWorld } from "./load.js";
import type { Host, HostOptions } from "./options.js";

/** A saved world that is loaded over the control API may be large. */
const MOST_CONTROL_BYTES = 256 << 20;

/** How often webhooks that fell due are looked for, in milliseconds. */
const DELIVERY_TICK_MS = 200;

/**
 * Hosts a gateway: the protocol under `/api`, the control API under `/control`, the checkout page under `/pay`, orders and
 * timeline under `/`. Throws `EnvironmentError` where it cannot listen, `UsageError` for a setting that there is not.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { clock, authority } = options;
  const gateway = createGateway(options);
  const { otherSigner, forge } = options;
  const signers = new Map(options.merchants.map(({ appid, signer }) => [appid, signer]));
  const served = serve({
    id: "serve",
    gateway,
    keys: { otherSigner, ...(forge ? { forge } : {}) },
    merchantSigner: (appid) => signers.get(appid),
    keep: options.keep ?? 1_000,
  });
  const address = options.host ?? "127.0.0.1";
  let routes: ((request: ArrivedRequest) => Promise<Routed> | Routed) | undefined;
  const server = await startServer({
    host: address,
    port: options.port ?? 0,
    ...(authority
      ? { tls: () => authority.issue(certifiedHost(options), served.faults.nextConnection()) }
      : {}),
    route: (request) => routes?.(request) ?? { answer: textAnswer(503, "text/plain", "Not ready yet.\n") },
    mostBytes: (target) => (target.startsWith("/control/") ? MOST_CONTROL_BYTES : MOST_REQUEST_BYTES),
  });
  const url = options.publicUrl ?? server.url.replace(/:\/\/(0\.0\.0\.0|\[::\])/, () => `://${ownAddress()}`);
  gateway.change({ checkoutUrl: `${url}/pay` });
  const send = options.sendWebhook ?? webhookCourier({ anywhere: options.allowRemote === true });
  let delivering: Promise<number> | null = null;
  const host: Host = {
    url,
    baseUrl: `${url}/api`,
    page: `${url}/`,
    control: `${url}/control`,
    port: server.port,
    ca: authority?.cert ?? null,
    served,
    clock,
    save: () => ({ now: clock.now(), faults: served.faults.rules, world: gateway.save() }),
    load(saved) {
      loadWorld(saved, served, clock);
      gateway.change({ checkoutUrl: `${url}/pay` });
    },
    deliverWebhooks() {
      delivering ??= gateway.deliverWebhooks(send).finally(() => {
        delivering = null;
      });
      return delivering;
    },
    async close() {
      clearInterval(tick);
      await server.close();
    },
  };
  const tick = setInterval(() => {
    if (options.webhooks !== "manual" && gateway.webhooks.length > 0) void host.deliverWebhooks();
  }, DELIVERY_TICK_MS);
  tick.unref();
  const control = controlRoute(host);
  const site = siteRoute(host);
  routes = (request) => {
    if (request.path.startsWith("/api/")) return served.route(request, request.path.slice(4));
    const refused = trespass(request, options.allowRemote === true);
    if (refused) return { answer: refused };
    return request.path === "/control" || request.path.startsWith("/control/")
      ? control(request)
      : site(request);
  };
  try {
    if (options.saved) host.load(options.saved);
    if (options.settings) gateway.change({ ...options.settings, checkoutUrl: `${url}/pay` });
  } catch (thrown) {
    await host.close();
    throw thrown;
  }
  return host;
}

/** The host that certificates are for. */
function certifiedHost(options: HostOptions): string {
  if (options.publicUrl === undefined) {
    const host = options.host ?? "127.0.0.1";
    return host === "0.0.0.0" || host === "::" ? ownAddress() : host;
  }
  try {
    return new URL(options.publicUrl).hostname;
  } catch {
    throw new UsageError("public_url", `Expected a URL, found ${options.publicUrl}.`);
  }
}

/** The address under which other machines of the network reach this one; the loopback address where there is none. */
function ownAddress(): string {
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find(({ family, internal }) => family === "IPv4" && !internal);
    if (found) return found.address;
  }
  return "127.0.0.1";
}
