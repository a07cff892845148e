import {
  type Answer,
  cancelOutcome,
  canonicalText,
  encodeForm,
  encodeUtf8,
  type Params,
  queryOutcome,
  type Signer,
  signText,
  timeStamp,
  type Verifier,
} from "@ksherproof/core";
import { ENDPOINTS } from "@ksherproof/spec";
import { Chance } from "../chance.js";
import type { Fault } from "../faults/fault.js";
import type { Served } from "../served.js";
import type { MerchantAct, Spoil } from "./scenario.js";

/** One call of a scenario's merchant. */
export interface MerchantCall {
  readonly act: Exclude<MerchantAct, "receive_webhooks">;
  readonly order: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly spoil?: Spoil;
}

/** The merchant of a scenario: any client that gives outcomes. */
export interface MerchantPort {
  call(call: MerchantCall): Promise<string>;
}

/** What a plain merchant is made from. */
export interface PlainMerchantOptions {
  readonly served: Served;
  readonly appid: string;
  readonly signer: Signer;
  readonly otherSigner: Signer;
  readonly verifier: Verifier;
  readonly seed: number;
}

const PATHS = {
  create: ENDPOINTS.gateway_pay.path,
  cancel: ENDPOINTS.cancel_order.path,
  query: ENDPOINTS.gateway_order_query.path,
} as const;

/** A merchant that speaks to a served gateway in the same process: core's rules, no sockets, nothing random but the seed. */
export function plainMerchant(options: PlainMerchantOptions): MerchantPort {
  const { served, appid, verifier } = options;
  const chance = new Chance(options.seed);
  return {
    async call({ act, order, fields, spoil }) {
      const params = new Map([
        ["appid", appid],
        ["mch_order_no", order],
        ["nonce_str", chance.text(32, "0123456789abcdef")],
        ["time_stamp", timeStamp(served.gateway.clock.now())],
        ...(act === "create" ? Object.entries(CREATE_DEFAULTS) : []),
        ...Object.entries(fields ?? {}),
        ...Object.entries(spoil?.set ?? {}),
      ]);
      for (const name of spoil?.remove ?? []) params.delete(name);
      const answer = await exchange(served, PATHS[act], encodeForm(signed(params, spoil, options)));
      if (answer === null) return "unknown";
      if (act === "cancel") return cancelOutcome(answer).outcome;
      if (act === "query") return queryOutcome(answer, verifier, { mch_order_no: order, appid }).outcome;
      const { code } = JSON.parse(new TextDecoder().decode(answer.body)) as { readonly code: number };
      return code === 0 ? "created" : "rejected";
    },
  };
}

const CREATE_DEFAULTS = { total_fee: "2000", fee_type: "THB", channel_list: "promptpay,card" };

function signed(params: Params, spoil: Spoil | undefined, options: PlainMerchantOptions): Params {
  const canonical = canonicalText(params);
  switch (spoil?.sign) {
    case "missing":
      return params;
    case "wrong":
      return new Map([...params, ["sign", signText(`${canonical} `, options.signer)]]);
    case "other_key":
      return new Map([...params, ["sign", signText(canonical, options.otherSigner)]]);
    case "over_other_order": {
      const other = canonicalText(new Map([...params, ["mch_order_no", "another order"]]));
      return new Map([...params, ["sign", signText(other, options.signer)]]);
    }
    case undefined:
      return new Map([...params, ["sign", signText(canonical, options.signer)]]);
  }
}

/** One call without sockets; null where a fault lets no whole answer through. */
async function exchange(served: Served, path: string, form: string): Promise<Answer | null> {
  const body = encodeUtf8(form);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const routed = await served.route(
    {
      method: "POST",
      target: path,
      path,
      httpVersion: "1.1",
      rawHeaders: Object.entries(headers).flat(),
      headers,
      body,
      connection: 0,
      tls: false,
      startedAt: 0,
    },
    path,
  );
  if (!("answer" in routed)) return null;
  const complete = routed.transport === undefined || routed.transport.ending === "complete";
  routed.finish?.(
    { bytes: complete ? routed.answer.body.length : 0, ending: complete ? "complete" : "cut" },
    0,
  );
  return complete ? routed.answer : null;
}

export type { Fault };
