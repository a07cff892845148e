import {
  checkQueryShape,
  isQueryAnswer,
  type Params,
  type Rejection,
  readingsOf,
  SIGN,
  verifyParams,
} from "@ksherproof/core";
import { CANCEL_CODES, ENDPOINTS, QUERY_CODES, QUERY_RESULTS } from "@ksherproof/spec";
import { type LoggedExchange, readExchange } from "./exchange.js";
import type { Fact } from "./fact.js";
import { factsOf } from "./facts-of.js";
import { type Finding, type FindingKind, finding, type Place } from "./finding.js";
import { type ReadyRing, type SignatureState, verifyAnswer, within } from "./signature.js";
import { isoTime } from "./time.js";

/** What a record counts as. `unsigned`: an answer that is not signed by design, or no answer at all. */
export type RecordVerdict = "valid" | "invalid" | "missing" | "unsigned" | "unreadable";

/** All that the audit makes of one record. */
export interface Judgement {
  readonly verdict: RecordVerdict;
  /** The place of the gateway key that verified, or -1. */
  readonly key: number;
  readonly findings: readonly Finding[];
  readonly facts: readonly Fact[];
}

/**
 * Judges one record by its bytes, exactly: the reference that every faster path must agree with. `endpoint` is for
 * records that name none.
 */
export function judgeRecord(
  bytes: Uint8Array,
  place: Place,
  ready: ReadyRing,
  endpoint: string | null,
): Judgement {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const read = readExchange(mark ? bytes.subarray(3) : bytes, endpoint);
  const found: Finding[] = [];
  if (mark) {
    found.push(
      finding("byte_order_mark", {
        place,
        reason: "byte_order_mark",
        detail: "Bytes EF BB BF before the record.",
      }),
    );
  }
  if (!read.ok) return refused(read.rejection, place, found, bytes.length - (mark ? 3 : 0));
  return judgeExchange(read.value, place, ready, found);
}

function refused(rejection: Rejection, place: Place, before: readonly Finding[], length: number): Judgement {
  const twice = rejection.code === "duplicate_member";
  const where = rejection.code === "bad_utf8" ? ` The record has ${length} bytes.` : "";
  const found = finding(twice ? "duplicate_member" : "unreadable", {
    place,
    requirement: rejection.requirement,
    reason: rejection.code,
    detail: `${rejection.detail}${where}`,
  });
  return { verdict: twice ? "invalid" : "unreadable", key: -1, findings: [...before, found], facts: [] };
}

function judgeExchange(
  exchange: LoggedExchange,
  place: Place,
  ready: ReadyRing,
  before: readonly Finding[],
): Judgement {
  const { answer, request, endpoint, at, status } = exchange;
  const where = { place, at: isoTime(at), ...identityOf(exchange) };
  const findings: Finding[] = [...before];
  const say = (kind: FindingKind, reason: string, detail: string, requirement?: string | null): void => {
    findings.push(
      finding(kind, { ...where, reason, detail, ...(requirement === undefined ? {} : { requirement }) }),
    );
  };
  if (exchange.unreadTime !== null) {
    const detail = `Expected at as ISO 8601 with its zone, or seconds or milliseconds since 1970, found ${JSON.stringify(exchange.unreadTime.slice(0, 60))}: the record counts as one without a time.`;
    say("time_unreadable", "time_unreadable", detail);
  }
  if (request) judgeRequest(request.params, request.problem, at, ready, say);
  if (status !== null && status !== 200) {
    say(
      "http_status",
      `status_${status}`,
      `The HTTP status is ${status}: such an answer means nothing, whatever it says.`,
    );
    return { verdict: "unsigned", key: -1, findings, facts: factsOf(exchange, place, false) };
  }
  if (!answer) return { verdict: "unsigned", key: -1, findings, facts: factsOf(exchange, place, false) };
  const state = verifyAnswer(answer.envelope, answer.text, endpoint, at, ready);
  const verdict = judgeSignature(state, exchange, say);
  const trusted = verdict === "valid" && !differsFromRequest(exchange, say);
  if (trusted || verdict === "unsigned") judgeMeaning(exchange, say);
  return {
    verdict,
    key: state.state === "valid" ? state.key.index : -1,
    findings,
    facts: factsOf(exchange, place, trusted),
  };
}

type Say = (kind: FindingKind, reason: string, detail: string, requirement?: string | null) => void;

function judgeSignature(state: SignatureState, exchange: LoggedExchange, say: Say): RecordVerdict {
  switch (state.state) {
    case "unsigned":
      return "unsigned";
    case "missing":
      say("signature_missing", "signature_missing", "The answer has no signature, and should have one.");
      return "missing";
    case "rejected":
      say("signature_invalid", state.rejection.code, state.rejection.detail, state.rejection.requirement);
      return "invalid";
    case "invalid":
      say("signature_invalid", state.why.reason, state.why.detail);
      return "invalid";
    case "outside_period": {
      const { name, from, until } = state.key;
      const period = `${isoTime(from) ?? "ever"} to ${isoTime(until) ?? "ever"}`;
      say(
        "key_period",
        "key_period",
        `Signed with ${name} at ${isoTime(exchange.at)}; that key counts from ${period}.`,
      );
      return "invalid";
    }
    case "valid":
      return judgeShape(state.canonical, exchange, say);
  }
}

