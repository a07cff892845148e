import type { Explanation, Observation, Params } from "@ksherproof/core";
import type { ArrivedRequest, Ending, OrderState, WireAnswer } from "@ksherproof/gateway";
import type { Arrival } from "./proxy.js";

/** One request that the client sent to a gateway host, what it got, and what it shows. */
export interface Call {
  /** From 1 in its run. */
  readonly seq: number;
  readonly arrival: Arrival;
  readonly request: ArrivedRequest;
  /** `/cancel_order` and so on; null for what is no endpoint of the protocol. */
  readonly endpoint: string | null;
  readonly params: Params | null;
  readonly signature: "valid" | "wrong" | "unchecked";
  readonly canonical: string | null;
  /** What stood in for the gateway's own answer, in words; empty for most. */
  readonly scripted: string;
  readonly answer: WireAnswer;
  /** The answer's code, where it has one. */
  readonly code: number | null;
  /** `data.result` of a query answer. */
  readonly result: string | null;
  readonly stateBefore: OrderState | null;
  readonly stateAfter: OrderState | null;
  readonly observations: readonly Observation[];
  /** What is worth saying and breaks nothing. */
  readonly notes: readonly string[];
  ending: Ending;
  endedAt: number | null;
}

/** The doctor's explanation of a call's signature, where it is wrong. */
export function explanationOf(call: Call): Explanation | null {
  return call.observations.find(({ explanation }) => explanation !== undefined)?.explanation ?? null;
}

/** The order that a call is about, or an empty text. */
export function orderOf({ params }: Pick<Call, "params">): string {
  return params?.get("mch_order_no") ?? "";
}

type Given = Omit<Call, "signature" | "canonical" | "code" | "result" | "ending" | "endedAt">;

/** A call from what was seen of it; what its signature and answer mean is read from them. */
export function callOf(given: Given): Call {
  const wrong = given.observations.find(({ explanation }) => explanation)?.explanation;
  const right = given.observations.some(({ requirement, holds }) => requirement === "SIG-001" && holds);
  const { code, result } = meaningOf(given.answer);
  return {
    ...given,
    signature: right ? "valid" : wrong ? "wrong" : "unchecked",
    canonical: wrong?.canonical ?? null,
    code,
    result,
    ending: "running",
    endedAt: null,
  };
}

function meaningOf(answer: WireAnswer): { readonly code: number | null; readonly result: string | null } {
  try {
    const body = JSON.parse(Buffer.from(answer.body).toString("utf8")) as {
      readonly code?: unknown;
      readonly data?: { readonly result?: unknown };
    } | null;
    const { code, data } = body ?? {};
    return {
      code: typeof code === "number" ? code : null,
      result: typeof data?.result === "string" ? data.result : null,
    };
  } catch {
    return { code: null, result: null };
  }
}
