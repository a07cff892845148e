import {
  accept,
  decodeForm,
  decodeUtf8,
  type Envelope,
  endpointOf,
  integerOf,
  type JsonNode,
  member,
  type Params,
  parseJson,
  type Rejection,
  type Result,
  reject,
  SIGN,
  signedParams,
  stringOf,
} from "@ksherproof/core";
import { ENDPOINTS } from "@ksherproof/spec";
import { readTime } from "./time.js";

/** A request as the log has it: decoded params, or why it can't be decoded. */
export interface LoggedRequest {
  readonly params: Params | null;
  readonly problem: Rejection | null;
}

/** One record taken apart: a bare answer, an exchange, or a request alone. */
export interface LoggedExchange {
  readonly form: "bare" | "exchange";
  readonly at: number | null;
  /** The text of a time that is there and can't be read: `at` is null then. */
  readonly unreadTime: string | null;
  readonly endpoint: string | null;
  readonly status: number | null;
  readonly request: LoggedRequest | null;
  /** The answer; null where the exchange has none (a time-out). */
  readonly answer: { readonly envelope: Envelope; readonly text: string } | null;
}

/** The member names of the exchange form. */
const MEMBERS = ["at", "endpoint", "request", "response", "status"] as const;

/**
 * Takes a record apart: a bare answer, `{at, endpoint, request, response, status}` where request and response are objects
 * or strings, or a request's params alone (SIG-006, RSP-007, SEC-005). `endpoint` is for records that name none.
 */
export function readExchange(bytes: Uint8Array, endpoint: string | null): Result<LoggedExchange> {
  const utf16 = looksLikeUtf16(bytes);
  if (utf16) return utf16;
  const text = decodeUtf8(bytes);
  if (!text.ok) return text;
  const parsed = parseJson(text.value);
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  if (root.kind !== "object") {
    return reject("not_an_object", "RSP-007", `Expected a JSON object, found ${root.kind}.`);
  }
  const isAnswer = member(root, "code") !== undefined || member(root, "data") !== undefined;
  if (!isAnswer && MEMBERS.some((name) => name !== "at" && member(root, name))) {
    return readWrapped(root, text.value, endpoint);
  }
  if (isAnswer) {
    const envelope = envelopeOf(root);
    const named = endpoint ?? endpointOf(envelope.data);
    const answer = { envelope, text: text.value.slice(root.start, root.end) };
    return accept({ form: "bare", ...NO_TIME, endpoint: named, status: null, request: null, answer });
  }
  if (member(root, SIGN) && member(root, "appid")) {
    const request = readRequest(root);
    return accept({ form: "bare", ...NO_TIME, endpoint, status: null, request, answer: null });
  }
  return reject(
    "not_a_message",
    "RSP-007",
    "Expected an answer with code and data, an exchange with request and response, or a request's params; found another object.",
  );
}

function readWrapped(root: JsonNode, text: string, hint: string | null): Result<LoggedExchange> {
  const answer = readAnswer(member(root, "response"), text);
  if (!answer.ok) {
    const status = statusOf(root);
    if (status === null || status === 200) return answer;
  }
  const requestNode = member(root, "request");
  const url = stringOf(member(requestNode, "url"));
  const named = stringOf(member(root, "endpoint")) ?? url;
  const found = answer.ok ? answer.value : null;
  return accept({
    form: "exchange",
    ...timeOf(member(root, "at"), text),
    endpoint: (named === undefined ? hint : endpointName(named)) ?? endpointOf(found?.envelope.data),
    status: statusOf(root),
    request: requestNode === undefined || requestNode.kind === "null" ? null : readRequest(requestNode),
    answer: found,
  });
}

/** An answer that is an object, a JSON text in a string, or an object with the text as its `body`. */
function readAnswer(node: JsonNode | undefined, text: string): Result<LoggedExchange["answer"]> {
  if (node === undefined || node.kind === "null") return accept(null);
  const body =
    node.kind === "object" && !member(node, "code") && !member(node, "data")
      ? member(node, "body")
      : undefined;
  if (body) return readAnswer(body, text);
  if (node.kind === "object")
    return accept({ envelope: envelopeOf(node), text: text.slice(node.start, node.end) });
  if (node.kind !== "string") {
    return reject(
      "not_an_object",
      "RSP-007",
      `Expected the response to be an object or a string, found ${node.kind}.`,
    );
  }
  const parsed = parseJson(node.value);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind !== "object") {
    return reject(
      "not_an_object",
      "RSP-007",
      `Expected the response to be a JSON object, found ${parsed.value.kind}.`,
    );
  }
  const { start, end } = parsed.value;
  return accept({ envelope: envelopeOf(parsed.value), text: node.value.slice(start, end) });
}

function envelopeOf(root: JsonNode): Envelope {
  return {
    root,
    code: integerOf(member(root, "code")),
    msg: stringOf(member(root, "msg")),
    message: stringOf(member(root, "message")),
    sign: member(root, SIGN),
    data: member(root, "data"),
  };
}

/** A request that is an object of params, a form body or JSON in a string, or an object with either as its `body`. */
function readRequest(node: JsonNode): LoggedRequest {
  const broken = (result: Result<Params>): LoggedRequest =>
    result.ok ? { params: result.value, problem: null } : { params: null, problem: result.rejection };
  if (node.kind === "object") {
    const body = member(node, "appid") ? undefined : (member(node, "body") ?? member(node, "params"));
    return body ? readRequest(body) : broken(signedParams(node, "all"));
  }
  if (node.kind !== "string") {
    return broken(
      reject(
        "request_form",
        "REQ-002",
        `Expected the request to be an object or a string, found ${node.kind}.`,
      ),
    );
  }
  if (!/^\s*\{/.test(node.value)) return broken(decodeForm(node.value));
  const parsed = parseJson(node.value);
  return broken(parsed.ok ? signedParams(parsed.value, "all") : parsed);
}

const NO_TIME = { at: null, unreadTime: null };

function timeOf(node: JsonNode | undefined, text: string): Pick<LoggedExchange, "at" | "unreadTime"> {
  if (node === undefined || node.kind === "null" || (node.kind === "string" && node.value === ""))
    return NO_TIME;
  const written = node.kind === "string" ? node.value : text.slice(node.start, node.end);
  const at = node.kind === "string" || node.kind === "number" ? readTime(written) : null;
  return { at, unreadTime: at === null ? written : null };
}

function statusOf(root: JsonNode): number | null {
  return integerOf(member(root, "status")) ?? null;
}

/** An endpoint's name from a name, a path or a URL. */
export function endpointName(text: string): string {
  const last = text.split("?")[0]?.split("/").filter(Boolean).at(-1) ?? text;
  if (Object.hasOwn(ENDPOINTS, last)) return last;
  return last === "webhook" || last === "notify" ? ENDPOINTS.mch_notify_url.name : last;
}

/** Zero bytes at every second place are UTF-16: said by name, since "bad UTF-8" would send people the wrong way. */
function looksLikeUtf16(bytes: Uint8Array): Result<never> | null {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const zeros =
    bytes.length >= 4 && (bytes[0] === 0) !== (bytes[1] === 0) && (bytes[2] === 0) !== (bytes[3] === 0);
  if (!marked && !zeros) return null;
  return reject(
    "utf16",
    "SIG-006",
    "Expected UTF-8, found UTF-16 (iconv -f utf-16 -t utf-8 turns one into the other).",
  );
}
