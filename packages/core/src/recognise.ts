import { SIGNED_MEMBERS } from "@ksherproof/spec";
import { type CurlCall, looksLikeCurl, parseCurl } from "./curl.js";
import { type Envelope, parseEnvelope } from "./envelope.js";
import type { Field } from "./explain/recipe.js";
import { decodeForm } from "./form.js";
import { type JsonNode, member, parseJson, stringOf } from "./json.js";
import { type Params, SIGN } from "./params.js";
import { accept, type Result, reject } from "./rejection.js";
import { inEnglish, type Sentence, sentence } from "./sentence.js";
import { type SignedMembers, signedParams, valueText } from "./signed-members.js";

/** What a text turned out to be. A webhook's body has the form of a response. */
export type MessageKind = "response" | "params" | "form" | "curl";

/** A message in any of its forms, taken apart as far as its signature goes. */
export interface Message {
  readonly kind: MessageKind;
  /** What was recognised, in words. */
  readonly what: string;
  /** The same as a sentence with places. */
  readonly sentence: Sentence;
  /** The params that the signature covers, `sign` not among them. */
  readonly params: Params;
  readonly signature: string | null;
  /** Every field with the JSON node that it came from. */
  readonly fields: readonly Field[];
  readonly body: string;
  readonly envelope: Envelope | null;
  readonly dataText: string | null;
  /** The endpoint that the message names or has the form of, where that is certain. */
  readonly endpoint: string | null;
}

/** The endpoints whose rule of what a signature covers is known (`SIGNED_MEMBERS` of the spec). */
export const KNOWN_ENDPOINTS: readonly string[] = Object.keys(SIGNED_MEMBERS);

/**
 * Recognises a message: a JSON response or webhook, a flat JSON object of params, a form body, or a curl command line
 * (QRY-001, REQ-002). `endpoint` overrides what its form says about which members are signed.
 */
