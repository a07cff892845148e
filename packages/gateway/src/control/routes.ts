import { type DataShape, fields } from "../data-shape.js";
import { FAULT_KINDS } from "../faults/kinds.js";
import { RULE_SHAPE, readRule } from "../faults/shapes.js";
import type { Host, SavedWorld } from "../host/options.js";
import { brokenInvariants } from "../invariants.js";
import { type CustomerAct, milliseconds } from "../scenario/scenario.js";
import { SETTINGS } from "../settings.js";
import { actOn, createOrder, findOrder } from "./orders.js";
import { eventView, exchangeView, orderView } from "./views.js";

/** What a route of the control API is called with. */
export interface ControlCall {
  readonly host: Host;
  /** The parts of the path that the pattern names with `:`. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What it gives: a JSON value, and a status where that is not 200. */
export interface ControlDone {
  readonly status?: number;
  readonly value: unknown;
}

/** One route of the control API; the reference page is made from these. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/control`; `:name` stands for one segment. */
  readonly pattern: string;
  readonly says: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The shape of the JSON body; none is read where it is not given. */
  readonly body?: DataShape;
  readonly act: (call: ControlCall) => ControlDone | Promise<ControlDone>;
}

const text: DataShape = { kind: "text" };
const some: DataShape = { kind: "text", least: 1 };
const ORDER: DataShape = fields(
  { mch_order_no: { kind: "text", least: 1, most: 32 } },
  {
    appid: some,
    total_fee: { kind: "whole", least: 1 },
    fee_type: { kind: "text", pattern: "^[A-Z]{3}$" },
    channel_list: { kind: "list", of: { kind: "text", pattern: "^[A-Za-z0-9_]+$" }, least: 1 },
    attach: text,
    product_name: text,
    mch_notify_url: text,
    expire_time: { kind: "whole", least: 0, most: 9_999_999 },
  },
);
const WHICH = { appid: "the merchant; the first one where it is not given" };
const done = (value: unknown): ControlDone => ({ value });

const act = (name: string, customerAct: CustomerAct, says: string): ControlRoute => ({
  method: "POST",
  pattern: `/orders/:mch_order_no/${name}`,
  says: `${says} 409 with \`why\` where the gateway does not let it happen.`,
  query: WHICH,
  body: fields({}, { channel: some }),
  act: (call) => actOn(call, customerAct),
});

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
  {
    method: "GET",
    pattern: "/orders",
    says: "Every order, oldest first.",
    act: ({ host }) => done([...host.served.gateway.orders].map((order) => orderView(host, order))),
  },
  {
    method: "POST",
    pattern: "/orders",
    says: "Makes an order without a request. Fee 2000 satang, channels promptpay and card where they are not given.",
    body: ORDER,
    act: createOrder,
  },
  {
    method: "GET",
    pattern: "/orders/:mch_order_no",
    says: "One order, with its payment link, what a query and a cancel would answer now, and its history.",
    query: WHICH,
    act: (call) => done(orderView(call.host, findOrder(call))),
  },
  act("open_link", "open_link", "The customer opens the payment link."),
  act("save_qr", "save_qr", "The customer saves the QR code."),
  act("pay_by_link", "pay_by_link", "The customer pays through the link, by a channel that is not a card."),
  act("pay_by_qr", "pay_by_qr", "The customer pays with the saved QR code, be the link open or closed."),
  act("start_card", "start_card", "The customer starts to pay by card: the OTP step begins."),
  act("pass_otp", "pass_otp", "The customer enters the right one-time password."),
  act("fail_otp", "fail_otp", "The customer enters a wrong one-time password."),
  act("refund", "get_refund", "The merchant gives the money back, by hand."),
  act("expire", "let_link_expire", "The link's time is over, whatever the clock says."),
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
    says: "Adds a rule, or a list of them: faults that strike the next call that fits, or the nth, so many times (0: every one). A `tls` fault counts connections.",
    body: { kind: "either", of: [RULE_SHAPE, { kind: "list", of: RULE_SHAPE, least: 1 }] },
    act: ({ host, body }) => {
      const rules = [body].flat().map((rule, at) => readRule(rule, `rule ${at + 1}`));
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
