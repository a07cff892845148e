import { ENDPOINTS } from "@ksherproof/spec";
import type { AdjustableClock } from "../clock.js";
import { brokenInvariants } from "../invariants.js";
import type { CustomerAnswer, OrderRef } from "../order.js";
import type { Served } from "../served.js";
import type { SendWebhook } from "../webhook.js";
import type { MerchantPort } from "./merchant.js";
import {
  type CustomerAct,
  type GatewayStep,
  type MerchantStep,
  milliseconds,
  type Scenario,
  type ScenarioStep,
} from "./scenario.js";
import { sentenceOf } from "./story.js";

/** How one step went. */
export interface StepResult {
  readonly sentence: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly got: string;
}

/** How a scenario went: every step, up to and with the first that did not hold, and broken invariants of the ledger. */
export interface ScenarioResult {
  readonly id: string;
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
  readonly broken: readonly string[];
}

/** Whom a scenario is run with. */
export interface ScenarioCast {
  readonly served: Served;
  readonly clock: AdjustableClock;
  readonly appid: string;
  readonly merchant: MerchantPort;
  /** Takes webhooks; where it is not given they are accepted. */
  readonly receive?: SendWebhook;
}

const ACCEPT: SendWebhook = async () => ({ status: 200, body: '{"result":"SUCCESS","msg":"OK"}' });

/** Runs a scenario step by step, and ends at the first step that does not hold. */
export async function runScenario(scenario: Scenario, cast: ScenarioCast): Promise<ScenarioResult> {
  cast.served.gateway.change(scenario.settings ?? {});
  const steps: StepResult[] = [];
  for (const step of scenario.steps) {
    const result = { sentence: sentenceOf(step), ...(await runStep(step, scenario, cast)) };
    steps.push(result);
    if (!result.ok) break;
  }
  const broken = brokenInvariants(cast.served.gateway.ledger);
  return { id: scenario.id, ok: broken.length === 0 && steps.every(({ ok }) => ok), steps, broken };
}

type Held = Omit<StepResult, "sentence">;

async function runStep(step: ScenarioStep, scenario: Scenario, cast: ScenarioCast): Promise<Held> {
  const named = "order" in step ? step.order : undefined;
  const ref = { appid: cast.appid, mch_order_no: named ?? scenario.order ?? "order-1" };
  if ("merchant" in step) return merchantStep(step, ref, cast);
  if ("customer" in step) {
    const answer = customerAct(cast.served.gateway, step.customer, ref, step.channel);
    const got = answer.ok ? "done" : "refused";
    return held(
      step.expect ?? "done",
      answer.ok ? got : `${got}: ${answer.why}`,
      got === (step.expect ?? "done"),
    );
  }
  if ("wait" in step) {
    cast.clock.advance(milliseconds(step.wait));
    cast.served.gateway.settle();
    return held("time passes", "time passes", true);
  }
  return gatewayStep(step, ref, cast);
}

async function merchantStep(step: MerchantStep, ref: OrderRef, cast: ScenarioCast): Promise<Held> {
  const { served, merchant } = cast;
  if (step.merchant === "receive_webhooks") {
    const before = served.gateway.ledger.length;
    await served.gateway.deliverWebhooks(cast.receive ?? ACCEPT);
    const attempts = served.gateway.ledger.slice(before).filter(({ kind }) => kind === "webhook");
    const got = attempts.map(({ ok }) => (ok ? "accepted" : "not accepted")).join(", ") || "none";
    return held(String(step.expect ?? got), got, step.expect === undefined || step.expect === got);
  }
  const faults = [step.fault ?? []].flat();
  const endpoint = {
    create: ENDPOINTS.gateway_pay.path,
    cancel: ENDPOINTS.cancel_order.path,
    query: ENDPOINTS.gateway_order_query.path,
  }[step.merchant];
  if (faults.length > 0) served.faults.add({ endpoint, faults, times: step.at_once ?? 1 });
  for (const act of step.meanwhile ?? []) customerAct(served.gateway, act, ref);
  const call = {
    act: step.merchant,
    order: ref.mch_order_no,
    ...(step.fields ? { fields: step.fields } : {}),
    ...(step.spoil ? { spoil: step.spoil } : {}),
  };
  const outcomes = await Promise.all(Array.from({ length: step.at_once ?? 1 }, () => merchant.call(call)));
  served.faults.clear();
  return judge(step.expect, outcomes);
}

function judge(expect: MerchantStep["expect"], outcomes: readonly string[]): Held {
  const tally: Record<string, number> = {};
  for (const outcome of outcomes) tally[outcome] = (tally[outcome] ?? 0) + 1;
  const got = outcomes.length === 1 ? (outcomes[0] ?? "") : tallyText(tally);
  if (expect === undefined) return held("anything", got, true);
  if (typeof expect === "string")
    return held(
      expect,
      got,
      outcomes.every((outcome) => outcome === expect),
    );
  if (Array.isArray(expect)) {
    return held(
      expect.join(" or "),
      got,
      outcomes.every((outcome) => expect.includes(outcome)),
    );
  }
  const wanted = tallyText(expect as Readonly<Record<string, number>>);
  return held(wanted, tallyText(tally), wanted === tallyText(tally));
}

function tallyText(tally: Readonly<Record<string, number>>): string {
  return Object.entries(tally)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", ");
}

function gatewayStep(step: GatewayStep, ref: OrderRef, cast: ScenarioCast): Held {
  const { gateway } = cast.served;
  const order = gateway.order(ref);
  const about = gateway.ledger.filter(
    (event) => event.kind === "request" && event.ref?.mch_order_no === ref.mch_order_no,
  );
  const cancels = about.filter((event) => event.event === ENDPOINTS.cancel_order.name);
  const found = {
    state: order?.state ?? "none",
    link: order?.linkOpen ? "open" : "closed",
    cancelled: cancels.filter((event) => event.code === 0).length,
    calls: about.filter((event) => event.event !== ENDPOINTS.gateway_pay.name).length,
  };
  const asked = Object.entries(step.gateway) as [keyof typeof found, string | number][];
  const text = (of: (name: keyof typeof found) => unknown): string =>
    asked.map(([name]) => `${name} ${String(of(name))}`).join(", ");
  const expected = text((name) => step.gateway[name]);
  const got = text((name) => found[name]);
  return held(expected, got, expected === got);
}

/** Lets the customer of a scenario, or of the control API, act. */
export function customerAct(
  gateway: Served["gateway"],
  act: CustomerAct,
  ref: OrderRef,
  channel?: string,
): CustomerAnswer {
  const { customer } = gateway;
  switch (act) {
    case "open_link":
      return customer.openLink(ref);
    case "save_qr":
      return customer.saveQr(ref, channel);
    case "pay_by_link":
      return customer.payByLink(ref, channel);
    case "pay_by_qr":
      return customer.payByQr(ref, channel);
    case "start_card":
      return customer.startCard(ref, channel ?? cardChannel(gateway, ref));
    case "pass_otp":
      return customer.passOtp(ref);
    case "fail_otp":
      return customer.failOtp(ref);
    case "get_refund":
      return customer.refund(ref);
    case "let_link_expire":
      return gateway.expire(ref);
  }
}

/** The order's card channel where it offers one. */
function cardChannel(gateway: Served["gateway"], ref: OrderRef): string | undefined {
  const channels = gateway.order(ref)?.channel_list ?? [];
  return channels.find((channel) => /card|instal/.test(channel));
}

function held(expected: string, got: string, ok: boolean): Held {
  return { expected, got, ok };
}