export function recognise(text: string, endpoint?: string): Result<Message> {
  const trimmed = text.trim();
  if (trimmed === "") return reject("message_empty", null, "Expected a message, found an empty input.");
  if (trimmed.startsWith("-----BEGIN")) {
    return reject("message_is_key", null, "Expected a message, found a PEM key.");
  }
  if (looksLikeCurl(trimmed)) return fromCurl(trimmed, endpoint);
  const request = /^(?:POST|PUT|GET) (\S+) HTTP\/[\d.]+\r?\n[\s\S]*?\r?\n\r?\n/.exec(trimmed);
  if (request) return recognise(trimmed.slice(request[0].length), endpoint ?? endpointOfUrl(request[1]));
  const url = /^https?:\/\/[^\s?]+\?(?=\S+$)/.exec(trimmed);
  if (url) {
    const query = trimmed.slice(url[0].length).split("#")[0] ?? "";
    const named = endpoint ?? endpointOfUrl(url[0]) ?? null;
    return fromForm(query, "form", sentence("url_with_params"), named);
  }
  const http = /^HTTP\/[\d.]+ \d{3}[^\n]*\n[\s\S]*?\r?\n\r?\n/.exec(trimmed);
  if (http) return recognise(trimmed.slice(http[0].length), endpoint);
  if (/^[[{"]/.test(trimmed)) return fromJson(text, endpoint);
  if (/^[^=&\s]+=/.test(trimmed)) return fromForm(trimmed, "form", sentence("form_body"), endpoint ?? null);
  return reject(
    "message_unknown",
    null,
    "Expected JSON, a form body or a curl command line, found none of them.",
    { at: 0 },
  );
}

function fromJson(text: string, endpoint: string | undefined): Result<Message> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  if (root.kind !== "object") {
    return reject(
      "not_an_object",
      "RSP-007",
      `Expected a JSON object, found ${root.kind === "array" ? "an array" : `a ${root.kind}`}.`,
      {
        at: root.start,
      },
    );
  }
  return member(root, "code") || member(root, "data")?.kind === "object"
    ? fromEnvelope(text, endpoint)
    : fromFlat(text, root, endpoint);
}

function fromFlat(
  text: string,
  root: JsonNode & { kind: "object" },
  endpoint: string | undefined,
): Result<Message> {
  const all = signedParams(root, "all");
  if (!all.ok) return all;
  const params = new Map(all.value);
  params.delete(SIGN);
  return accept({
    kind: "params",
    ...saying(sentence("flat_object")),
    params,
    signature: stringOf(member(root, SIGN)) ?? null,
    fields: fieldsOf(root),
    body: text,
    envelope: null,
    dataText: null,
    endpoint: endpoint ?? null,
  });
}

function fromEnvelope(text: string, hint: string | undefined): Result<Message> {
  const envelope = parseEnvelope(text);
  if (!envelope.ok) return envelope;
  const { data, sign } = envelope.value;
  const endpoint = hint ?? endpointOf(data);
  const covered = endpoint === null ? "all" : coveredBy(endpoint);
  const params: Result<Params> = data?.kind === "object" ? signedParams(data, covered) : accept(new Map());
  if (!params.ok) return params;
  return accept({
    kind: "response",
    ...saying(endpoint === null ? formOf(data) : responseOf(endpoint, covered)),
    params: params.value,
    signature: stringOf(sign) ?? null,
    fields: data?.kind === "object" ? fieldsOf(data) : [],
    body: text,
    envelope: envelope.value,
    dataText: data ? text.slice(data.start, data.end) : null,
    endpoint,
  });
}

/** What was recognised, in English and as a sentence. */
function saying(told: Sentence): Pick<Message, "what" | "sentence"> {
  return { what: inEnglish(told), sentence: told };
}

function responseOf(endpoint: string, covered: SignedMembers): Sentence {
  return covered === "all"
    ? sentence("response_of", { endpoint })
    : sentence("response_of_part", { endpoint, fields: covered.join(", ") });
}

/** Which members an endpoint's signature covers; "all" for endpoints with no exception. */
export function coveredBy(endpoint: string): SignedMembers {
  return Object.hasOwn(SIGNED_MEMBERS, endpoint)
    ? SIGNED_MEMBERS[endpoint as keyof typeof SIGNED_MEMBERS]
    : "all";
}

/** The endpoint of an answer by the form of its `data`, for the two exceptions: each has members that no other answer has. */
export function endpointOf(data: JsonNode | undefined): string | null {
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => member(data, name) !== undefined);
  if (has("settlement_data", "begin_date", "end_date", "nonce_str")) return "get_settlement_info";
  if (has("mobile", "mch_id", "account_type", "business_mode", "nonce_str")) return "merchant_info";
  return null;
}

/** What an envelope looks like, in words; it is only said, never relied upon. */
function formOf(data: JsonNode | undefined): Sentence {
  if (data?.kind === "string" || data === undefined) return sentence("unsigned_response");
  if (member(data, "pay_content")) return sentence("pay_response");
  const query = member(data, "mch_order_no") && member(data, "pay_mch_order_no") && member(data, "result");
  return sentence(query ? "query_response_or_webhook" : "response_or_webhook");
}

/** The envelope's members as fields, for mistakes such as signing them too. */
export function envelopeFields(message: Message): readonly Field[] | undefined {
  const root = message.envelope?.root;
  return root?.kind === "object" ? fieldsOf(root) : undefined;
}

function fieldsOf(root: JsonNode & { kind: "object" }): readonly Field[] {
  return root.members.map(({ name, value }) => ({ name, value: valueText(value), node: value }));
}

function fromForm(
  body: string,
  kind: "form" | "curl",
  what: Sentence,
  endpoint: string | null,
): Result<Message> {
  const decoded = decodeForm(body);
  if (!decoded.ok) return decoded;
  const params = new Map(decoded.value);
  params.delete(SIGN);
  return accept({
    kind,
    ...saying(what),
    params,
    signature: decoded.value.get(SIGN) ?? null,
    fields: [...decoded.value].map(([name, value]) => ({ name, value })),
    body,
    envelope: null,
    dataText: null,
    endpoint,
  });
}

/** The endpoint that a URL or a path names, where its rule is known. */
function endpointOfUrl(url: string | null | undefined): string | undefined {
  return KNOWN_ENDPOINTS.find((name) => url?.split("?")[0]?.endsWith(`/${name}`));
}

function fromCurl(text: string, hint: string | undefined): Result<Message> {
  const call: Result<CurlCall> = parseCurl(text);
  if (!call.ok) return call;
  const { body, url } = call.value;
  const endpoint = hint ?? endpointOfUrl(url) ?? null;
  if (/^\s*\{/.test(body)) {
    const inner = fromJson(body, endpoint ?? undefined);
    if (!inner.ok) return inner;
    const what = sentence("curl_line_with", { message: [inner.value.sentence] });
    return accept({ ...inner.value, kind: "curl", ...saying(what) });
  }
  return fromForm(
    body,
    "curl",
    endpoint ? sentence("curl_line_to", { endpoint }) : sentence("curl_line"),
    endpoint,
  );
}
