import { UsageError } from "@ksherproof/core";
import { type CustomerAct, type Fault, milliseconds, ORDER_STATES, readFault } from "@ksherproof/gateway";
import { CANCEL_OUTCOMES, CREATE_OUTCOMES, ENDPOINTS, QUERY_OUTCOMES, REQUIREMENTS } from "@ksherproof/spec";
import { type AnswerRule, answerOf, showsIn } from "../answer-rule.js";
import { CERTIFICATE_FLAWS } from "../authority.js";
import { preparedState } from "../order-state.js";
import type { PreparedState } from "../vocabulary.js";
import { parseEnd, parseExpectation } from "./parse-expectation.js";
import {
  type CallStep,
  type Outcome,
  type OutcomeTable,
  PROBE_OPS,
  type ProbeGatewayStep,
  type ProbeOp,
  type ProbeScript,
  type ProbeStep,
} from "./script.js";
import { Node } from "./shape.js";

export const CUSTOMER_ACTS = [
  "open_link",
  "save_qr",
  "pay_by_link",
  "pay_by_qr",
  "start_card",
  "pass_otp",
  "fail_otp",
  "get_refund",
  "let_link_expire",
] as const satisfies readonly CustomerAct[];

export const OUTCOMES: readonly Outcome[] = [
  ...new Set<Outcome>([...CANCEL_OUTCOMES, ...QUERY_OUTCOMES, ...CREATE_OUTCOMES]),
];

/** Reads a probe script from its plain value (YAML or JSON). Throws `ProbeScriptError` with the place. */
export function parseProbe(value: unknown): ProbeScript {
  const top = new Node(value).members([
    "id",
    "title",
    "requirements",
    "story",
    "run",
    "order",
    "orders",
    "settings",
    "outcomes",
    "steps",
  ]);
  const id = need(top.id, "id", value).text();
  const steps = need(top.steps, "steps", value).list().map(parseStep);
  return {
    id,
    title: top.title?.text() ?? id,
    requirements: top.requirements?.list().map(parseRequirement) ?? [],
    ...(top.story === undefined ? {} : { story: top.story.text().trim() }),
    ...(top.run === undefined ? {} : { run: top.run.text() }),
    order: top.order === undefined ? "order-1" : orderNumber(top.order),
    orders: Object.fromEntries((top.orders?.entries() ?? []).map(([name, node]) => [name, parseState(node)])),
    settings: Object.fromEntries((top.settings?.entries() ?? []).map(([name, node]) => [name, scalar(node)])),
    outcomes: top.outcomes === undefined ? [] : parseOutcomeTable(top.outcomes),
    steps,
  };
}

/** Reads a table of outcomes: which word stands for which end of the process. Throws `ProbeScriptError`. */
export function parseOutcomes(value: unknown): OutcomeTable {
  return parseOutcomeTable(new Node(value));
}

function parseOutcomeTable(node: Node): OutcomeTable {
  return node.entries().map(([name, match]) => {
    const outcome = OUTCOMES.find((one) => one === name);
    if (!outcome) throw match.fail(`There is no outcome ${name}. Expected one of: ${OUTCOMES.join(", ")}.`);
    const end = parseEnd(match.members(["exit", "stdout", "stderr"]));
    if (Object.keys(end).length === 0) throw match.fail("Expected exit, stdout or stderr.");
    return [outcome, end];
  });
}

function need(node: Node | undefined, name: string, value: unknown): Node {
  if (node) return node;
  throw new Node(value).fail(`The script has no ${name}.`);
}

function parseRequirement(node: Node): string {
  const id = node.text();
  if (Object.hasOwn(REQUIREMENTS, id)) return id;
  throw node.fail(`There is no requirement ${id}.`);
}

/** A usage error of a part, at the part's place. */
function at<T>(node: Node, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    throw node.fail(thrown.hint === undefined ? thrown.message : `${thrown.message} ${thrown.hint}`);
  }
}

/** Reads the state of a prepared order. Throws `ProbeScriptError`. */
export function parseState(node: Node): PreparedState {
  return at(node, () => preparedState(node.text()));
}

/** Reads a setting's value. Throws `ProbeScriptError`. */
export function scalar(node: Node): string | number | boolean {
  const { value } = node;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw node.expected("a text, a number, true or false");
}

function orderNumber(node: Node): string {
  const number = node.text();
  if ([...number].length > 32) throw node.fail("An order number has at most 32 characters (REQ-004).");
  return number;
}

