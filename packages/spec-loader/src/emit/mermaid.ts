import type { States } from "../model.js";

/** The order machine as a Mermaid state diagram; events that change no state are left out. */
export function mermaid({ initial, states, transitions }: States): string {
  const edges = transitions
    .filter(({ to }) => to !== "same")
    .flatMap(({ event, from, to, setting }) =>
      from.map((state) => `  ${state} --> ${to}: ${event}${setting === null ? "" : ` (setting ${setting})`}`),
    );
  const notes = states.map(
    ({ state, cancel, result }) => `  ${state}: ${state}<br/>cancel ${cancel}, query ${result}`,
  );
  return ["stateDiagram-v2", `  [*] --> ${initial}`, ...notes, ...edges, ""].join("\n");
}
