import { decodeForm, encodeForm, encodeUtf8, type Observation, type Params } from "@ksherproof/core";
import {
  type AdjustableClock,
  type ArrivedRequest,
  type CustomerAct,
  createGateway,
  customerAct,
  type GatewaySettings,
  type OrderRef,
  PLAIN_TRANSPORT,
  type Served,
  serve,
  signatureForger,
  type Transport,
  textAnswer,
  type WireAnswer,
} from "@ksherproof/gateway";
import { ENDPOINTS } from "@ksherproof/spec";
import { type AnswerRule, answerScript, forcedAnswer, ruleWords } from "./answer-rule.js";
import { type Call, callOf } from "./call.js";
import { notesOf } from "./call-notes.js";
import { foreignAnswer, placeOf } from "./foreign.js";
import type { GatewayKey } from "./gateway-key.js";
import { type Judging, judgeCall } from "./judge-call.js";
import { claimedMerchant, type InterceptMerchant, uncheckedVerifier } from "./merchant.js";
import { type PreparedOrder, prepareOrder } from "./order-state.js";
import type { Arrival } from "./proxy.js";
import { type PublishedAnswer, tampered } from "./published.js";

/** What the simulated gateway behind the proxy is made from. */
export interface CounterpartOptions {
  readonly merchants: readonly InterceptMerchant[];
  /** Whether merchants that nobody registered are let in, their signatures unchecked. */
  readonly anyMerchant: boolean;
  readonly orders: readonly PreparedOrder[];
  readonly answers: readonly AnswerRule[];
  readonly settings?: Partial<GatewaySettings>;
  /** Loads the published answers; asked at the first query of an order that is not here. */
  readonly published: () => Promise<readonly PublishedAnswer[]>;
  /** Published answers are changed before they are served (QRY-003). */
  readonly tamper: boolean;
  readonly key: GatewayKey;
  readonly strangerKey: GatewayKey;
  readonly clock: AdjustableClock;
  /** Hosts that the user added: their endpoints may have any prefix. */
  readonly addedHosts: readonly string[];
}

/** An answer for the proxy to send, and the call that it belongs to. */
export interface Answered {
  readonly answer: WireAnswer;
  readonly transport: Transport;
  readonly call: Call;
}

/** The simulated gateway as an intercepted client meets it. */
export interface Counterpart {
  readonly served: Served;
  readonly judging: Judging;
  answer(request: ArrivedRequest, arrival: Arrival): Promise<Answered>;
  /** The customer acts; why the gateway did not let it happen, or null. */
  act(what: CustomerAct, ref: OrderRef): string | null;
  /** Other answers from now on. */
  script(rules: readonly AnswerRule[]): void;
  /** How many published answers were served. */
  readonly publishedServed: number;
}

