import { member, parseEnvelope, stringOf } from "@ksherproof/core";
import type { Exchange, Fault } from "@ksherproof/gateway";
import type { Operation, Reply } from "./adapter/client.js";
import { CANCEL, CANCEL_CODES, ENDPOINT_PATHS_BY_OPERATION, QUERY, QUERY_RESULTS } from "./protocol.js";

/** What a client said of a call, and what the gateway saw of it. */
export interface Called {
  readonly op: Operation;
  readonly reply: Reply;
  /** The outcome in the words of write-an-adapter.md; null where there is none. */
  readonly outcome: string | null;
  /** The client gave the answer and no outcome: the harness judged it ("raw client"). */
  readonly raw: boolean;
  /** The exchanges of the operation's endpoint that this call made. */
  readonly exchanges: readonly Exchange[];
  /** All exchanges of this call, a confirming query among them. */
  readonly every: readonly Exchange[];
  readonly stderr: string;
}

/** A call as it went: the client's reply, and the exchanges that the gateway saw meanwhile. */
export function calledOf(op: Operation, reply: Reply, every: readonly Exchange[], stderr: string): Called {
  const exchanges = every.filter(({ endpoint }) => endpoint !== null && endpoint === pathOf({ op }));
  return { op, reply, ...readOutcome(op, reply), every, exchanges, stderr };
}

/** What the client made of the last answer, `cancel -4 failed`; undefined where that answer did not come whole. */
export function readingOf({ op, exchanges, outcome }: Called): string | undefined {
  const last = exchanges.at(-1);
  if (!last?.sent || last.refusal !== null || last.faults.some((fault) => !keepsMeaning(fault)))
    return undefined;
  const envelope = parseEnvelope(Buffer.from(last.sent.body).toString("utf8"));
  if (!envelope.ok || envelope.value.code === undefined) return undefined;
  const result = op === "query" ? stringOf(member(envelope.value.data, "result")) : undefined;
  return `${op} ${result ?? envelope.value.code} ${outcome ?? "nothing"}`;
}

/** Whether an answer still says what it says: data that was changed says nothing, unless it was signed anew. */
const keepsMeaning = (fault: Fault): boolean =>
  HARMLESS.has(fault.kind) && (fault.kind !== "edit_data" || fault.sign === "fresh");

/** Faults that leave an answer's meaning as it was. */
const HARMLESS: ReadonlySet<string> = new Set([
  "messages",
  "extra_members",
  "chunks",
  "code",
  "edit_data",
  "proto",
  "delay",
]);

/**
 * What a client may have learned by asking again after an answer that told it nothing: a retry whose answer came whole, or
 * a query (RTY-001, RTY-003).
 */
export function learned({ every }: Called): readonly string[] {
  return every.slice(1).flatMap(({ endpoint, faults, event }) => {
    if (faults.length > 0 || !event) return [];
    if (endpoint === CANCEL)
      return CANCEL_CODES.filter(({ code }) => code === event.code).map(({ outcome }) => outcome);
    if (endpoint !== QUERY) return [];
    if (event.result === "CLOSED") return ["cancelled", "already_cancelled"];
    if (event.result === "FAIL" || event.code === -3) return ["not_found", "failed"];
    return event.result === "SUCCESS" ? ["already_paid"] : ["failed"];
  });
}

/**
 * What a client may say of a cancel that it did not send, since it asked first and was told how the order stands: it is
 * paid, closed or not there, or its card is in progress. Asking is asking (CXL-012), and the answer is signed.
 */
export function toldFirst({ op, exchanges, every }: Called): readonly string[] {
  const answer = every.findLast(({ endpoint }) => endpoint === QUERY);
  return op === "cancel" && exchanges.length === 0 && answer ? toldBy(answer) : [];
}

/** The word of a cancel that a query's answer spares; none where it spares none, or did not come as it was meant. */
export function toldBy({ endpoint, faults, event }: Exchange): readonly string[] {
  if (endpoint !== QUERY || faults.length > 0) return [];
  const { outcome } = QUERY_RESULTS.find(({ result }) => result === event?.result) ?? {};
  switch (outcome) {
    case "paid":
      return ["already_paid"];
    case "closed":
      return ["already_cancelled"];
    case "pending":
      return ["failed"];
    case "not_found":
      return ["not_found"];
    default:
      return event?.code === -3 ? ["not_found"] : [];
  }
}

/** Whether what a client said of a cancel that it did not send is what it was told first. */
export const saysWhatItWasTold = (called: Called): boolean =>
  toldFirst(called).includes(called.outcome ?? "");

/** What is wrong with a client that says how an order stands without having asked (CXL-012); null where it asked. */
export function memoryIn(called: Called): string | null {
  const { op, outcome, exchanges } = called;
  if ((op !== "cancel" && op !== "query") || exchanges.length > 0) return null;
  if (outcome === null || outcome === "unknown" || saysWhatItWasTold(called)) return null;
  return `The ${op} was answered without a request to the gateway.`;
}

