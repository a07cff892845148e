import { faultRow } from "../faults/kinds.js";
import type { CustomerAct, MerchantStep, Scenario, ScenarioStep } from "./scenario.js";

const CUSTOMER: Readonly<Record<CustomerAct, string>> = {
  open_link: "opens the payment link",
  save_qr: "saves the QR code",
  pay_by_link: "pays through the link",
  pay_by_qr: "pays with the saved QR code",
  start_card: "starts to pay by card",
  pass_otp: "enters the right one-time password",
  fail_otp: "enters a wrong one-time password",
  get_refund: "gets the money back",
  let_link_expire: "lets the payment link expire",
};

/** A step in words, as in a story. */
export function sentenceOf(step: ScenarioStep): string {
  const why = step.because ? ` (${step.because})` : "";
  if ("merchant" in step) return `${merchantSentence(step)}${why}`;
  if ("customer" in step) {
    const refused = step.expect === "refused" ? ", and is refused" : "";
    return `The customer ${CUSTOMER[step.customer]}${refused}${why}`;
  }
  if ("wait" in step) return `${step.wait} pass${why}`;
  const { state, link, cancelled, calls } = step.gateway;
  const held = [
    state === undefined ? "" : `holds the order as ${state.replaceAll("_", " ")}`,
    link === undefined ? "" : `has the link ${link}`,
    cancelled === undefined ? "" : `has cancelled it ${times(cancelled)}`,
    calls === undefined ? "" : `was asked ${times(calls)}`,
  ].filter((words) => words !== "");
  return `The gateway ${held.join(" and ")}${why}`;
}

function merchantSentence(step: MerchantStep): string {
  const acts = {
    create: "creates the order",
    cancel: "cancels",
    query: "queries",
    receive_webhooks: "receives what webhooks are due",
  };
  const many = step.at_once === undefined ? "" : ` ${step.at_once} times at once`;
  const spoiled = step.spoil ? `, with ${spoilWords(step.spoil)}` : "";
  const meanwhile = step.meanwhile?.length
    ? `, while the customer ${step.meanwhile.map((act) => CUSTOMER[act]).join(" and ")}`
    : "";
  const faults = [step.fault ?? []].flat().map((fault) => faultRow(fault).means);
  const fault = faults.length > 0 ? ` [${faults.join("; ")}]` : "";
  return `The merchant ${acts[step.merchant]}${many}${spoiled}${meanwhile}${fault}${expectWords(step.expect)}`;
}

function spoilWords(spoil: NonNullable<MerchantStep["spoil"]>): string {
  const words = [
    ...(spoil.sign ? [`the signature ${spoil.sign.replaceAll("_", " ")}`] : []),
    ...(spoil.remove ?? []).map((name) => `no ${name}`),
    ...Object.entries(spoil.set ?? {}).map(([name, value]) => `${name}=${JSON.stringify(value)}`),
  ];
  return words.join(" and ");
}

function expectWords(expect: MerchantStep["expect"]): string {
  if (expect === undefined) return "";
  if (typeof expect === "string") return `: ${expect.replaceAll("_", " ")}`;
  if (Array.isArray(expect)) return `: ${expect.join(" or ").replaceAll("_", " ")}`;
  const counts = Object.entries(expect).map(([outcome, count]) => `${count} ${outcome.replaceAll("_", " ")}`);
  return `: ${counts.join(", ")}`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** A scenario as a story of numbered lines. */
export function storyOf(scenario: Scenario): string {
  const lines = scenario.steps.map((step, index) => `${String(index + 1).padStart(3)}. ${sentenceOf(step)}.`);
  return [`${scenario.id}: ${scenario.title}`, ...lines, ""].join("\n");
}
