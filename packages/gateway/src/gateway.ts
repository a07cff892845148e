import { type Params, UsageError } from "@ksherproof/core";
import { Chance } from "./chance.js";
import type { Gateway, GatewayOptions, Handled } from "./contract.js";
import { makeOrder, orderOfLink } from "./create.js";
import { ENDPOINT_BY_PATH, langOf, noEndpoint } from "./endpoints.js";
import { refusalAnswer } from "./envelope.js";
import type { LedgerEvent } from "./ledger.js";
import { customerStep, settle } from "./life.js";
import { type CustomerAnswer, type Order, type OrderRef, refOf } from "./order.js";
import { admit, isRefusal, type Reading } from "./request.js";
import { settingsWith } from "./settings.js";
import { loadSnapshot, saveSnapshot } from "./snapshot.js";
import { deliverDue } from "./webhook.js";
import { textAnswer, type WireRequest } from "./wire.js";
import { findOrder, type Merchant, record, type World } from "./world.js";

/** Makes a gateway. Throws `UsageError` for a setting that there is not. */
export function createGateway(options: GatewayOptions): Gateway {
  const merchants = new Map(options.merchants.map((merchant) => [merchant.appid, merchant]));
  const world: World = {
    merchants,
    signer: options.signer,
    clock: options.clock,
    chance: new Chance(options.seed),
    settings: settingsWith(options.settings ?? {}),
    orders: new Map(),
    nonces: new Set(),
    expiring: new Set(),
    links: new Map(),
    soonest: Number.POSITIVE_INFINITY,
    ledger: [],
    webhooks: [],
    listeners: new Set(),
  };
  const act =
    (event: Parameters<typeof customerStep>[2]) =>
    (ref: OrderRef, channel?: string): CustomerAnswer => {
      settle(world);
      return customerStep(world, ref, event, world.clock.now(), channel);
    };
  return {
    handle: (request) => takeRequest(request, world).answer,
    take: (request) => takeRequest(request, world),
    customer: {
      openLink: act("link_opened"),
      saveQr: act("qr_saved"),
      payByLink: act("paid_by_link"),
      payByQr: act("paid_by_qr"),
      startCard: act("card_started"),
      passOtp: act("otp_passed"),
      failOtp: act("otp_failed"),
      refund: act("refunded"),
    },
    expire: act("expired"),
    createOrder(ref, fields = {}) {
      settle(world);
      if (!merchants.has(ref.appid)) throw unknownMerchant(ref.appid, merchants);
      if (findOrder(world, ref)) {
        throw new UsageError("order_taken", `There is an order ${ref.mch_order_no} already.`);
      }
      const order = makeOrder(world, ref, {
        total_fee: 2000,
        fee_type: "THB",
        channel_list: ["promptpay", "card"],
        ...fields,
      });
      record(world, {
        at: order.createdAt,
        kind: "customer",
        event: "created",
        ref: refOf(ref),
        from: null,
        to: order.state,
        ok: true,
      });
      return order;
    },
    order(ref) {
      settle(world);
      return findOrder(world, ref);
    },
    orderOfLink(uuid) {
      settle(world);
      return orderOfLink(world, uuid);
    },
    get orders() {
      settle(world);
      return world.orders.values();
    },
    ledger: world.ledger,
    get merchants() {
      return [...merchants.values()];
    },
    webhooks: world.webhooks,
    deliverWebhooks(send) {
      settle(world);
      return deliverDue(world, send);
    },
    settle: () => settle(world),
    get settings() {
      return world.settings;
    },
    clock: world.clock,
    signer: world.signer,
    change(settings) {
      world.settings = settingsWith(settings, world.settings);
    },
    addMerchant(merchant) {
      merchants.set(merchant.appid, merchant);
    },
    watch(listener) {
      world.listeners.add(listener);
      return () => world.listeners.delete(listener);
    },
    save: () => saveSnapshot(world),
    load: (snapshot) => loadSnapshot(world, snapshot),
  };
}

function takeRequest(request: WireRequest, world: World): Handled {
  settle(world);
  const endpoint = ENDPOINT_BY_PATH.get(request.path);
  const reading: Reading = { params: null, canonical: null, signature: "unchecked", refusal: null };
  if (!endpoint) return nowhere(404, `There is no endpoint ${request.path}.`, reading);
  if (request.method !== "POST") return nowhere(405, `Expected POST, found ${request.method}.`, reading);
  const admitted = admit(
    request,
    endpoint.fields,
    world,
    reading,
    endpoint.json && world.settings.jsonCreate,
  );
  const lang = langOf(reading.params, world);
  const from = stateOf(reading.params, world);
  if (isRefusal(admitted)) {
    const { code, rejection } = admitted;
    const event = recordRequest(world, endpoint.name, reading, from, { code, why: rejection.detail });
    return {
      ...reading,
      refusal: admitted,
      endpoint: request.path,
      answer: refusalAnswer(code, lang),
      event,
    };
  }
  const { answer, ...done } = endpoint.act(admitted, world, lang);
  const event = recordRequest(world, endpoint.name, reading, from, done);
  return { ...reading, endpoint: request.path, answer, event };
}

/** The reference that a request names, whether or not it was let in; null where it names none. */
function namedOrder(params: Params | null): OrderRef | null {
  const appid = params?.get("appid");
  const number = params?.get("mch_order_no");
  return appid && number ? { appid, mch_order_no: number } : null;
}

function stateOf(params: Params | null, world: World) {
  const ref = namedOrder(params);
  return (ref && findOrder(world, ref)?.state) ?? null;
}

function recordRequest(
  world: World,
  event: string,
  reading: Reading,
  from: Order["state"] | null,
  done: { readonly code: number; readonly result?: string; readonly why?: string },
): LedgerEvent {
  const nonce = reading.signature === "valid" ? reading.params?.get("nonce_str") : undefined;
  return record(world, {
    at: world.clock.now(),
    kind: "request",
    event,
    ref: namedOrder(reading.params),
    from,
    to: stateOf(reading.params, world),
    ok: done.code === 0,
    code: done.code,
    ...(done.result === undefined ? {} : { result: done.result }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(done.why === undefined ? {} : { why: done.why }),
  });
}

function nowhere(status: number, what: string, reading: Reading): Handled {
  const answer = textAnswer(status, "text/plain; charset=utf-8", `${what}\n`);
  const headers = status === 405 ? { ...answer.headers, allow: "POST" } : answer.headers;
  const refusal = { code: -1 as const, rejection: noEndpoint(what) };
  return { ...reading, refusal, endpoint: null, answer: { ...answer, headers }, event: null };
}

function unknownMerchant(appid: string, merchants: ReadonlyMap<string, Merchant>): UsageError {
  return new UsageError("appid_unknown", `No merchant ${appid} is registered here.`, {
    hint: `Registered: ${[...merchants.keys()].join(", ") || "none"}.`,
  });
}