/** What a client may say of an open order that queried again before it said unknown or untrusted: how the order stands. */
export function learnedByAsking({ exchanges }: Called): readonly string[] {
  return exchanges.length > 1 && exchanges.at(-1)?.faults.length === 0 ? ["unpaid", "pending"] : [];
}

/** Whether the client sent a cancel again whose answer was lost, and was then told -5: the order is cancelled (RTY-001). */
export function cancelledByRetry({ op, exchanges }: Called): boolean {
  const last = exchanges.at(-1);
  const lost = exchanges.slice(0, -1).some(isLost);
  return op === "cancel" && lost && last?.faults.length === 0 && last.event?.code === -5;
}

/** Which requirement a wrong outcome breaks, and in what words, where it is not the one that the case is about. */
export function brokenByWhat(
  called: Called,
  requirement: string,
  why: string,
  cells: ReadonlyMap<string, number> | null,
): readonly [requirement: string, detail: string] {
  if (called.outcome !== null && cancelledByRetry(called))
    return ["RTY-001", "The answer was lost and the retry got -5, which means that the order is cancelled."];
  const path = pathOf(called);
  const everAsked =
    path === undefined || cells === null || [...cells.keys()].some((cell) => cell.split(" ")[1] === path);
  if (called.reply.kind === "error" && !everAsked)
    return [
      "REQ-001",
      `No request ever came to ${path}: the client answers each ${called.op} with an error.`,
    ];
  return [requirement, why];
}

const pathOf = ({ op }: Pick<Called, "op">): string | undefined =>
  (ENDPOINT_PATHS_BY_OPERATION as Readonly<Record<string, string>>)[op];

/** Whether a client says of such an order that it is cancelled; in either word it is true. */
export function saysDone(called: Called): boolean {
  const { outcome } = called;
  return (outcome === "cancelled" || outcome === "already_cancelled") && cancelledByRetry(called);
}

/** Whether an answer did not reach the client as the gateway meant it: what was asked is then open. */
export function isLost({ faults, ending }: Exchange): boolean {
  return ending !== "complete" || faults.some(({ kind }) => kind === "code" || !HARMLESS.has(kind));
}

/** Whether the harness no longer asks this client. */
export const gaveUp = ({ reply }: Called): boolean => reply.kind === "broken" && reply.reason === "given_up";

/** The outcome of a reply; of a raw client, the one that its response earns (write-an-adapter.md). */
export function readOutcome(
  op: Operation,
  reply: Reply,
): { readonly outcome: string | null; readonly raw: boolean } {
  if (reply.kind !== "ok") return { outcome: null, raw: false };
  const { outcome, response } = reply.value;
  if (typeof outcome === "string") return { outcome, raw: false };
  if (outcome !== undefined || !("response" in reply.value)) return { outcome: null, raw: false };
  if (typeof response !== "object" || response === null) return { outcome: "unknown", raw: true };
  const { code, data } = response as Record<string, unknown>;
  if (op === "cancel")
    return { outcome: CANCEL_CODES.find((known) => known.code === code)?.outcome ?? "unknown", raw: true };
  if (op === "create")
    return { outcome: code === 0 ? "created" : typeof code === "number" ? "rejected" : "unknown", raw: true };
  if (code === -3) return { outcome: "not_found", raw: true };
  const result =
    typeof data === "object" && data !== null ? (data as Record<string, unknown>).result : undefined;
  return {
    outcome:
      code === 0 ? (QUERY_RESULTS.find((known) => known.result === result)?.outcome ?? "unknown") : "unknown",
    raw: true,
  };
}

/** An exchange in one line. */
export function describeExchange({
  endpoint,
  faults,
  sent,
  meant,
  ending,
  request,
  event,
}: Exchange): string {
  // What went out as it was meant is what the ledger says; only changed bytes must be read.
  const told = sent === meant && event?.code !== undefined ? words(event.code, event.result) : null;
  const answered = sent ? `HTTP ${sent.status} ${told ?? brief(sent.body)}` : "nothing";
  const because =
    faults.length > 0
      ? ` [fault: ${faults.map((fault) => JSON.stringify(fault)).join(", ")}; meant ${meant ? brief(meant.body) : "nothing: it did not act"}]`
      : "";
  const how = ending === "complete" || ending === "running" ? "" : ` (${ending})`;
  return `${request.method} ${endpoint} -> ${answered}${how}${because}`;
}

function brief(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 400)).toString("utf8");
  const envelope = parseEnvelope(Buffer.from(body).toString("utf8"));
  if (!envelope.ok) return JSON.stringify(text.slice(0, 60));
  return words(envelope.value.code, stringOf(member(envelope.value.data, "result")));
}

const words = (code: number | undefined, result: string | undefined): string =>
  `code ${code}${result === undefined ? "" : `, result ${result}`}`;

/** A reply in one line. */
export function describeReply({ op, reply, outcome, raw }: Called): string {
  if (reply.kind === "broken") return `${op}: broke: ${reply.message}`;
  if (reply.kind === "error") return `${op}: error ${reply.error}: ${reply.message}`;
  return `says ${JSON.stringify(outcome ?? reply.value)}${raw ? " (raw client: judged by the harness)" : ""}`;
}
