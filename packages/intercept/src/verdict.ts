import type { Observation } from "@ksherproof/core";
import { ENDPOINTS, REQUIREMENTS, type Requirement } from "@ksherproof/spec";
import { type Call, orderOf } from "./call.js";

/** How much decides the verdict; each level takes in the ones before it. */
export type Level = "must" | "should" | "hardening";
export const LEVELS: readonly Level[] = ["must", "should", "hardening"];

/** What an intercepted run can show about a requirement; it never claims what it did not see. */
export type Shown = "pass" | "fail" | "not_exercised";

/** One thing that was seen about a requirement, with the call that showed it. */
export interface Evidence extends Observation {
  readonly call: Call | null;
}

/** What a run says of one requirement. */
export interface RequirementShown {
  readonly requirement: Requirement;
  readonly verdict: Shown;
  /** Whether a failure decides the run's verdict, by its level or because it was asked for. */
  readonly counts: boolean;
  readonly reason: string;
  readonly passes: number;
  readonly fails: number;
  readonly failure: Evidence | null;
}

/** The groups that the wire can show; what a client makes of answers only its caller sees (`ksherproof probe`). */
const GROUPS = ["SIG", "REQ", "RTY", "SEC"];
/** Of these groups, what only an adapter or a probe can show. */
const NOT_ON_THE_WIRE = ["SIG-011", "SIG-012", "SEC-004", "SEC-005", "SEC-006"];

export const WIRE_REQUIREMENTS: readonly Requirement[] = Object.values(REQUIREMENTS).filter(
  ({ id, group }) => GROUPS.includes(group) && !NOT_ON_THE_WIRE.includes(id),
);

/** Whether a requirement decides the verdict at a level; hardening is ours and is never mixed into the documented one. */
export function decides({ level, basis }: Requirement, asked: Level): boolean {
  if (basis === "hardening") return asked === "hardening" && level !== "may";
  return level === "must" || (level === "should" && asked !== "must");
}

/** All that calls show, one by one and as a sequence. */
export function evidenceOf(calls: readonly Call[]): readonly Evidence[] {
  const single = calls.flatMap((call) => call.observations.map((one) => ({ ...one, call })));
  return [...single, ...nonceEvidence(calls), ...doubtEvidence(calls)];
}

/** REQ-009: bits of a nonce from its alphabet and length, and from the characters that never change. */
function nonceEvidence(calls: readonly Call[]): readonly Evidence[] {
  const all = [...new Set(calls.flatMap(({ params }) => params?.get("nonce_str") ?? []))].filter(Boolean);
  if (all.length < 8) return [];
  const shortest = Math.min(...all.map((nonce) => nonce.length));
  const text = all.join("");
  const alphabet = /^[0-9]+$/.test(text) ? 10 : /^([0-9a-f]+|[0-9A-F]+)$/.test(text) ? 16 : 62;
  let varying = 0;
  for (let at = 0; at < shortest; at += 1)
    if (new Set(all.map((nonce) => nonce[at])).size > Math.min(4, all.length / 4)) varying += 1;
  const bits = Math.floor(varying * Math.log2(alphabet));
  const detail = `Over ${all.length} nonces, ${varying} characters of an alphabet of ${alphabet} vary: about ${bits} bits; 64 are wanted.`;
  return [{ requirement: "REQ-009", holds: bits >= 64, detail, call: calls.at(-1) ?? null }];
}

/** RTY-003: after a cancel whose end is in doubt, the same order is asked for again. */
function doubtEvidence(calls: readonly Call[]): readonly Evidence[] {
  return calls.flatMap((call, at) => {
    if (call.endpoint !== ENDPOINTS.cancel_order.path || !inDoubt(call)) return [];
    const later = calls
      .slice(at + 1)
      .find(
        (next) => orderOf(next) === orderOf(call) && next.endpoint === ENDPOINTS.gateway_order_query.path,
      );
    const order = JSON.stringify(orderOf(call));
    const detail = later
      ? `After a cancel of ${order} without a clear end the order was queried.`
      : `The cancel of ${order} had no clear end (${doubtWords(call)}), and no query of the order followed.`;
    return [{ requirement: "RTY-003", holds: later !== undefined, detail, call }];
  });
}

function inDoubt({ code, ending, answer }: Call): boolean {
  if (ending === "no_answer" || ending === "cut") return true;
  return answer.status !== 200 || code === null || code === -6 || code > 0 || code < -6;
}

function doubtWords({ code, ending, answer }: Call): string {
  if (ending === "no_answer" || ending === "cut") return "its answer was lost";
  return answer.status === 200 ? `code ${code ?? "unreadable"}` : `HTTP status ${answer.status}`;
}

/** Judges every requirement that the wire can show. `asked` names those that count whatever the level. */
export function judgeRun(
  evidence: readonly Evidence[],
  level: Level,
  asked: readonly string[] = [],
): readonly RequirementShown[] {
  const further = asked.flatMap((id) => REQUIREMENTS[id] ?? []);
  const all = [...WIRE_REQUIREMENTS, ...further.filter((one) => !WIRE_REQUIREMENTS.includes(one))];
  return all.map((requirement) => {
    const own = evidence.filter((one) => one.requirement === requirement.id);
    const failure = own.find(({ holds }) => !holds) ?? null;
    const fails = own.filter(({ holds }) => !holds).length;
    const verdict: Shown = failure ? "fail" : own.length > 0 ? "pass" : "not_exercised";
    const passes = own.length - fails;
    const reason =
      failure?.detail ??
      (own.length > 0
        ? `${passes} ${passes === 1 ? "observation" : "observations"}.`
        : whyNot(requirement.id));
    const counts = decides(requirement, level) || asked.includes(requirement.id);
    return { requirement, verdict, counts, reason, passes, fails, failure };
  });
}

function whyNot(id: string): string {
  if (id === "SEC-002") return "Not tried: --tls-check runs the command again with bad certificates.";
  if (id === "SEC-001") return "No private key was given to look for: register one with --merchant.";
  if (id === "SEC-003") return "No redirect was answered: --answer any:redirect does.";
  if (id === "REQ-009") return "Fewer than 8 nonces were seen.";
  if (id.startsWith("SIG")) return "No signature that could be checked showed it.";
  return "No request showed it.";
}