const KINDS = ["call", "customer", "wait", "gateway"] as const;

function parseStep(node: Node): ProbeStep {
  const names = node.entries().map(([name]) => name);
  const kind = KINDS.find((one) => names.includes(one));
  if (!kind) throw node.fail("Expected a step with call, customer, wait or gateway.");
  switch (kind) {
    case "call":
      return parseCall(node);
    case "customer": {
      const { customer, order, because } = node.members(["customer", "order", "because"]);
      return { customer: (customer ?? node).one(CUSTOMER_ACTS), ...common(order, because) };
    }
    case "wait": {
      const { wait, because } = node.members(["wait", "because"]);
      const ms = milliseconds((wait ?? node).text());
      if (Number.isNaN(ms)) throw (wait ?? node).expected("a time such as 31 min");
      return { wait: ms, ...common(undefined, because) };
    }
    case "gateway":
      return parseGateway(node);
  }
}

function parseGateway(node: Node): ProbeGatewayStep {
  const { gateway, order, because } = node.members(["gateway", "order", "because"]);
  const { state, link, calls } = (gateway ?? node).members(["state", "link", "calls"]);
  return {
    gateway: {
      ...(state === undefined ? {} : { state: state.one([...ORDER_STATES, "none"]) }),
      ...(link === undefined ? {} : { link: link.one(["open", "closed"]) }),
      ...(calls === undefined ? {} : { calls: calls.whole(0, 1_000_000) }),
    },
    ...common(order, because),
  };
}

function parseCall(node: Node): CallStep {
  const members = node.members([
    "call",
    "order",
    "at_once",
    "answer",
    "meanwhile",
    "certificate",
    "expect",
    "because",
  ]);
  const op = (members.call ?? node).one(PROBE_OPS);
  const { at_once, answer, meanwhile, certificate, expect } = members;
  if (!expect) throw node.fail("A call without expect shows nothing: say what is expected.");
  return {
    call: op,
    ...(at_once === undefined ? {} : { at_once: at_once.whole(2, 64) }),
    ...(answer === undefined ? {} : { answer: answer.oneOrMany().map((one, i) => parseAnswer(one, op, i)) }),
    ...(meanwhile === undefined
      ? {}
      : { meanwhile: meanwhile.oneOrMany().map((one) => one.one(CUSTOMER_ACTS)) }),
    ...(certificate === undefined ? {} : { certificate: certificate.one(CERTIFICATE_FLAWS) }),
    expect: parseExpectation(expect, OUTCOMES),
    ...common(members.order, members.because),
  };
}

function common(order: Node | undefined, because: Node | undefined) {
  return {
    ...(order === undefined ? {} : { order: orderNumber(order) }),
    ...(because === undefined ? {} : { because: because.text() }),
  };
}

/** `-6`, `PENDING`, `status/html` or a fault as a mapping; `@*` behind it for every request from there on. */
function parseAnswer(node: Node, op: ProbeOp, index: number): AnswerRule {
  const paths = {
    cancel: ENDPOINTS.cancel_order.path,
    query: ENDPOINTS.gateway_order_query.path,
    create: ENDPOINTS.gateway_pay.path,
  };
  const base = { endpoint: paths[op], nth: index + 1, times: 1 };
  if (typeof node.value !== "string" || !node.value.endsWith("@*"))
    return { ...base, ...parseAnswerWhat(node, base.endpoint) };
  const what = new Node(node.value.slice(0, -2), node.path);
  return { ...base, times: 0, ...parseAnswerWhat(what, base.endpoint) };
}

/** What an endpoint answers: a code, a result, a fault's id, or a fault as a mapping. Throws `ProbeScriptError`. */
export function parseAnswerWhat(node: Node, endpoint: string | null): Pick<AnswerRule, "code" | "faults"> {
  if (typeof node.value === "object") {
    const fault = parseFault(node);
    return { faults: [at(node, () => showsIn(endpoint, fault, fault.kind))] };
  }
  const text = typeof node.value === "number" ? String(node.value) : node.text();
  return at(node, () => answerOf(text, endpoint));
}

function parseFault(node: Node): Fault {
  const kind = node.entries().find(([name]) => name === "kind")?.[1];
  if (!kind) throw node.fail("A fault has a kind, such as { kind: delay, ms: 3000 }.");
  return at(node, () => readFault(node.value, String(node.path.at(-1))));
}