/** A query answer or webhook must have the documented shape after its signature (QRY-007). */
function judgeShape(canonical: string, { answer, endpoint }: LoggedExchange, say: Say): RecordVerdict {
  if (!isQueryAnswer(endpoint, canonical)) return "valid";
  const shape = checkQueryShape(answer?.envelope.data);
  if (!shape.ok) {
    const detail = `The signature verifies, but ${shape.rejection.detail} Fields merged across their borders look so.`;
    say("shape", shape.rejection.code, detail, shape.rejection.requirement);
    return "invalid";
  }
  const readings = readingsOf(canonical).length;
  if (readings > 1) {
    say(
      "border_ambiguity",
      "border_ambiguity",
      `The signed text can be read as ${readings} different messages; nothing separates its pairs.`,
    );
  }
  return "valid";
}

/** A signed answer about another order or merchant than the request's is a replay (QRY-006). */
function differsFromRequest({ request, answer }: LoggedExchange, say: Say): boolean {
  const params = request?.params;
  const data = answer?.envelope.data;
  if (!params || data?.kind !== "object") return false;
  for (const field of ["mch_order_no", "appid"] as const) {
    const asked = params.get(field);
    const node = data.members.find(({ name }) => name === field)?.value;
    if (asked === undefined || node?.kind !== "string" || node.value === asked) continue;
    const kind = field === "appid" ? "other_merchant" : "other_order";
    say(
      kind,
      kind,
      `The request was about ${field} ${JSON.stringify(asked)}; the signed answer is about ${JSON.stringify(node.value)}.`,
    );
    return true;
  }
  return false;
}

/** Codes and results that are not documented (RSP-003, QRY-005). */
function judgeMeaning({ answer, endpoint }: LoggedExchange, say: Say): void {
  if (!answer) return;
  const { code, root } = answer.envelope;
  const known: readonly { readonly code: number }[] =
    endpoint === ENDPOINTS.cancel_order.name ? CANCEL_CODES : [...CANCEL_CODES, ...QUERY_CODES, { code: 1 }];
  if (!known.some((entry) => entry.code === code)) {
    const node = root.kind === "object" ? root.members.find(({ name }) => name === "code")?.value : undefined;
    const detail = `Expected a documented integer code, found ${node?.kind === "number" ? node.lexeme : (node?.kind ?? "none")}.`;
    say("undocumented_code", "undocumented_code", detail, code === undefined ? "RSP-007" : "RSP-003");
  }
  const { data } = answer.envelope;
  const result =
    data?.kind === "object" ? data.members.find(({ name }) => name === "result")?.value : undefined;
  if (result?.kind === "string" && !QUERY_RESULTS.some((entry) => entry.result === result.value)) {
    say(
      "undocumented_result",
      "undocumented_result",
      `Expected a documented result, found ${JSON.stringify(result.value)}.`,
    );
  }
}

/** What a request shows on its own: its form where it is the whole signed form, its signature where a merchant key is known. */
function judgeRequest(
  params: Params | null,
  problem: Rejection | null,
  at: number | null,
  ready: ReadyRing,
  say: Say,
): void {
  if (!params) {
    say(
      "request_shape",
      problem?.code ?? "request_form",
      problem?.detail ?? "The request can't be read.",
      problem?.requirement ?? null,
    );
    return;
  }
  const sign = params.get(SIGN);
  if (sign === undefined) return;
  const problems = ["appid", "nonce_str", "time_stamp"]
    .filter((name) => !params.get(name))
    .map((name) => `${name} is missing`);
  const tooLong = (name: string): boolean => [...(params.get(name) ?? "")].length > 32;
  for (const name of ["appid", "nonce_str", "mch_order_no"])
    if (tooLong(name)) problems.push(`${name} is longer than 32`);
  if (problems.length > 0) say("request_shape", "request_fields", `In the request ${problems.join(", ")}.`);
  const keys = ready.merchant.filter(({ appid }) => appid === null || appid === params.get("appid"));
  if (keys.length === 0) return;
  if (keys.some((key) => within(key, at) && verifyParams(params, sign, key.verifier).ok)) return;
  say(
    "request_signature",
    "request_signature",
    `The request's signature is not that of ${keys.map(({ name }) => name).join(" or ")}.`,
  );
}

/** The order that a record is about: what the request says, else the answer. */
function identityOf({ request, answer }: LoggedExchange): {
  appid: string | null;
  mch_order_no: string | null;
} {
  const data = answer?.envelope.data;
  const fromData = (name: string): string | null => {
    const node = data?.kind === "object" ? data.members.find((one) => one.name === name)?.value : undefined;
    return node?.kind === "string" ? node.value : null;
  };
  const of = (name: string): string | null => request?.params?.get(name) ?? fromData(name);
  return { appid: of("appid"), mch_order_no: of("mch_order_no") };
}
