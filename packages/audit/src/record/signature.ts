import { createHash } from "node:crypto";
import {
  canonicalText,
  coveredBy,
  type Envelope,
  encodesDigest,
  encodeUtf8,
  type JsonNode,
  type Params,
  type Rejection,
  signedParams,
  type Verifier,
  valueText,
} from "@ksherproof/core";
import { nodeVerifier } from "@ksherproof/keys";
import { ENDPOINTS } from "@ksherproof/spec";
import { type KeyRing, otherKnownKeys, type RingKey } from "./key-ring.js";
import {
  isPadded,
  type KnownKey,
  knownKey,
  MOST_SEARCHES,
  type Opened,
  open,
  type Reason,
  reasonOf,
  type Searches,
} from "./reason.js";

/** A ring ready to verify: each key parsed once. */
export interface ReadyRing {
  readonly ring: KeyRing;
  readonly gateway: readonly ReadyKey[];
  readonly merchant: readonly MerchantKey[];
  /** Keys that are asked only to say who made a wrong signature. */
  readonly others: readonly KnownKey[];
  readonly searches: Searches;
}

export interface ReadyKey extends RingKey, KnownKey {
  /** The key's place among the gateway's keys, for counting what it verified. */
  readonly index: number;
}

/** A key that requests are signed with. */
export interface MerchantKey extends RingKey, KnownKey {
  readonly verifier: Verifier;
}

/** Makes a ring ready. */
export function readyRing(ring: KeyRing): ReadyRing {
  return {
    ring,
    gateway: ring.gateway.map((key, index) => ({ ...key, ...knownKey(key), index })),
    merchant: ring.merchant.map((key) => ({ ...key, ...knownKey(key), verifier: nodeVerifier(key.key) })),
    others: otherKnownKeys(ring).map(knownKey),
    searches: { left: MOST_SEARCHES },
  };
}

/** What became of an answer's signature. */
export type SignatureState =
  | { readonly state: "valid"; readonly key: ReadyKey; readonly params: Params; readonly canonical: string }
  | { readonly state: "outside_period"; readonly key: ReadyKey }
  | { readonly state: "invalid"; readonly why: Reason }
  | { readonly state: "rejected"; readonly rejection: Rejection }
  | { readonly state: "missing" | "unsigned" };

/**
 * Verifies an answer with every key of the ring (QRY-001, QRY-002, QRY-008). An answer without `sign` is `missing` where
 * it should be signed; the answers of cancel_order and refusals without data never are (RSP-001): `unsigned`.
 */
export function verifyAnswer(
  envelope: Envelope,
  text: string,
  endpoint: string | null,
  at: number | null,
  ready: ReadyRing,
): SignatureState {
  const { sign, data } = envelope;
  const absent = sign === undefined || sign.kind === "null" || (sign.kind === "string" && sign.value === "");
  if (absent) return { state: shouldBeSigned(envelope, endpoint) ? "missing" : "unsigned" };
  if (sign.kind !== "string") {
    const detail = `Expected sign to be a string, found ${sign.kind}.`;
    return { state: "invalid", why: { reason: "signature_not_text", detail } };
  }
  const params = signedParams(data, endpoint === null ? "all" : coveredBy(endpoint));
  if (!params.ok) return { state: "rejected", rejection: params.rejection };
  let signed: SignedText | null = null;
  let outside: ReadyKey | null = null;
  const opened: Opened<ReadyKey>[] = [];
  for (const key of ready.gateway) {
    const one = open(sign.value, key);
    opened.push(one);
    if (!one.message || !isPadded(one.message)) continue;
    signed ??= signedText(params.value);
    if (!encodesDigest(one.message, signed.digest)) continue;
    if (within(key, at)) return { state: "valid", key, params: params.value, canonical: signed.canonical };
    outside = key;
  }
  if (outside) return { state: "outside_period", key: outside };
  const patient = {
    params: params.value,
    signature: sign.value,
    fields: fieldsOf(data),
    body: text,
    dataText: data && dataText(envelope, text),
  };
  return {
    state: "invalid",
    why: reasonOf(patient, opened, [...ready.merchant, ...ready.others], ready.searches),
  };
}

interface SignedText {
  readonly canonical: string;
  readonly digest: Uint8Array;
}

function signedText(params: Params): SignedText {
  const canonical = canonicalText(params);
  return { canonical, digest: createHash("md5").update(encodeUtf8(canonical)).digest() };
}

/** Which answers are signed: all with an object as `data`, and every success of an endpoint but cancel_order. */
function shouldBeSigned({ data, code }: Envelope, endpoint: string | null): boolean {
  if (endpoint === ENDPOINTS.cancel_order.name) return false;
  if (data?.kind === "object") return true;
  return code === 0 && endpoint !== null;
}

/** Whether a key counts at a time; a record without a time is not held to a period. */
export function within(key: RingKey, at: number | null): boolean {
  if (at === null) return true;
  return (key.from === null || at >= key.from) && (key.until === null || at <= key.until);
}

function fieldsOf(node: JsonNode | undefined) {
  if (node?.kind !== "object") return [];
  return node.members.map(({ name, value }) => ({ name, value: valueText(value), node: value }));
}

/** The text of `data` as it stood in the answer; offsets count from where the answer's own text begins. */
function dataText({ root, data }: Envelope, text: string): string | undefined {
  return data && text.slice(data.start - root.start, data.end - root.start);
}
