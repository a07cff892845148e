import type { Specs } from "../model.js";

/** enums.json: every code, result, outcome, state and requirement, for other languages. */
export function enums(specs: Specs): Record<string, unknown> {
  const { protocol, codes, states, outcomes } = specs;
  return {
    languages: protocol.languages.values,
    endpoints: Object.fromEntries(
      protocol.endpoints.map(({ name, path, operation }) => [name, { path, operation }]),
    ),
    codes: Object.fromEntries(
      Object.entries(codes.endpoints).map(([endpoint, rows]) => [
        endpoint,
        rows.map(({ code, outcome, meaning, documented, final }) => ({
          code,
          outcome,
          meaning,
          documented,
          final,
        })),
      ]),
    ),
    results: codes.results.map(({ result, outcome, meaning, final }) => ({
      result,
      outcome,
      meaning,
      final,
    })),
    outcomes: Object.fromEntries(
      Object.entries(outcomes.operations).map(([operation, rows]) => [
        operation,
        rows.map(({ outcome }) => outcome),
      ]),
    ),
    states: states.states.map(({ state }) => state),
    events: states.events.map(({ event }) => event),
    transitions: states.transitions.map(({ event, from, to }) => ({ event, from, to })),
    signed_data: {
      ...Object.fromEntries(protocol.endpoints.map(({ name, signed_data }) => [name, signed_data])),
      [protocol.webhook.name]: protocol.webhook.signed_data,
      ...Object.fromEntries(protocol.signed_subsets.map(({ endpoint, members }) => [endpoint, members])),
    },
    requirements: specs.requirements.map(({ id, level, basis }) => ({ id, level, basis })),
  };
}
