import {
  CANCEL_CODES,
  type CancelOutcome,
  type NotifyOutcome,
  QUERY_CODES,
  QUERY_RESULTS,
  type QueryOutcome,
} from "@ksherproof/spec";
import { type Envelope, parseEnvelope, verifyEnvelope } from "./envelope.js";
import { member, stringOf } from "./json.js";
import type { Verifier } from "./ports.js";
import { accept, type Rejection, type Result, reject } from "./rejection.js";
import { checkQueryShape } from "./shape.js";
import { decodeUtf8 } from "./utf8.js";

/** An HTTP answer, as far as its meaning goes. */
export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** An outcome; `because` says why where it is `unknown` or `untrusted`. */
export interface Judged<Outcome extends string> {
  readonly outcome: Outcome;
  readonly because: Rejection | null;
  readonly envelope: Envelope | null;
}

/** What the caller may believe after a cancel: the code decides, nothing else (RSP-001 to RSP-007). */
export function cancelOutcome(answer: Answer): Judged<CancelOutcome> {
  const envelope = openAnswer(answer);
  if (!envelope.ok) return { outcome: "unknown", because: envelope.rejection, envelope: null };
  const { code } = envelope.value;
  const known = CANCEL_CODES.find((entry) => entry.code === code);
  if (known) return { outcome: known.outcome, because: null, envelope: envelope.value };
  return { outcome: "unknown", because: badCode(envelope.value), envelope: envelope.value };
}

/**
 * What the caller may believe after a query: signature first, then shape, then whose order it is, then its result
 * (QRY-001 to QRY-009). `asked` is what the request named.
 */
export function queryOutcome(
  answer: Answer,
  verifier: Verifier,
  asked: { readonly mch_order_no: string; readonly appid: string },
): Judged<QueryOutcome> {
  const envelope = openAnswer(answer);
  if (!envelope.ok) {
    const outcome = envelope.rejection.code === "duplicate_member" ? "untrusted" : "unknown";
    return { outcome, because: envelope.rejection, envelope: null };
  }
  const { code, data } = envelope.value;
  const refused = QUERY_CODES.find((entry) => entry.code === code && entry.code !== 0);
  if (refused?.outcome === "unknown") {
    const detail = `The gateway refused the query with code ${refused.code}: ${refused.meaning}.`;
    return {
      outcome: "unknown",
      because: reject("query_refused", "RSP-003", detail, { field: "code" }).rejection,
      envelope: envelope.value,
    };
  }
  if (refused) return { outcome: refused.outcome, because: null, envelope: envelope.value };
  if (code !== 0) return { outcome: "unknown", because: badCode(envelope.value), envelope: envelope.value };
  const trusted = openSigned(envelope.value, verifier);
  if (!trusted.ok) return { outcome: "untrusted", because: trusted.rejection, envelope: envelope.value };
  for (const field of ["mch_order_no", "appid"] as const) {
    const found = stringOf(member(data, field));
    if (found !== asked[field]) {
      const detail = `Asked about ${field} ${JSON.stringify(asked[field])}; the signed answer is about ${JSON.stringify(found)}.`;
      const because = reject(`other_${field}`, "QRY-006", detail, { field }).rejection;
      return { outcome: "untrusted", because, envelope: envelope.value };
    }
  }
  const known = QUERY_RESULTS.find((entry) => entry.result === trusted.value);
  if (known) return { outcome: known.outcome, because: null, envelope: envelope.value };
  return { outcome: "unknown", because: badResult(trusted.value), envelope: envelope.value };
}

/** What the merchant may believe after a webhook: `paid` only for a trusted SUCCESS (WHK-001, WHK-003). */
export function notifyOutcome(body: string, verifier: Verifier): Judged<NotifyOutcome> {
  const envelope = parseEnvelope(body);
  if (!envelope.ok) {
    const outcome = envelope.rejection.code === "duplicate_member" ? "untrusted" : "unknown";
    return { outcome, because: envelope.rejection, envelope: null };
  }
  const trusted = openSigned(envelope.value, verifier);
  if (!trusted.ok) return { outcome: "untrusted", because: trusted.rejection, envelope: envelope.value };
  if (envelope.value.code !== 0) {
    return { outcome: "unknown", because: badCode(envelope.value), envelope: envelope.value };
  }
  if (trusted.value === "SUCCESS") return { outcome: "paid", because: null, envelope: envelope.value };
  return { outcome: "unknown", because: badResult(trusted.value), envelope: envelope.value };
}

/** The envelope of an HTTP answer: status 200, UTF-8, one JSON object (RSP-006, RSP-007). */
export function openAnswer(answer: Answer): Result<Envelope> {
  if (answer.status !== 200) {
    return reject("http_status", "RSP-006", `Expected HTTP status 200, found ${answer.status}.`);
  }
  const text = decodeUtf8(answer.body);
  return text.ok ? parseEnvelope(text.value) : text;
}

/** Signature, then shape; the value is `result` (QRY-002, QRY-007). */
function openSigned(envelope: Envelope, verifier: Verifier): Result<string> {
  const signed = verifyEnvelope(envelope, "all", verifier);
  if (!signed.ok) return signed;
  const shape = checkQueryShape(envelope.data);
  if (!shape.ok) return shape;
  return accept(stringOf(member(shape.value, "result")) ?? "");
}

function badCode(envelope: Envelope): Rejection {
  const node = member(envelope.root, "code");
  const found = node === undefined ? "none" : node.kind === "number" ? node.lexeme : `a ${node.kind}`;
  const detail = `Expected a documented integer code, found ${found}.`;
  return reject("undocumented_code", envelope.code === undefined ? "RSP-007" : "RSP-003", detail, {
    field: "code",
  }).rejection;
}

function badResult(result: string): Rejection {
  const detail = `Expected a documented result, found ${JSON.stringify(result)}.`;
  return reject("undocumented_result", "QRY-005", detail, { field: "result" }).rejection;
}
