import {
  canonicalText,
  decodeForm,
  decodeSignature,
  loneSurrogateAt,
  type Params,
  SIGN,
  type Verifier,
  verifyText,
} from "@ksherproof/core";

/** One request as it arrived, bytes and all. */
export interface SeenRequest {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly host: string;
  readonly tls: boolean;
}

/** What one request shows about one requirement. */
export interface Observation {
  readonly requirement: string;
  readonly holds: boolean;
  /** One sentence: expected and found; for a requirement that holds, what showed it. */
  readonly detail: string;
}

/** A merchant that may sign: its verifier, and texts of its private key that must never be seen (SEC-001). */
export interface KnownMerchant {
  readonly appid: string;
  readonly verifier: Verifier;
  readonly secrets: readonly string[];
}

/** Says why a signature does not fit; the requirement that the mistake breaks comes first. */
export type Diagnose = (
  params: Params,
  signature: string,
  verifier: Verifier,
) => { readonly requirement: string; readonly detail: string };

/** What earlier requests of this run have shown: nonces, signatures and what they asked for. */
export interface Memory {
  readonly nonces: Map<string, { readonly at: number; readonly path: string; readonly order: string }>;
}

export interface ObserveOptions {
  readonly merchants: readonly KnownMerchant[];
  readonly endpoints: readonly string[];
  readonly diagnose: Diagnose;
  readonly memory: Memory;
}

/** Judges one request against REQ, SIG, RTY and SEC, as far as one request can show them. */
export function observe(request: SeenRequest, options: ObserveOptions): readonly Observation[] {
  const seen: Observation[] = [];
  const say = (requirement: string, holds: boolean, detail: string): void => {
    seen.push({ requirement, holds, detail });
  };
  const endpoint = options.endpoints.find((path) => request.path.split("?")[0]?.endsWith(path));
  const called = `${request.method} ${request.path}`;
  say(
    "REQ-001",
    request.method === "POST" && endpoint !== undefined,
    `Expected POST to a documented endpoint, found ${called}.`,
  );
  const type = request.headers["content-type"] ?? "none";
  const form = /^application\/x-www-form-urlencoded\s*(;.*)?$/i.test(type.trim());
  say("REQ-002", form, `Expected Content-Type application/x-www-form-urlencoded, found ${type}.`);
  if (!request.tls) say("SEC-002", false, `The signed form went to ${request.host} over plain HTTP.`);
  const text = new TextDecoder().decode(request.body);
  const params = decodeForm(request.body);
  if (!params.ok) {
    say(params.rejection.requirement ?? "REQ-006", false, params.rejection.detail);
    leaks(request, text, options.merchants, say);
    return seen;
  }
  fields(params.value, say);
  nonces(params.value, request, options.memory, say);
  signature(params.value, options, say);
  leaks(request, `${text}\n${[...params.value.values()].join("\n")}`, options.merchants, say);
  return seen;
}

type Say = (requirement: string, holds: boolean, detail: string) => void;

function fields(params: Params, say: Say): void {
  const missing = ["appid", "nonce_str", "time_stamp", SIGN].filter((name) => !params.get(name));
  const appid = params.get("appid") ?? "";
  const nonce = params.get("nonce_str") ?? "";
  const problems = missing.map((name) => `${name} is missing or empty`);
  if (appid && !/^mch[0-9]{1,29}$/.test(appid))
    problems.push(`appid is ${JSON.stringify(appid)}, not mch and digits`);
  if (count(nonce) > 32) problems.push(`nonce_str has ${count(nonce)} characters, at most 32 are allowed`);
  say(
    "REQ-003",
    problems.length === 0,
    problems.length === 0 ? "All common fields are there, once each." : `${problems.join("; ")}.`,
  );
  const order = params.get("mch_order_no");
  const length = count(order ?? "");
  say(
    "REQ-004",
    length >= 1 && length <= 32,
    `Expected mch_order_no of 1 to 32 characters, found ${order === undefined ? "none" : length}.`,
  );
  const lang = params.get("lang");
  if (lang !== undefined) {
    say(
      "REQ-005",
      ["en", "cn", "th"].includes(lang),
      `Expected lang to be en, cn or th, found ${JSON.stringify(lang)}.`,
    );
  }
  const stamp = params.get("time_stamp") ?? "";
  const month = "(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])";
  const good = new RegExp(`^20[0-9]{2}${month}([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$`).test(stamp);
  say(
    "REQ-007",
    good,
    `Expected time_stamp as yyyyMMddHHmmss, found ${JSON.stringify(stamp)}${named(stamp)}.`,
  );
}

/** The known deviations by name (REQ-007). */
function named(stamp: string): string {
  if (/^\d{16}S$/.test(stamp)) return " (the documented example's form, %S twice and a letter S)";
  if (/^1\d{12}$/.test(stamp)) return " (milliseconds since 1970)";
  return /^1\d{9}$/.test(stamp) ? " (seconds since 1970)" : "";
}

function nonces(params: Params, request: SeenRequest, memory: Memory, say: Say): void {
  const nonce = params.get("nonce_str");
  if (!nonce) return;
  const order = params.get("mch_order_no") ?? "";
  const before = memory.nonces.get(nonce);
  const detail = before
    ? `nonce_str ${nonce} came before, at +${Math.round(before.at)} ms (${before.path}).`
    : "nonce_str had not been seen in this run.";
  say("REQ-008", before === undefined, detail);
  const again = [...memory.nonces.values()].some((use) => use.path === request.path && use.order === order);
  if (again)
    say(
      "RTY-002",
      before === undefined,
      before ? `A repeated call for order ${order} reused its nonce.` : "A repeated call had a new nonce.",
    );
  if (!before) memory.nonces.set(nonce, { at: request.at, path: request.path, order });
}

function signature(params: Params, options: ObserveOptions, say: Say): void {
  const sign = params.get(SIGN);
  const merchant = options.merchants.find(({ appid }) => appid === params.get("appid"));
  if (!sign || !merchant) return;
  const canonical = canonicalText(params);
  if (loneSurrogateAt(canonical) >= 0) return;
  const shape = decodeSignature(sign, merchant.verifier.key);
  if (!shape.ok && shape.rejection.code === "signature_length") {
    say("SIG-009", false, shape.rejection.detail);
    return;
  }
  if (verifyText(canonical, sign, merchant.verifier).ok) {
    for (const id of ["SIG-001", "SIG-002", "SIG-003", "SIG-006", "SIG-007", "SIG-009", "REQ-006"]) {
      say(id, true, "The merchant's signature verifies over the decoded form.");
    }
    say("SIG-008", sign === sign.toLowerCase(), "Expected lower-case hex, found upper-case digits.");
    return;
  }
  const { requirement, detail } = options.diagnose(params, sign, merchant.verifier);
  say(requirement, false, detail);
}

/** The private key must not be in the request, whole or in part (SEC-001). */
function leaks(request: SeenRequest, text: string, merchants: readonly KnownMerchant[], say: Say): void {
  const everything = `${request.path}\n${JSON.stringify(request.headers)}\n${text}`.replace(/\\n|\s/g, "");
  const found = merchants.find(({ secrets }) => secrets.some((secret) => everything.includes(secret)));
  const pem = /-----BEGIN(RSA)?PRIVATEKEY-----/.test(everything);
  const leaked = found !== undefined || pem;
  say(
    "SEC-001",
    !leaked,
    leaked
      ? "The private key, or a part of it, is in the request."
      : "No part of the private key was in the request.",
  );
}

const count = (text: string): number => [...text].length;
