import {
  accept,
  canonicalText,
  decodeForm,
  type Params,
  paramsFromObject,
  type Rejection,
  type Result,
  reject,
  SIGN,
  verifyText,
} from "@ksherproof/core";
import type { CancelCode } from "./messages.js";
import type { WireRequest } from "./wire.js";
import type { Merchant, World } from "./world.js";

/** The gateway's answer that it will not do it: a wire code, and why in words for people. */
export interface Refusal {
  readonly code: CancelCode;
  readonly rejection: Rejection;
}

/** What became of a request's signature. */
export type SignatureVerdict = "valid" | "wrong" | "unchecked";

/** What the gateway read in a request, as far as it got. */
export interface Reading {
  params: Params | null;
  canonical: string | null;
  signature: SignatureVerdict;
  refusal: Refusal | null;
}

/** A request that may be acted on: its merchant and its params. */
export interface Admitted {
  readonly merchant: Merchant;
  readonly params: Params;
}

/** A field's rule: at most so many characters; required or not. */
export interface FieldRule {
  readonly name: string;
  readonly most: number;
  readonly required: boolean;
}

/** The fields that every request carries (REQ-003), in the order in which they are looked at. */
const COMMON: readonly FieldRule[] = [
  { name: "appid", most: 32, required: true },
  { name: "nonce_str", most: 32, required: true },
  { name: "time_stamp", most: 256, required: true },
  { name: "lang", most: 256, required: false },
];

/**
 * Decode, identify, verify, parse: the order in which a request is looked at, and so which refusal a request with two
 * faults gets. A body that is no form, or an unknown appid, is -1 (there is no key to verify with); then a missing or wrong
 * signature is -2 (CXL-008); then a missing or overlong field is -1 (CXL-009). Only then the order is looked for.
 */
export function admit(
  request: WireRequest,
  rules: readonly FieldRule[],
  world: World,
  reading: Reading,
  json = false,
): Admitted | Refusal {
  const decoded = decodeBody(request, json);
  if (!decoded.ok) return refuse(-1, decoded.rejection);
  reading.params = decoded.value;
  const merchant = identify(decoded.value, world);
  if (!merchant.ok) return refuse(-1, merchant.rejection);
  const verified = verify(decoded.value, merchant.value, reading);
  if (!verified.ok) return refuse(-2, verified.rejection);
  const parsed = checkFields(decoded.value, [...COMMON, ...rules]);
  if (!parsed.ok) return refuse(-1, parsed.rejection);
  const fresh = checkFreshness(decoded.value, merchant.value, world);
  if (!fresh.ok) return refuse(-1, fresh.rejection);
  return { merchant: merchant.value, params: decoded.value };
}

/** Whether `admit` refused. */
export function isRefusal(value: Admitted | Refusal): value is Refusal {
  return "code" in value;
}

/** A refusal with its reason. */
export function refuse(code: CancelCode, rejection: Rejection): Refusal {
  return { code, rejection };
}

function decodeBody(request: WireRequest, json: boolean): Result<Params> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (json && type === "application/json") return decodeJson(request.body);
  if (type !== "application/x-www-form-urlencoded") {
    return reject(
      "content_type",
      "REQ-002",
      `Expected Content-Type application/x-www-form-urlencoded, found ${type || "none"}.`,
    );
  }
  return request.form ?? decodeForm(request.body);
}

function decodeJson(body: Uint8Array): Result<Params> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return paramsFromObject(
        Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, typeof item === "number" ? String(item) : item]),
        ),
      );
    }
  } catch {
    // Falls through to the rejection: a body that does not parse is no object either.
  }
  return reject("json_body", "REQ-002", "Expected a JSON object of texts and numbers.");
}

function identify(params: Params, world: World): Result<Merchant> {
  const appid = params.get("appid");
  if (appid === undefined || appid === "") return missing("appid");
  const merchant = world.merchants.get(appid);
  if (merchant) return accept(merchant);
  return reject("appid_unknown", "CXL-009", `No merchant ${JSON.stringify(appid)} is registered here.`, {
    field: "appid",
  });
}

function verify(params: Params, merchant: Merchant, reading: Reading): Result<unknown> {
  const canonical = canonicalText(params);
  reading.canonical = canonical;
  reading.signature = "wrong";
  const signature = params.get(SIGN);
  if (signature === undefined) {
    return reject("signature_missing", "REQ-003", "The request has no sign.", { field: SIGN });
  }
  if (signature.length > 256 && merchant.verifier.key.bits <= 1024) {
    return reject("signature_length", "REQ-003", `sign has ${signature.length} characters, at most 256.`, {
      field: SIGN,
    });
  }
  const verified = verifyText(canonical, signature, merchant.verifier);
  if (verified.ok) reading.signature = "valid";
  return verified;
}

/** Present where required, not empty, not too long in characters, without NUL. */
function checkFields(params: Params, rules: readonly FieldRule[]): Result<null> {
  for (const { name, most, required } of rules) {
    const value = params.get(name);
    if (value === undefined || value === "") {
      if (required) return missing(name);
      continue;
    }
    // Text that is short in UTF-16 units is short in characters.
    const length = value.length > most ? [...value].length : value.length;
    if (length > most) {
      return reject(
        "field_too_long",
        "CXL-009",
        `${name} has ${length} characters, at most ${most} are allowed.`,
        {
          field: name,
        },
      );
    }
    if (value.includes("\u0000")) {
      return reject("field_nul", "CXL-009", `${name} has a NUL character.`, { field: name });
    }
  }
  const appid = params.get("appid") ?? "";
  if (!/^mch[0-9]+$/.test(appid)) {
    return reject(
      "appid_form",
      "REQ-003",
      `Expected appid as mch and digits, found ${JSON.stringify(appid)}.`,
      {
        field: "appid",
      },
    );
  }
  return accept(null);
}

function checkFreshness(params: Params, merchant: Merchant, world: World): Result<null> {
  const { strictNonce, timeWindowMs } = world.settings;
  const nonce = `${merchant.appid}\u0000${params.get("nonce_str") ?? ""}`;
  const seen = world.nonces.has(nonce);
  world.nonces.add(nonce);
  if (strictNonce && seen) {
    return reject(
      "nonce_replayed",
      "REQ-008",
      "The nonce_str came before; it must be new in every request.",
      {
        field: "nonce_str",
      },
    );
  }
  if (timeWindowMs > 0) {
    const stamp = stampMs(params.get("time_stamp") ?? "");
    const near = (hours: number): boolean =>
      stamp !== null && Math.abs(stamp - hours * 3_600_000 - world.clock.now()) <= timeWindowMs;
    if (!near(0) && !near(7) && !near(8)) {
      return reject(
        "time_window",
        "REQ-007",
        "The time_stamp is not within the window around the gateway's time (UTC, Bangkok and Shanghai time are tried).",
        { field: "time_stamp" },
      );
    }
  }
  return accept(null);
}

function stampMs(stamp: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function missing(field: string): ReturnType<typeof reject> {
  return reject("field_missing", "CXL-009", `The field ${field} is missing or empty.`, { field });
}
