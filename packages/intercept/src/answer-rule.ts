import { isDeepStrictEqual } from "node:util";
import { UsageError } from "@ksherproof/core";
import {
  type CancelCode,
  type CustomerAct,
  FAULT_KINDS,
  type Fault,
  faultRow,
  refusalAnswer,
  type WireAnswer,
} from "@ksherproof/gateway";
import { CANCEL_CODES, ENDPOINTS, QUERY_RESULTS } from "@ksherproof/spec";

/** What the gateway answers in place of what it would: a documented code, a fault, or another `result` in signed data. */
export interface AnswerRule {
  /** The endpoint's path, `/cancel_order`; any where it is not given. */
  readonly endpoint?: string;
  readonly mch_order_no?: string;
  /** The first call that fits and is hit, from 1. */
  readonly nth?: number;
  /** How many calls in a row are hit; 0 for all from then on. */
  readonly times?: number;
  /** Answered without asking the order machine: nothing changes, whatever the code says. */
  readonly code?: CancelCode;
  readonly faults?: readonly Fault[];
  /** What the customer does just before the gateway acts. */
  readonly before?: readonly CustomerAct[];
  /** What the customer does just after the gateway has acted. */
  readonly after?: readonly CustomerAct[];
}

const SHORT: Readonly<Record<string, string>> = {
  cancel: ENDPOINTS.cancel_order.path,
  query: ENDPOINTS.gateway_order_query.path,
  create: ENDPOINTS.gateway_pay.path,
  cancel_order: ENDPOINTS.cancel_order.path,
  gateway_order_query: ENDPOINTS.gateway_order_query.path,
  gateway_pay: ENDPOINTS.gateway_pay.path,
};

