import { type AnswerRule, endpointPath } from "./answer-rule.js";
import type { PreparedOrder } from "./order-state.js";
import { CUSTOMER_ACTS, parseAnswerWhat, parseState, scalar } from "./probe/parse.js";
import { Node } from "./probe/shape.js";

/** What the gateway does in an intercepted run (specs/schemas/intercept-scenario.schema.json). */
export interface InterceptScenario {
  readonly orders: readonly PreparedOrder[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly answers: readonly AnswerRule[];
}

/** Reads a scenario from its plain value (YAML or JSON). Throws `ProbeScriptError` with the place. */
export function parseInterceptScenario(value: unknown): InterceptScenario {
  const { orders, settings, answers } = new Node(value).members(["orders", "settings", "answers"]);
  return {
    orders: (orders?.entries() ?? []).map(([mch_order_no, node]) => ({
      mch_order_no,
      state: parseState(node),
    })),
    settings: Object.fromEntries((settings?.entries() ?? []).map(([name, node]) => [name, scalar(node)])),
    answers: (answers?.list() ?? []).map(parseRule),
  };
}

function parseRule(node: Node): AnswerRule {
  const members = node.members(["to", "order", "nth", "times", "what", "before", "after"]);
  const { to, order, nth, times, what, before, after } = members;
  if (!what && !before && !after)
    throw node.fail("Expected what is answered, or what the customer does before or after.");
  const endpoint = to === undefined ? null : endpointPath(to.one(["cancel", "query", "create", "any"]));
  const acts = (list: Node | undefined) => list?.oneOrMany().map((one) => one.one(CUSTOMER_ACTS));
  const [earlier, later] = [acts(before), acts(after)];
  return {
    ...(endpoint === null ? {} : { endpoint }),
    ...(order === undefined ? {} : { mch_order_no: order.text() }),
    nth: nth?.whole(1, 1_000_000) ?? 1,
    times: times?.value === "always" ? 0 : (times?.whole(1, 1_000_000) ?? 1),
    ...(what === undefined ? {} : parseAnswerWhat(what, endpoint)),
    ...(earlier === undefined ? {} : { before: earlier }),
    ...(later === undefined ? {} : { after: later }),
  };
}
