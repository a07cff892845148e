import {
  CANCEL_CODES,
  CREATE_CODES,
  ENDPOINTS,
  ORDER_STATES,
  QUERY_CODES,
  QUERY_RESULTS,
  STATES,
} from "@ksherproof/spec";
import { colours } from "../output.js";

/** What a code, a result or a state of an order means in one place. */
export interface Meaning {
  readonly kind: "code" | "result" | "state";
  /** The endpoint whose answer says it; null for a state, which no answer says. */
  readonly endpoint: string | null;
  readonly meaning: string;
  /** What a caller may believe; null for a state. */
  readonly outcome: string | null;
  readonly act: string;
  readonly requirements: readonly string[];
}

/** What `spec show` prints of a word as JSON (specs/schemas/cli-spec-show.schema.json). */
export interface ShownWord {
  readonly word: string;
  readonly meanings: readonly Meaning[];
}

const CODES = [
  [ENDPOINTS.cancel_order.name, CANCEL_CODES],
  [ENDPOINTS.gateway_order_query.name, QUERY_CODES],
  [ENDPOINTS.gateway_pay.name, CREATE_CODES],
] as const;

/** Every meaning of a code such as -4, a result such as CLOSED, or a state such as paid_late; null where there is none. */
export function shownWord(word: string): ShownWord | null {
  const meanings: Meaning[] = [];
  for (const [endpoint, rows] of CODES)
    for (const { code, meaning, outcome, act, requirements } of rows)
      if (`${code}` === word) meanings.push({ kind: "code", endpoint, meaning, outcome, act, requirements });
  for (const { result, meaning, outcome, act, requirements } of QUERY_RESULTS)
    if (result === word.toUpperCase())
      meanings.push({
        kind: "result",
        endpoint: ENDPOINTS.gateway_order_query.name,
        meaning,
        outcome,
        act,
        requirements,
      });
  for (const name of ORDER_STATES) {
    if (name !== word.toLowerCase()) continue;
    const { means, cancel, result, requirements } = STATES[name];
    const act = `Cancelling answers ${cancel}, a query answers ${result}.`;
    meanings.push({ kind: "state", endpoint: null, meaning: means, outcome: null, act, requirements });
  }
  return meanings.length === 0 ? null : { word, meanings };
}

/** The same for people. */
export function wordText({ word, meanings }: ShownWord): string {
  return meanings
    .map(({ kind, endpoint, meaning, outcome, act, requirements }) => {
      const where = endpoint === null ? "a state of an order" : `a ${kind} of ${endpoint}`;
      const believed = outcome === null ? "" : `: ${outcome}`;
      const says = /[.!?]$/.test(meaning) ? meaning : `${meaning}.`;
      return `${colours.bold(word)}  ${where}${believed}\n  ${says}\n  ${act}\n  See ${requirements.join(", ")}.`;
    })
    .join("\n\n");
}
