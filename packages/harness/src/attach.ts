import { encodeForm, encodeUtf8, judgeRequest, signedRequest, timeStamp } from "@ksherproof/core";
import {
  createGateway,
  createWorlds,
  type Exchange,
  serve,
  signatureForger,
  startServer,
  VirtualClock,
} from "@ksherproof/gateway";
import { describeExchange } from "./called.js";
import type { Evidence } from "./evidence.js";
import { type Profile, underProfile } from "./observed.js";
import { ENDPOINT_PATHS_BY_OPERATION } from "./protocol.js";
import { redactor } from "./redact.js";
import { belongs, type Level, REQUIREMENT_IDS, requirementOf } from "./requirements.js";
import { DEFAULT_RUNS, type RunEvent } from "./run-events.js";
import { leakIn, secretsOf } from "./secrets.js";
import { newStageKey, type StageKey } from "./stage-keys.js";
import type { RequirementVerdict } from "./verdicts.js";
import { wireVerdict } from "./wire-verdicts.js";

/** Orders that wait for the client: what to ask of each, and what the gateway will answer. */
export const ATTACH_ORDERS = [
  { mch_order_no: "OPEN-1", is: "open", expect: "cancel gives code 0; a query then says CLOSED" },
  { mch_order_no: "PAID-1", is: "paid", expect: "cancel gives code -4; a query says SUCCESS" },
  { mch_order_no: "CANCELLED-1", is: "cancelled", expect: "cancel gives code -5; a query says CLOSED" },
  { mch_order_no: "CARD-1", is: "a card payment in progress", expect: "cancel gives code -6" },
  { mch_order_no: "NONE-1", is: "no order", expect: "cancel gives code -3" },
] as const;

/** One request that came, and what it broke. */
export interface Attached {
  readonly line: string;
  readonly broken: readonly { readonly requirement: string; readonly detail: string }[];
}

/** A gateway that waits for a client which somebody starts by hand, in a debugger. */
export interface AttachedStage {
  readonly baseUrl: string;
  readonly appid: string;
  readonly merchant: StageKey;
  readonly gateway: StageKey;
  /** Ends the listener and judges what came; the events are those of a run. */
  finish(asked: { readonly level: Level; readonly profile: Profile; readonly seed: number }): Promise<void>;
}

/** Opens the gateway; `on` hears the run's events, `came` each request as it is judged. */
export async function attach(options: {
  readonly port: number;
  readonly seed: number;
  readonly on: (event: RunEvent) => void;
  readonly came: (request: Attached) => void;
}): Promise<AttachedStage> {
  const appid = "mch35000";
  const [merchant, gatewayKey, stranger] = [newStageKey(1024), newStageKey(1024), newStageKey(1024)];
  const gateway = createGateway({
    merchants: [{ appid, verifier: merchant.verifier }],
    signer: gatewayKey.signer,
    clock: new VirtualClock(),
    seed: options.seed,
  });
  const ref = (mch_order_no: string) => ({ appid, mch_order_no });
  for (const { mch_order_no, is } of ATTACH_ORDERS)
    if (is !== "no order") gateway.createOrder(ref(mch_order_no));
  gateway.customer.payByLink(ref("PAID-1"));
  gateway.customer.startCard(ref("CARD-1"));
  const cancel = new Map([
    ["appid", appid],
    ["mch_order_no", "CANCELLED-1"],
    ["nonce_str", "before-the-client-came"],
    ["time_stamp", timeStamp(gateway.clock.now())],
  ]);
  gateway.handle({
    method: "POST",
    path: ENDPOINT_PATHS_BY_OPERATION.cancel,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: encodeUtf8(encodeForm(signedRequest(cancel, merchant.signer))),
  });
  const forge = signatureForger(gatewayKey.privatePkcs8);
  const keys = { otherSigner: stranger.signer, merchantSigner: merchant.signer, forge };
  const served = serve({ id: "attach", gateway, keys });
  const worlds = createWorlds(served);
  const evidence: Evidence[] = [];
  const nonces = new Map<string, string>();
  const judged = new WeakSet<Exchange>();
  served.watch((exchange) => {
    if (judged.has(exchange)) return;
    judged.add(exchange);
    const shown = judgeExchange(exchange, appid, merchant, nonces);
    evidence.push(...shown);
    const broken = shown.filter(({ verdict }) => verdict === "fail");
    options.came({ line: describeExchange(exchange), broken });
    for (const { requirement, check, detail } of broken)
      options.on({ event: "failure", requirement, check, detail });
  });
  const server = await startServer({ route: worlds.route, port: options.port });
  const began = performance.now();
  return {
    baseUrl: `${server.url}${worlds.pathOf("attach")}`,
    appid,
    merchant,
    gateway: gatewayKey,
    async finish({ level, profile, seed }) {
      await server.close();
      const client = {
        protocol: 1 as const,
        name: "attached client",
        version: "unknown",
        language: "unknown",
        ops: [],
        concurrent: false,
        tls: false,
      };
      const { on } = options;
      on({ event: "begin", client, level, profile, only: [], seed, runs: DEFAULT_RUNS, checks: 0 });
      const verdicts = verdictsOf(underProfile(evidence, profile), level);
      const redact = redactor(secretsOf(merchant));
      for (const verdict of verdicts) on({ event: "requirement", verdict, redact });
      on({
        event: "end",
        conforms: verdicts.length > 0 && verdicts.every(({ verdict }) => verdict === "pass"),
        interrupted: false,
        raw_client: false,
        not_run: [],
        cells: { touched: {}, gaps: [] },
        exchanges: served.exchanges.length,
        elapsed_ms: Math.round(performance.now() - began),
      });
    },
  };
}

function judgeExchange(
  exchange: Exchange,
  appid: string,
  merchant: StageKey,
  nonces: Map<string, string>,
): readonly Evidence[] {
  const seen = judgeRequest(exchange.request, {
    endpoints: Object.values(ENDPOINT_PATHS_BY_OPERATION),
    verifierOf: (asked) => (asked === appid ? merchant.verifier : undefined),
    nonces,
    now: Date.now(),
  });
  const leak = leakIn(exchange.request, secretsOf(merchant));
  const secret = {
    requirement: "SEC-001",
    holds: leak === null,
    detail: leak ? `The private key is in ${leak}.` : "No part of the private key was in the request.",
    explanation: undefined,
  };
  return [...seen, secret].map(({ requirement, holds, detail, explanation }) => ({
    requirement,
    check: "wire",
    verdict: holds ? "pass" : "fail",
    detail,
    story: [{ who: "client", what: describeExchange(exchange) }],
    exchanges: [exchange],
    ...(explanation === undefined || holds
      ? {}
      : {
          explanation,
          ...(explanation.signedText === null
            ? {}
            : { canonical: { right: explanation.canonical, other: explanation.signedText } }),
        }),
  }));
}

/** A verdict for each requirement of the level that the wire showed something of. */
function verdictsOf(all: readonly Evidence[], level: Level): readonly RequirementVerdict[] {
  return REQUIREMENT_IDS.filter(
    (id) => belongs(requirementOf(id), level) && all.some(({ requirement }) => requirement === id),
  ).map((id) => wireVerdict(id, all, ""));
}
