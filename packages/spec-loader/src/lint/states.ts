import { type Lint, twins } from "./report.js";

/** The order machine: names that there are, states that can be reached, one target for each event in each state. */
export function lintStates(lint: Lint): void {
  const { states, codes } = lint.specs;
  const say = (path: readonly (string | number)[], detail: string) => lint.at("states", path, detail);
  const names = new Set(states.states.map(({ state }) => state));
  for (const { row, index } of twins(states.states, ({ state }) => state))
    say(["states", index, "state"], `The state ${row.state} stands twice.`);
  for (const { row, index } of twins(states.events, ({ event }) => event))
    say(["events", index, "event"], `The event ${row.event} stands twice.`);
  if (!names.has(states.initial)) say(["initial"], `There is no state ${states.initial}.`);
  states.states.forEach(({ cancel, result }, index) => {
    if (!codes.endpoints.cancel_order?.some(({ code }) => code === cancel))
      say(["states", index, "cancel"], `cancel_order has no code ${cancel} in codes.yaml.`);
    if (!codes.results.some((row) => row.result === result))
      say(["states", index, "result"], `There is no result ${result} in codes.yaml.`);
  });
  const taken = new Set<string>();
  states.transitions.forEach(({ event, from, to }, index) => {
    if (!states.events.some((row) => row.event === event))
      say(["transitions", index, "event"], `There is no event ${event}.`);
    if (to !== "same" && !names.has(to)) say(["transitions", index, "to"], `There is no state ${to}.`);
    for (const state of from) {
      if (!names.has(state)) say(["transitions", index, "from"], `There is no state ${state}.`);
      if (taken.has(`${event} ${state}`))
        say(["transitions", index, "from"], `The event ${event} leads from ${state} to two states.`);
      taken.add(`${event} ${state}`);
    }
  });
  states.events.forEach(({ event }, index) => {
    if (!states.transitions.some((row) => row.event === event))
      say(["events", index, "event"], `The event ${event} has no transition.`);
  });
  const reached = reachable(lint);
  states.states.forEach(({ state }, index) => {
    if (!reached.has(state)) say(["states", index, "state"], `The state ${state} can never be reached.`);
  });
}

function reachable({ specs: { states } }: Lint): ReadonlySet<string> {
  const reached = new Set([states.initial]);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const { from, to } of states.transitions)
      if (to !== "same" && from.some((one) => reached.has(one))) reached.add(to);
  }
  return reached;
}
