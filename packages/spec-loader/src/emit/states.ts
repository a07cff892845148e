import type { Specs } from "../model.js";
import { list, module, record, union } from "./module.js";

/** generated/states.ts: the life of an order. */
export function statesModule({ states }: Specs): string {
  return module("specs/states.yaml", [
    union(
      "The states of an order.",
      "ORDER_STATES",
      "OrderState",
      states.states.map(({ state }) => state),
    ),
    union(
      "What moves an order.",
      "ORDER_EVENTS",
      "OrderEvent",
      states.events.map(({ event }) => event),
    ),
    `/** The state of a new order. */\nexport const INITIAL_STATE = ${JSON.stringify(states.initial)};\n`,
    record(
      "What each state is: its link, whether it is paid, what a cancel and a query answer by default and which setting of the simulator decides otherwise.",
      "STATES",
      Object.fromEntries(states.states.map(({ state, ...rest }) => [state, rest])),
    ),
    list("The events with who makes them and what they need.", "EVENTS", states.events),
    list(
      "Every transition; `same` leaves the state as it is. What is not here may not happen.",
      "TRANSITIONS",
      states.transitions,
    ),
    [
      "/** Where an event leads from a state, or undefined where it may not happen. */",
      "export function targetOf(state: OrderState, event: OrderEvent): OrderState | undefined {",
      "  const found = TRANSITIONS.find((row) => row.event === event && (row.from as readonly OrderState[]).includes(state));",
      '  return found?.to === "same" ? state : found?.to;',
      "}",
      "",
    ].join("\n"),
  ]);
}