/** The path of an endpoint by short or full name, null for "any". Throws `UsageError`. */
export function endpointPath(name: string): string | null {
  if (name === "any") return null;
  const path = SHORT[name.replace(/^\//, "")];
  if (path !== undefined) return path;
  throw new UsageError("answer_endpoint", `There is no endpoint ${JSON.stringify(name)}.`, {
    hint: "Expected cancel, query, create or any.",
  });
}

/**
 * Reads `cancel:-6`, `query:PENDING`, `query:signature/missing`, `cancel:drop_after_commit/close@2` (the second call
 * only) or `any:status/html@*` (every call). Throws `UsageError`.
 */
export function readAnswerRule(text: string): AnswerRule {
  const found = /^([^:]+):(.+?)(?:@(\d+|\*))?$/su.exec(text);
  if (!found?.[1] || !found[2]) {
    throw new UsageError(
      "answer_form",
      `Expected an answer as endpoint:what, found ${JSON.stringify(text)}.`,
      {
        hint: "For example: --answer cancel:-6, --answer query:PENDING, --answer cancel:drop_after_commit/close@1",
      },
    );
  }
  if (found[3] !== undefined && Number(found[3]) === 0)
    throw new UsageError("answer_form", `Calls are counted from 1, found ${JSON.stringify(text)}.`);
  const endpoint = endpointPath(found[1]);
  const nth = found[3] === undefined || found[3] === "*" ? 1 : Number(found[3]);
  const times = found[3] === undefined || found[3] === "*" ? 0 : 1;
  return { ...(endpoint === null ? {} : { endpoint }), nth, times, ...answerOf(found[2], endpoint) };
}

/** A redirect that keeps method and form, to a host whose refusal shows that the client went there (SEC-003). */
const REDIRECT: Fault = { kind: "redirect", to: "https://redirected.example/api/", status: 307 };

/**
 * A code, a `result`, or a fault's id, as the part of a rule that says what is answered; `endpoint` is the path that it is
 * for, null for any. Throws `UsageError`, also where it could change nothing in an answer of that endpoint.
 */
export function answerOf(what: string, endpoint: string | null): Pick<AnswerRule, "code" | "faults"> {
  const code = CANCEL_CODES.find((entry) => String(entry.code) === what);
  if (code) {
    if (code.code === 0 && endpoint !== null && endpoint !== ENDPOINTS.cancel_order.path)
      throw new UsageError("answer_what", `The documented answer with code 0 is that of a cancel.`, {
        hint: "For a query give the result: --answer query:SUCCESS.",
      });
    return { code: code.code };
  }
  if (QUERY_RESULTS.some(({ result }) => result === what)) {
    return { faults: [showsIn(endpoint, { kind: "edit_data", set: { result: what }, sign: "fresh" }, what)] };
  }
  const row = FAULT_KINDS.find(({ id, stage }) => id === what && stage !== "listener");
  if (row?.kind === "redirect") return { faults: [{ ...REDIRECT }] };
  if (row) return { faults: [showsIn(endpoint, row.example, what)] };
  if (/^-?\d+$/.test(what)) {
    const value = Number(what);
    return { faults: [{ kind: "code", as: "undocumented", value }] };
  }
  throw new UsageError("answer_what", `There is no answer ${JSON.stringify(what)}.`, {
    hint: "Give a code (0 to -6), a result (PENDING), or a fault; `ksherproof intercept --list-answers` prints them all.",
  });
}

/** The fault, where it changes an answer of the endpoint: one of cancel_order has no signed data. Throws `UsageError`. */
export function showsIn(endpoint: string | null, fault: Fault, name: string): Fault {
  const inData =
    fault.kind === "signature" || fault.kind === "edit_data" || ("where" in fault && fault.where === "data");
  if (!inData || endpoint !== ENDPOINTS.cancel_order.path) return fault;
  throw new UsageError(
    "answer_what",
    `${name} changes signed data, and the answer of a cancel has none: nothing would be changed.`,
    { hint: `Give it to the query: --answer query:${name}.` },
  );
}

/** One line for each answer that can be scripted: what to write, and what it does. */
export function answerLines(): readonly (readonly [what: string, means: string])[] {
  return [
    ...CANCEL_CODES.map(
      ({ code, documented }) => [String(code), `the documented code: ${documented}`] as const,
    ),
    ...QUERY_RESULTS.map(
      ({ result, outcome }) => [result, `this result in signed data: ${outcome}`] as const,
    ),
    ...FAULT_KINDS.filter(({ stage }) => stage !== "listener").map(({ id, means }) => [id, means] as const),
  ];
}

/** The rule in words. */
export function ruleWords(rule: AnswerRule): string {
  const faults = (rule.faults ?? []).map(faultWords);
  return [...(rule.code === undefined ? [] : [`code ${rule.code}`]), ...faults].join("; ");
}

function faultWords(fault: Fault): string {
  if (
    fault.kind === "edit_data" &&
    fault.sign === "fresh" &&
    QUERY_RESULTS.some(({ result }) => result === fault.set?.result)
  ) {
    return `result ${fault.set?.result}`;
  }
  if (fault.kind === "code" && fault.as === "undocumented" && fault.value !== undefined)
    return `code ${fault.value}, which is not documented`;
  const row = FAULT_KINDS.find(({ example }) => isDeepStrictEqual(example, fault)) ?? faultRow(fault);
  return row.means;
}

/** The answer of a forced code: the documented body, messages in Chinese as documented; 0 with `data`, as a success has it. */
export function forcedAnswer(code: CancelCode): WireAnswer {
  const answer = refusalAnswer(code, "cn");
  if (code !== 0) return answer;
  const [success] = CANCEL_CODES;
  const body = {
    code,
    msg: success.documented,
    data: success.data,
    message: success.documented,
  };
  return { ...answer, body: new TextEncoder().encode(JSON.stringify(body)) };
}

/** Rules in turn: each call takes those that it fits. */
export interface AnswerScript {
  next(call: { readonly endpoint: string; readonly mch_order_no: string | undefined }): readonly AnswerRule[];
}

/** A script of answers. */
export function answerScript(rules: readonly AnswerRule[]): AnswerScript {
  const entries = rules.map((rule) => ({ rule, seen: 0 }));
  return {
    next({ endpoint, mch_order_no }) {
      return entries.flatMap((entry) => {
        const { rule } = entry;
        if (rule.endpoint !== undefined && rule.endpoint !== endpoint) return [];
        if (rule.mch_order_no !== undefined && rule.mch_order_no !== mch_order_no) return [];
        entry.seen += 1;
        const first = rule.nth ?? 1;
        const times = rule.times ?? 1;
        return entry.seen >= first && (times === 0 || entry.seen < first + times) ? [rule] : [];
      });
    },
  };
}
