import { type Params, reject } from "@ksherproof/core";
import { ENDPOINTS, type EndpointName } from "@ksherproof/spec";
import { makeOrder, orderFields, paymentLink, sameOrder } from "./create.js";
import { cancelledAnswer, refusalAnswer, signedAnswer } from "./envelope.js";
import { cancelCode, isPaid, resultOf, step } from "./machine.js";
import { messageOf } from "./messages.js";
import type { OrderRef } from "./order.js";
import { failedQueryData, queryData } from "./query-data.js";
import type { Admitted, FieldRule } from "./request.js";
import type { Lang } from "./settings.js";
import type { WireAnswer } from "./wire.js";
import { findOrder, storeOrder, type World } from "./world.js";

/** What an endpoint did: its answer, and what it changed. */
export interface Done {
  readonly answer: WireAnswer;
  readonly code: number;
  readonly result?: string;
  readonly why?: string;
  readonly ref: OrderRef;
}

/** An endpoint: its own fields, and what it does with a request that was let in. */
export interface Endpoint {
  readonly name: EndpointName;
  readonly fields: readonly FieldRule[];
  readonly json: boolean;
  readonly act: (admitted: Admitted, world: World, lang: Lang) => Done;
}

const ORDER_NUMBER: FieldRule = { name: "mch_order_no", most: 32, required: true };

const cancel: Endpoint = {
  name: ENDPOINTS.cancel_order.name,
  fields: [ORDER_NUMBER],
  json: false,
  act(admitted, world, lang) {
    const ref = refOfParams(admitted.params);
    const order = findOrder(world, ref);
    const code = order ? cancelCode(order, world.settings) : -3;
    if (!order || code !== 0) return { ref, code, answer: refusalAnswer(code as -3, lang) };
    const done = step(order, "cancelled", world.clock.now(), world.chance);
    if (done.ok) storeOrder(world, done.order);
    return {
      ref,
      code,
      answer: cancelledAnswer(lang, world.settings.signCancelSuccess ? world.signer : null),
    };
  },
};

const query: Endpoint = {
  name: ENDPOINTS.gateway_order_query.name,
  fields: [ORDER_NUMBER],
  json: false,
  act(admitted, world, lang) {
    const ref = refOfParams(admitted.params);
    const order = findOrder(world, ref);
    if (!order && world.settings.unknownOrder === "code") {
      return { ref, code: -3, answer: refusalAnswer(-3, lang) };
    }
    const result = order ? resultOf(order, world.settings) : "FAIL";
    const data = order ? queryData(order, result) : failedQueryData(ref);
    return { ref, code: 0, result, answer: signedAnswer(data, messageOf(0, lang), world.signer) };
  },
};

const create: Endpoint = {
  name: ENDPOINTS.gateway_pay.name,
  fields: [ORDER_NUMBER],
  json: true,
  act(admitted, world, lang) {
    const ref = refOfParams(admitted.params);
    const fields = orderFields(admitted.params, world.settings.strictCreate);
    const refused = (why: string): Done => ({ ref, code: -1, why, answer: refusalAnswer(-1, lang) });
    if (!fields.ok) return refused(fields.rejection.detail);
    const existing = findOrder(world, ref);
    if (existing && isPaid(existing)) {
      const body = { code: 1, msg: "Order is Paid", message: "Order is Paid" };
      return {
        ref,
        code: 1,
        answer: { ...refusalAnswer(-1, lang), body: new TextEncoder().encode(JSON.stringify(body)) },
      };
    }
    if (existing && (world.settings.createAgain === "refuse" || !sameOrder(existing, fields.value))) {
      return refused("The mch_order_no is taken by another order.");
    }
    const order = existing ?? makeOrder(world, ref, fields.value);
    const link = paymentLink(world, order, admitted.params.get("lang") || "en");
    return { ref, code: 0, answer: signedAnswer({ pay_content: link }, "SUCCESS", world.signer) };
  },
};

/** The three endpoints by path. */
export const ENDPOINT_BY_PATH: ReadonlyMap<string, Endpoint> = new Map([
  [ENDPOINTS.cancel_order.path, cancel],
  [ENDPOINTS.gateway_order_query.path, query],
  [ENDPOINTS.gateway_pay.path, create],
]);

function refOfParams(params: Params): OrderRef {
  return { appid: params.get("appid") ?? "", mch_order_no: params.get("mch_order_no") ?? "" };
}

/** The language of an answer: the one asked for where it is known, else the default (REQ-005). */
export function langOf(params: Params | null, world: World): Lang {
  const asked = params?.get("lang");
  return asked === "en" || asked === "cn" || asked === "th" ? asked : world.settings.defaultLang;
}

/** Why a path or method leads nowhere. */
export function noEndpoint(what: string) {
  return reject("no_endpoint", "REQ-001", what).rejection;
}