/** Makes the simulated gateway, its merchants and orders. Throws `UsageError` for a setting that there is not. */
export function createCounterpart(options: CounterpartOptions): Counterpart {
  const { merchants, key, strangerKey } = options;
  const gateway = createGateway({
    merchants: merchants.map(({ appid, verifier }) => ({ appid, verifier })),
    signer: key.signer,
    clock: options.clock,
    seed: 1,
    ...(options.settings ? { settings: options.settings } : {}),
  });
  const merchantSigner = merchants.find(({ signer }) => signer)?.signer;
  const served = serve({
    id: "intercept",
    gateway,
    keys: {
      otherSigner: strangerKey.signer,
      forge: signatureForger(key.privatePem),
      ...(merchantSigner ? { merchantSigner } : {}),
    },
  });
  const judging: Judging = {
    verifiers: new Map(merchants.map(({ appid, verifier }) => [appid, verifier])),
    secrets: merchants.flatMap(({ secrets }) => secrets),
    nonces: new Map(),
  };
  let script = answerScript(options.answers);
  let seq = 0;
  let publishedServed = 0;
  let published: readonly PublishedAnswer[] | undefined;
  const act = (what: CustomerAct, ref: OrderRef): string | null => {
    const answer = customerAct(gateway, what, ref);
    return answer.ok ? null : answer.why;
  };
  const cancel = (ref: OrderRef): void => {
    const known = gateway.merchants.find(({ appid }) => appid === ref.appid);
    gateway.addMerchant({ appid: ref.appid, verifier: uncheckedVerifier(8) });
    const params = new Map(Object.entries({ ...ref, nonce_str: "prepared", time_stamp: "prepared" }));
    params.set("sign", "00".repeat(8));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    gateway.take({
      method: "POST",
      path: ENDPOINTS.cancel_order.path,
      headers,
      body: encodeUtf8(encodeForm(params)),
    });
    if (known) gateway.addMerchant(known);
  };
  const prepareFor = (merchant: string): void => {
    for (const { mch_order_no, state, appid } of options.orders) {
      if (appid === undefined || appid === merchant)
        prepareOrder(gateway, { appid: merchant, mch_order_no }, state, act, cancel);
    }
  };
  for (const { appid } of merchants) prepareFor(appid);

  /** Lets in a merchant that nobody registered, where that was asked for. */
  function admit(body: Uint8Array): void {
    const claimed = options.anyMerchant ? claimedMerchant(body) : null;
    if (!claimed || judging.verifiers.has(claimed.appid)) return;
    const before = gateway.merchants.find(({ appid }) => appid === claimed.appid);
    gateway.addMerchant({ appid: claimed.appid, verifier: uncheckedVerifier(claimed.bytes) });
    if (!before) prepareFor(claimed.appid);
  }

  /** The published answer about an order that is not here, or that was cancelled here as it was there. */
  async function publishedFor(endpoint: string, params: Params | null): Promise<string | null> {
    if (endpoint !== ENDPOINTS.gateway_order_query.path || !params) return null;
    const number = params.get("mch_order_no");
    const order = gateway.order({ appid: params.get("appid") ?? "", mch_order_no: number ?? "" });
    if (order !== undefined && order.state !== "cancelled") return null;
    published ??= await options.published();
    const found = published.find(({ mch_order_no }) => mch_order_no === number);
    if (!found || (order !== undefined && found.result !== "CLOSED")) return null;
    return options.tamper ? tampered(found) : found.body;
  }

  /** One call of an endpoint: what the customer does meanwhile, what stands in for the answer, or the gateway's own. */
  async function callEndpoint(request: ArrivedRequest, endpoint: string, params: Params | null) {
    const number = params?.get("mch_order_no");
    const ref = { appid: params?.get("appid") ?? "", mch_order_no: number ?? "" };
    const rules = script.next({ endpoint, mch_order_no: number });
    for (const rule of rules) for (const one of rule.before ?? []) act(one, ref);
    const after = (): void => {
      for (const rule of rules) for (const one of rule.after ?? []) act(one, ref);
    };
    const words = rules.map(ruleWords).filter(Boolean).join("; ");
    const forced = rules.find(({ code }) => code !== undefined)?.code;
    const genuine = forced === undefined ? await publishedFor(endpoint, params) : null;
    if (forced !== undefined || genuine !== null) {
      after();
      if (genuine === null) return { answer: forcedAnswer(forced ?? -1), transport: PLAIN_TRANSPORT, words };
      publishedServed += 1;
      const said = options.tamper ? "a published answer, changed" : "a published answer";
      const answer = textAnswer(200, "application/json; charset=utf-8", genuine);
      return { answer, transport: PLAIN_TRANSPORT, words: said };
    }
    const faults = rules.flatMap((rule) => rule.faults ?? []);
    served.faults.clear();
    if (faults.length > 0) served.faults.add({ faults });
    const routed = await served.route(request, endpoint);
    after();
    if (!("answer" in routed)) throw new Error("an endpoint took its response over");
    return { answer: routed.answer, transport: routed.transport ?? PLAIN_TRANSPORT, words };
  }

  return {
    served,
    judging,
    act,
    script(rules) {
      script = answerScript(rules);
    },
    get publishedServed() {
      return publishedServed;
    },
    async answer(request, arrival) {
      seq += 1;
      const number = seq;
      const place = placeOf(arrival.host, request.path, options.addedHosts);
      const decoded = decodeForm(request.body);
      const params = decoded.ok ? decoded.value : null;
      const ref = {
        appid: params?.get("appid") ?? "",
        mch_order_no: params?.get("mch_order_no") ?? "",
      };
      admit(request.body);
      const judged: readonly Observation[] = judgeCall(request, arrival, place, judging);
      const before = gateway.order(ref)?.state ?? null;
      const { answer, transport, words } =
        place.kind === "endpoint"
          ? await callEndpoint(request, place.path, params)
          : { answer: foreignAnswer(place, request.path, key.signer), transport: PLAIN_TRANSPORT, words: "" };
      return {
        answer,
        transport,
        call: callOf({
          seq: number,
          arrival,
          request,
          endpoint: place.kind === "endpoint" ? place.path : null,
          params,
          scripted: words,
          answer,
          observations: judged,
          stateBefore: before,
          stateAfter: gateway.order(ref)?.state ?? null,
          notes: notesOf(place.kind, request, params, judging.verifiers, options.anyMerchant),
        }),
      };
    },
  };
}
