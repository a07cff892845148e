import { ORDER_STATES } from "@ksherproof/gateway";
import { CANCEL, QUERY } from "./protocol.js";

/** How many samples a slow client was shown, and how many it was spared to keep the run bearable. */
export interface Samples {
  readonly shown: number;
  readonly spared: number;
}

/** What of state, command and fault a run has met, and what it has not. Keys are `state endpoint fault`. */
export interface Cells {
  readonly touched: Readonly<Record<string, number>>;
  readonly gaps: readonly string[];
}

/** The states in which an order may meet a call; `none` where there is no such order. */
const STATES = ["none", ...ORDER_STATES] as const;

/** Compares the cells that a run met with the whole table of the faults that it used. */
export function cellsOf(met: ReadonlyMap<string, number>, ops: readonly string[]): Cells {
  const touched = Object.fromEntries([...met].sort(([a], [b]) => (a < b ? -1 : 1)));
  const endpoints = [...(ops.includes("cancel") ? [CANCEL] : []), ...(ops.includes("query") ? [QUERY] : [])];
  const faults = [...new Set([...met.keys()].map((key) => key.split(" ")[2] ?? "plain"))].sort();
  const gaps: string[] = [];
  for (const state of STATES)
    for (const endpoint of endpoints)
      for (const fault of faults) {
        const key = `${state} ${endpoint} ${fault}`;
        if (!met.has(key)) gaps.push(key);
      }
  return { touched, gaps };
}
