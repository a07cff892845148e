import { fields } from "../data-shape.js";
import { FAULT_KINDS } from "../faults/kinds.js";
import { assertServable, RULE_SHAPE, readRule } from "../faults/shapes.js";
import type { Host, SavedWorld } from "../host/options.js";
import { brokenInvariants } from "../invariants.js";
import { milliseconds } from "../scenario/scenario.js";
import { SETTINGS } from "../settings.js";
import { type ControlRoute, done } from "./call.js";
import { ORDER_ROUTES } from "./order-routes.js";
import { eventView, exchangeView } from "./views.js";

/** Every route of the control API. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  {
    method: "GET",
    pattern: "",
    says: "Addresses, merchants, the gateway's time and how much there is of everything.",
    act: ({ host }) => {
      const { gateway, faults, exchanges } = host.served;
      return done({
        base_url: host.baseUrl,
        page: host.page,
        control: host.control,
        merchants: gateway.merchants.map(({ appid }) => appid),
        now: gateway.clock.now(),
        time: new Date(gateway.clock.now()).toISOString(),
        orders: [...gateway.orders].length,
        ledger: gateway.ledger.length,
        exchanges: exchanges.length,
        faults: faults.rules.length,
        webhooks: gateway.webhooks.length,
        broken_invariants: brokenInvariants(gateway.ledger),
      });
    },
  },
  ...ORDER_ROUTES,
  {
    method: "GET",
    pattern: "/clock",
    says: "The gateway's time.",
    act: ({ host }) => done(timeOf(host)),
  },
  {
    method: "POST",
    pattern: "/clock",
    says: "Puts the clock forward: `advance` is `90 s`, `31 min`, `2 h` or a number of milliseconds. Links expire and webhooks fall due on the way.",
    body: fields({
      advance: {
        kind: "either",
        of: [
          { kind: "whole", least: 0, most: 3_155_760_000_000 },
          { kind: "text", pattern: "^[0-9]{1,9} (ms|s|min|h)$" },
        ],
      },
    }),
    act: ({ host, body }) => {
      const { advance } = body as { readonly advance: number | string };
      host.clock.advance(typeof advance === "number" ? advance : milliseconds(advance));
      host.served.gateway.settle();
      return done(timeOf(host));
    },
  },
  {
    method: "GET",
    pattern: "/faults",
    says: "The rules of the schedule.",
    act: ({ host }) => done(host.served.faults.rules),
  },
  {
    method: "POST",
    pattern: "/faults",
    says: "Adds a rule, or a list of them: faults that strike the next call that fits, or the nth, so many times (0: every one). A `tls` fault counts connections, and takes no endpoint or order.",
    body: { kind: "either", of: [RULE_SHAPE, { kind: "list", of: RULE_SHAPE, least: 1 }] },
    act: ({ host, body }) => {
      const rules = [body].flat().map((rule, at) => readRule(rule, `rule ${at + 1}`));
      assertServable(rules, host.ca !== null);
      host.served.faults.add(...rules);
      return { status: 201, value: host.served.faults.rules };
    },
  },
  {
    method: "DELETE",
    pattern: "/faults",
    says: "Takes every rule out of the schedule.",
    act: ({ host }) => {
      host.served.faults.clear();
      return done([]);
    },
  },
  {
    method: "GET",
    pattern: "/faults/kinds",
    says: "Every fault with an example, what it means and what a correct client may say of it.",
    act: () => done(FAULT_KINDS),
  },
  {
    method: "GET",
    pattern: "/ledger",
    says: "The ledger: every event in order.",
    query: { after: "only events after this number" },
    act: ({ host, query }) => {
      const after = Number(query.get("after") ?? 0) || 0;
      return done(host.served.gateway.ledger.slice(after).map(eventView));
    },
  },
  {
    method: "GET",
    pattern: "/exchanges",
    says: "The exchanges that are kept: request, canonical text, signature, faults, what was meant and what was sent.",
    query: { after: "only exchanges after this number" },
    act: ({ host, query }) => {
      const after = Number(query.get("after") ?? 0) || 0;
      return done(host.served.exchanges.filter(({ seq }) => seq > after).map(exchangeView));
    },
  },
  {
    method: "DELETE",
    pattern: "/exchanges",
    says: "Forgets the exchanges; the ledger stays.",
    act: ({ host }) => {
      host.served.forgetExchanges();
      return done([]);
    },
  },
  {
    method: "GET",
    pattern: "/settings",
    says: "What is set where sources leave a doubt.",
    act: ({ host }) => done(host.served.gateway.settings),
  },
  {
    method: "GET",
    pattern: "/settings/table",
    says: "Every setting: its values, its default and the doubt behind it.",
    act: () => done(SETTINGS),
  },
  {
    method: "POST",
    pattern: "/settings",
    says: "Changes settings.",
    body: { kind: "map", of: { kind: "any" } },
    act: ({ host, body }) => {
      host.served.gateway.change(body as object);
      return done(host.served.gateway.settings);
    },
  },
  {
    method: "GET",
    pattern: "/webhooks",
    says: "Webhooks that wait for their attempt, due or not.",
    act: ({ host }) => done(host.served.gateway.webhooks),
  },
  {
    method: "POST",
    pattern: "/webhooks/deliver",
    says: "Delivers what is due now; gives the number of attempts.",
    act: async ({ host }) => done({ attempts: await host.deliverWebhooks() }),
  },
  {
    method: "GET",
    pattern: "/state",
    says: "All that the gateway remembers, but for keys.",
    act: ({ host }) => done(host.save()),
  },
  {
    method: "PUT",
    pattern: "/state",
    says: "Takes a saved state in place of the present one.",
    body: fields({
      now: { kind: "whole", least: 0 },
      faults: { kind: "list", of: RULE_SHAPE },
      world: { kind: "any" },
    }),
    act: ({ host, body }) => {
      host.load(body as SavedWorld);
      return done({ orders: [...host.served.gateway.orders].length });
    },
  },
];

function timeOf(host: Host) {
  const now = host.served.gateway.clock.now();
  return { now, time: new Date(now).toISOString() };
}
