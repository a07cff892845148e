// A little long: all that one request can show is one list, judged from top to bottom.
import { LANGUAGES } from "@ksherproof/spec";
import { canonicalText } from "./canonical.js";
import { explain } from "./explain/explain.js";
import type { Explanation } from "./explain/explanation.js";
import { decodeForm } from "./form.js";
import { type Params, SIGN } from "./params.js";
import type { Verifier } from "./ports.js";
import { decodeSignature, verifyText } from "./signature.js";
import { loneSurrogateAt } from "./utf8.js";

/** One request as it arrived, bytes and all. */
export interface SeenRequest {
  readonly method: string;
  /** The path that was asked for, with the endpoint at its end. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** What one request shows about one requirement. */
export interface Observation {
  readonly requirement: string;
  readonly holds: boolean;
  /** One sentence: expected and found; where it holds, what showed it. */
  readonly detail: string;
  /** The doctor's explanation, for a signature that does not fit. */
  readonly explanation?: Explanation;
}

/** What is known beside the request itself. */
export interface RequestContext {
  /** The endpoints' paths. */
  readonly endpoints: readonly string[];
  /** The merchant's key by appid; undefined for a merchant that nobody registered. */
  readonly verifierOf: (appid: string) => Verifier | undefined;
  /** The values that the client was told to send, where they are known. */
  readonly intended?: Readonly<Record<string, string>>;
  /** Nonces that came before, with what used them. New ones are added. */
  readonly nonces: Map<string, string>;
  /** What used those nonces, where it is kept beside them: a long run need not look through all of them then. */
  readonly uses?: Set<string>;
  /** When it came, in milliseconds since 1970; a time stamp's value is judged only where that is known (REQ-007). */
  readonly now?: number;
  /** Explains a signature that does not fit; `explain` where it is not given. */
  readonly explain?: typeof explain;
}

type Say = (requirement: string, holds: boolean, detail: string, explanation?: Explanation) => void;

/** Judges one request against REQ-001 to REQ-010, SIG and RTY-002, as far as one request can show them. */
export function judgeRequest(request: SeenRequest, context: RequestContext): readonly Observation[] {
  const seen: Observation[] = [];
  const say: Say = (requirement, holds, detail, explanation) => {
    seen.push(explanation ? { requirement, holds, detail, explanation } : { requirement, holds, detail });
  };
  const [path = "", query = ""] = request.path.split(/\?(.*)/s);
  // Params in the query of a GET: that is the one fault; the fields themselves are judged all the same.
  const inQuery = request.method !== "POST" && request.body.length === 0 && query !== "";
  const documented = context.endpoints.some((end) => path.endsWith(end) && !path.endsWith(`/${end}`));
  const called = `${request.method} ${path}${inQuery ? " with the params in the query" : ""}`;
  say(
    "REQ-001",
    request.method === "POST" && documented,
    `Expected POST to a documented endpoint, found ${called}.`,
  );
  const type = request.headers["content-type"] ?? "none";
  const form = /^application\/x-www-form-urlencoded\s*(;.*)?$/i.test(type.trim());
  if (!inQuery)
    say("REQ-002", form, `Expected Content-Type application/x-www-form-urlencoded, found ${type}.`);
  const decoded = decodeForm(inQuery ? query : request.body);
  if (!decoded.ok) {
    const requirement = decoded.rejection.code === "form_duplicate" ? "REQ-003" : "REQ-006";
    if (form && request.method === "POST") say(requirement, false, decoded.rejection.detail);
    return seen;
  }
  const params = decoded.value;
  // What is no form has no fields to judge: one fault must not read as three.
  if ((!form || request.method !== "POST") && !params.has(SIGN)) return seen;
  judgeFields(params, request.method === "POST" ? query : "", context, say);
  judgeNonce(params, path, context, say);
  judgeSignature(params, context, say);
  return seen;
}

function judgeFields(params: Params, query: string, { intended, now }: RequestContext, say: Say): void {
  // What is not there at all is one fault, and no field's.
  if (params.size === 0) {
    const inAddress = query === "" ? "" : "; fields came in the address, where no form is read";
    say("REQ-003", false, `The form is empty${inAddress}.`);
    return;
  }
  const appid = params.get("appid") ?? "";
  const nonce = params.get("nonce_str") ?? "";
  const problems = ["appid", "nonce_str", "time_stamp", SIGN]
    .filter((name) => !params.get(name))
    .map((name) => `${name} is missing or empty`);
  const address = decodeForm(query);
  const twice = address.ok ? [...address.value.keys()].filter((name) => params.has(name)) : [];
  if (twice.length > 0) problems.push(`${twice.join(", ")} came in the address too, beside the form`);
  if (appid && !/^mch[0-9]{1,29}$/.test(appid))
    problems.push(`appid is ${JSON.stringify(appid)}, not mch and digits`);
  if (lengthOf(nonce) > 32) problems.push(`nonce_str has ${lengthOf(nonce)} characters, at most 32 fit`);
  const stampLength = lengthOf(params.get("time_stamp") ?? "");
  if (stampLength > 256) problems.push(`time_stamp has ${stampLength} characters, at most 256 fit`);
  say(
    "REQ-003",
    problems.length === 0,
    problems.length > 0 ? `${problems.join("; ")}.` : "All common fields are there, once each.",
  );
  const order = params.get("mch_order_no");
  const length = lengthOf(order ?? "");
  const found = order === undefined ? "none" : `${length}`;
  // Where another number than the given one arrived, that is what went wrong (REQ-006, REQ-010), not its length.
  const garbled = length > 0 && intended?.mch_order_no !== undefined && intended.mch_order_no !== order;
  if (!garbled)
    say(
      "REQ-004",
      length >= 1 && length <= 32,
      `Expected mch_order_no of 1 to 32 characters, found ${found}.`,
    );
  const lang = params.get("lang");
  if (lang !== undefined) {
    say(
      "REQ-005",
      LANGUAGES.some((known) => known === lang),
      `Expected lang to be en, cn or th, found ${JSON.stringify(lang)}.`,
    );
  }
  const stamp = params.get("time_stamp") ?? "";
  if (stamp === "") return;
  const other = isTimeStamp(stamp) && now !== undefined && Math.abs(momentOf(stamp) - now) > FARTHEST_MS;
  const why = other ? ` (${Math.round((momentOf(stamp) - now) / DAY_MS)} days from now)` : deviation(stamp);
  say(
    "REQ-007",
    isTimeStamp(stamp) && !other,
    `Expected time_stamp as yyyyMMddHHmmss, found ${JSON.stringify(stamp)}${why}.`,
  );
}

const DAY_MS = 86_400_000;
/** No source says of which zone the time is: what is two days off is the time of none. */
const FARTHEST_MS = 2 * DAY_MS;

/** The moment of a time stamp, read as UTC, in milliseconds since 1970. */
function momentOf(stamp: string): number {
  return Date.parse(stamp.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:$6Z"));
}

/** Whether a text is a moment as `yyyyMMddHHmmss` (REQ-007). */
export function isTimeStamp(stamp: string): boolean {
  const found = /^(20\d\d)(\d\d)(\d\d)([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(stamp);
  if (!found) return false;
  const [, year, month, day] = found.map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

/** The known deviations by name (REQ-007). */
function deviation(stamp: string): string {
  if (/^\d{16}S$/.test(stamp)) return " (the documented example's form: seconds twice and the letter S)";
  if (/^1\d{12}$/.test(stamp)) return " (milliseconds since 1970)";
  return /^1\d{9}$/.test(stamp) ? " (seconds since 1970)" : "";
}

function judgeNonce(params: Params, path: string, { nonces, uses }: RequestContext, say: Say): void {
  const nonce = params.get("nonce_str");
  if (!nonce) return;
  const use = `${path} for order ${JSON.stringify(params.get("mch_order_no") ?? "")}`;
  const before = nonces.get(nonce);
  say(
    "REQ-008",
    before === undefined,
    before === undefined ? "nonce_str was new." : `nonce_str ${nonce} came before, in ${before}.`,
  );
  const repeated = uses?.has(use) ?? [...nonces.values()].includes(use);
  if (before === use) say("RTY-002", false, `A repeated call of ${use} carried the same nonce_str ${nonce}.`);
  else if (repeated) say("RTY-002", true, "A repeated call carried a new nonce_str.");
  if (before === undefined) nonces.set(nonce, use);
  uses?.add(use);
}

/** What a signature that verifies shows, whatever the values. */
const SHOWN = ["SIG-001", "SIG-002", "SIG-003", "SIG-006", "SIG-007", "SIG-009", "SIG-010"];

function judgeSignature(params: Params, context: RequestContext, say: Say): void {
  const sign = params.get(SIGN);
  const verifier = context.verifierOf(params.get("appid") ?? "");
  if (!sign || !verifier) return;
  const canonical = canonicalText(params);
  if (loneSurrogateAt(canonical) >= 0) return;
  const intended = withIntended(params, context.intended);
  if (verifyText(canonical, sign, verifier).ok) {
    const detail = "The merchant's signature verifies over the decoded form.";
    for (const id of SHOWN) say(id, true, detail);
    const values = [...params].filter(([name]) => name !== SIGN).map(([, value]) => value);
    if (values.includes("")) say("SIG-005", true, detail);
    if (values.some((value) => /[^A-Za-z0-9_-]/.test(value))) {
      say("SIG-004", true, detail);
      say("REQ-006", true, detail);
    }
    const lower = sign === sign.toLowerCase();
    say("SIG-008", lower, `Expected lower-case hex, found ${lower ? "no other" : "upper-case"} digits.`);
    judgeIntended(params, context.intended, say);
    return;
  }
  if (intended !== null && verifyText(canonicalText(intended), sign, verifier).ok) {
    const changed = [...intended].find(([name, value]) => params.get(name) !== value);
    const [name = "", value = ""] = changed ?? [];
    const detail = `${name} was signed as ${JSON.stringify(value)}, but the form decodes to ${JSON.stringify(params.get(name))}.`;
    say("REQ-006", false, detail);
    return;
  }
  const missing = Object.entries(context.intended ?? {}).filter(([name]) => !params.has(name));
  const whole = new Map([...(intended ?? params), ...missing]);
  if (missing.length > 0 && verifyText(canonicalText(whole), sign, verifier).ok) {
    const names = missing.map(([name]) => name).join(", ");
    say("REQ-006", false, `${names} was signed, but is not in the form.`);
    return;
  }
  const found = (context.explain ?? explain)({
    params: intended ?? params,
    signature: sign,
    key: { name: "the merchant", key: verifier.key },
  });
  say(brokenBy(found, decodeSignature(sign, verifier.key).ok), false, found.summary, found);
}

/** The requirement that a wrong signature breaks, by what the doctor found. */
export function brokenBy(found: Explanation, rightLength: boolean): string {
  const [first] = found.mistakes;
  if (first) return first.requirement;
  switch (found.verdict) {
    case "bad_encoding":
    case "not_a_signature":
      return "SIG-008";
    case "bad_length":
      return "SIG-009";
    case "other_hash":
      return "SIG-007";
    case "wrong_key":
      return rightLength ? "SIG-007" : "SIG-009";
    case "other_text":
    case "valid":
      return "SIG-001";
  }
}

/** The params with the values that were meant; null where none is known or all are as meant. */
function withIntended(params: Params, intended: RequestContext["intended"]): Params | null {
  if (intended === undefined) return null;
  const changed = Object.entries(intended).filter(
    ([name, value]) => params.has(name) && params.get(name) !== value,
  );
  if (changed.length === 0) return null;
  const whole = new Map([...params, ...changed]);
  for (const [name, value] of changed) {
    // An `&` that was not encoded made fields of its own out of the rest of its value.
    const torn = decodeForm(`${name}=${value}`);
    if (!torn.ok || torn.value.get(name) !== params.get(name)) continue;
    for (const stray of torn.value.keys()) if (!Object.hasOwn(intended, stray)) whole.delete(stray);
  }
  return whole;
}

/** The order number and the other given values are sent as they were given (REQ-010). */
function judgeIntended(params: Params, intended: RequestContext["intended"], say: Say): void {
  for (const [name, value] of Object.entries(intended ?? {})) {
    const found = params.get(name);
    if (found === undefined) continue;
    const detail =
      found === value
        ? `${name} was sent as it was given.`
        : `Expected ${name} ${JSON.stringify(value)}, found ${JSON.stringify(found)}.`;
    say(name === "mch_order_no" ? "REQ-010" : "REQ-006", found === value, detail);
  }
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
