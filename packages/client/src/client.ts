import {
  type Answer,
  cancelOutcome,
  encodeForm,
  type Judged,
  type Params,
  queryOutcome,
  type Rejection,
  reject,
  type Signer,
  signedRequest,
  TransportError,
  timeStamp,
  type Verifier,
} from "@ksherproof/core";
import {
  type CancelOutcome,
  type CreateOutcome,
  ENDPOINTS,
  type Language,
  type QueryOutcome,
} from "@ksherproof/spec";
import { type Confirmation, type ConfirmOptions, confirmCancel } from "./confirm.js";
import { createOutcome } from "./create-outcome.js";
import { post } from "./exchange.js";
import type { Fetch, Signal } from "./platform.js";

/** What a client is made from. Nothing is read from the environment. */
export interface ClientOptions {
  /** `https://gateway.ksher.com/api`; the endpoint's path is appended and nothing else changed. */
  readonly baseUrl: string;
  /** `mch` and digits. */
  readonly appid: string;
  /** Holds the merchant's private key. */
  readonly signer: Signer;
  /** Holds the gateway's public key. */
  readonly verifier: Verifier;
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new text of at most 32 characters at each call: `randomNonce` (REQ-008). */
  readonly nonce: () => string;
  /** For each exchange as a whole; 10,000 where it is not given. */
  readonly timeoutMs?: number;
  readonly lang?: Language;
  /** Of the time stamp; 0, which is UTC, where it is not given. */
  readonly utcOffsetMinutes?: number;
}

/** What one call may be given beside its order. */
export interface CallOptions {
  readonly signal?: Signal;
  readonly timeoutMs?: number;
}

/** What the caller may believe after a call, why where it is `unknown` or `untrusted`, and what came over the wire. */
export interface Believed<Outcome extends string> {
  readonly outcome: Outcome;
  readonly because: Rejection | null;
  /** The HTTP answer; null where there was none. */
  readonly answer: Answer | null;
}

/** A created order has its payment link. */
export interface Created extends Believed<CreateOutcome> {
  readonly payContent: string | null;
}

/** The fields of an order to create; further documented fields of gateway_pay go into `more`. */
export interface NewOrder {
  readonly mch_order_no: string;
  /** In the currency's smallest unit (satang). */
  readonly total_fee: number | string;
  readonly fee_type: string;
  /** Channels joined with a comma, without spaces. */
  readonly channel_list: string;
  readonly attach?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** A client of the gateway: outcomes, never exceptions, for all that the gateway and the network can do. */
export interface Client {
  create(order: NewOrder, options?: CallOptions): Promise<Created>;
  /** Asks the gateway each time (CXL-012). */
  cancel(mch_order_no: string, options?: CallOptions): Promise<Believed<CancelOutcome>>;
  query(mch_order_no: string, options?: CallOptions): Promise<Believed<QueryOutcome>>;
  /** Cancels, and asks by a signed query what became of the order before it says anything (RTY-003). */
  cancelAndConfirm(mch_order_no: string, options?: ConfirmOptions): Promise<Confirmation>;
}

/**
 * Makes a client. Its calls throw `UsageError` only for text that has no UTF-8.
 * @example
 * const client = createClient({ baseUrl, appid, signer, verifier, fetch, now: Date.now, nonce: randomNonce });
 * const { outcome } = await client.cancel("order-17");
 */
export function createClient(options: ClientOptions): Client {
  const call = async <O extends string>(
    endpoint: keyof typeof ENDPOINTS,
    fields: Params,
    callOptions: CallOptions,
    judge: (answer: Answer) => Judged<O>,
  ): Promise<Believed<O | "unknown">> => {
    try {
      const answer = await post({
        url: `${options.baseUrl}${ENDPOINTS[endpoint].path}`,
        form: encodeForm(signedRequest(withCommon(options, fields), options.signer)),
        fetch: options.fetch,
        now: options.now,
        timeoutMs: callOptions.timeoutMs ?? options.timeoutMs ?? 10_000,
        signal: callOptions.signal,
      });
      const { outcome, because } = judge(answer);
      return { outcome, because, answer };
    } catch (thrown) {
      if (!(thrown instanceof TransportError)) throw thrown;
      return { outcome: "unknown", because: brokenOff(thrown), answer: null };
    }
  };
  const order = (mch_order_no: string): Params => new Map([["mch_order_no", mch_order_no]]);
  const client: Client = {
    async create(wanted, callOptions = {}) {
      let payContent: string | null = null;
      const believed = await call(ENDPOINTS.gateway_pay.name, fieldsOf(wanted), callOptions, (answer) => {
        const judged = createOutcome(answer, options.verifier);
        payContent = judged.payContent;
        return judged;
      });
      return { ...believed, payContent };
    },
    cancel: (mch_order_no, callOptions = {}) =>
      call(ENDPOINTS.cancel_order.name, order(mch_order_no), callOptions, cancelOutcome),
    query: (mch_order_no, callOptions = {}) =>
      call(ENDPOINTS.gateway_order_query.name, order(mch_order_no), callOptions, (answer) =>
        queryOutcome(answer, options.verifier, { mch_order_no, appid: options.appid }),
      ),
    cancelAndConfirm: (mch_order_no, confirmOptions = {}) =>
      confirmCancel(client, mch_order_no, confirmOptions),
  };
  return client;
}

/** The common fields with a new nonce and time stamp: each call, each retry has its own (REQ-008, RTY-002). */
function withCommon(options: ClientOptions, fields: Params): Params {
  return new Map([
    ...fields,
    ["appid", options.appid],
    ["nonce_str", options.nonce()],
    ["time_stamp", timeStamp(options.now(), options.utcOffsetMinutes)],
    ...(options.lang === undefined ? [] : [["lang", options.lang] as const]),
  ]);
}

function fieldsOf(order: NewOrder): Params {
  const { more, attach, ...fields } = order;
  return new Map([
    ...Object.entries(fields).map(([name, value]) => [name, String(value)] as const),
    ...(attach === undefined ? [] : [["attach", attach] as const]),
    ...Object.entries(more ?? {}),
  ]);
}

function brokenOff(error: TransportError): Rejection {
  const requirement = error.code === "timeout" ? "RSP-008" : error.code === "connection" ? "RSP-009" : null;
  const named = error.code === "answer_too_large" ? "SEC-004" : requirement;
  return reject(error.code, named, error.message).rejection;
}
