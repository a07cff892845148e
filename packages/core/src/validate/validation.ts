import { ENDPOINTS } from "@ksherproof/spec";
import { fieldOf, type MessageName } from "@ksherproof/spec/validators";
import { looksLikeCurl, parseCurl } from "../curl.js";
import { decodeForm } from "../form.js";
import { type JsonNode, member, parseJson } from "../json.js";
import type { Params } from "../params.js";
import { KNOWN_ENDPOINTS, type Message, recognise } from "../recognise.js";
import { accept, type Rejection, type Result } from "../rejection.js";
import { encodeUtf8 } from "../utf8.js";
import { escapePointer, type Problem, schemaProblems } from "./problem.js";
import { answerEndpoint, type MessageRole, requestEndpoint, roleOf, schemaOf } from "./role.js";
import { numberProblems, plainValue, pointerAt } from "./value.js";

/** What is known about a message beside its text. */
export interface ValidateOptions {
  /** The endpoint that it goes to or comes from; by its members where it is not given. */
  readonly endpoint?: string;
  /** Which part of the exchange it is; by its members where it is not given. */
  readonly role?: MessageRole;
  /** Takes the strict reading wherever the documentation contradicts itself. */
  readonly strict?: boolean;
}

/** What a message is, and all that is wrong with it. */
export interface Validation {
  readonly valid: boolean;
  readonly message: MessageRole;
  readonly endpoint: string | null;
  readonly problems: readonly Problem[];
}

/** Rejections of texts that are no message at all. */
const NO_MESSAGE = /^(message_|curl_(file|quote|no_body))/;

/**
 * Validates a message in any of its forms (JSON, form body, curl command line) against the schemas and names every field
 * that is wrong. Signatures are not verified. Rejects only texts that are no message at all.
 * @example validateMessage('{"code": 7}') // problems[0]: /code, RSP-003
 */
export function validateMessage(text: string, options: ValidateOptions = {}): Result<Validation> {
  const found = recognise(text, options.endpoint);
  if (found.ok) {
    const { kind, body, endpoint } = found.value;
    const json = kind === "response" || kind === "params" || /^\s*\{/.test(body);
    return accept(json ? ofJson(found.value, options) : ofForm(body, endpoint, options));
  }
  const { rejection } = found;
  if (NO_MESSAGE.test(rejection.code)) return found;
  if (!rejection.code.startsWith("form_")) return accept(ofBroken(text, rejection, options));
  const call = looksLikeCurl(text.trim()) ? parseCurl(text.trim()) : null;
  const named = KNOWN_ENDPOINTS.find(
    (name) => call?.ok && call.value.url?.split("?")[0]?.endsWith(`/${name}`),
  );
  return accept(ofForm(call?.ok ? call.value.body : text.trim(), named ?? null, options));
}

function ofJson(message: Message, options: ValidateOptions): Validation {
  const parsed = parseJson(message.body);
  if (!parsed.ok) return ofBroken(message.body, parsed.rejection, options);
  const root = parsed.value;
  const role = message.kind === "curl" ? "request" : (options.role ?? roleOf(root, options.endpoint ?? null));
  const endpoint = endpointOf(role, root, message.endpoint, options);
  const schema = schemaOf(role, endpoint, options.strict === true);
  const problems = [...schemaProblems(schema, plainValue(root))];
  for (const problem of numberProblems(root, (pointer) => isWhole(schema, pointer)))
    if (!problems.some(({ pointer }) => pointer === problem.pointer)) problems.push(problem);
  if (message.kind === "curl" && (endpoint !== ENDPOINTS.gateway_pay.name || options.strict))
    problems.unshift(JSON_BODY);
  return { valid: problems.length === 0, message: role, endpoint, problems };
}

const JSON_BODY: Problem = {
  pointer: "",
  requirement: "REQ-002",
  code: "json_body",
  detail: "Expected a form body (application/x-www-form-urlencoded), found JSON.",
};

function endpointOf(
  role: MessageRole,
  root: JsonNode,
  named: string | null,
  options: ValidateOptions,
): string | null {
  if (role === "webhook" || role === "reply") return ENDPOINTS.mch_notify_url.name;
  if (options.endpoint !== undefined) return options.endpoint;
  if (role === "response") return answerEndpoint(root);
  return named ?? requestEndpoint(root.kind === "object" ? root.members.map(({ name }) => name) : []);
}

/** Whether a place is documented: no documented member holds a number but a whole one. */
function isWhole(schema: MessageName, pointer: string): boolean {
  return fieldOf(schema, pointer) !== undefined;
}

/** A form body, field by field, so that a field that cannot be decoded does not hide what is wrong with the others. */
function ofForm(body: string, named: string | null, options: ValidateOptions): Validation {
  const fields = {};
  const broken = new Map<string, Problem>();
  let offset = 0;
  for (const segment of body.split("&")) {
    const decoded = decodeForm(segment);
    const problem = decoded.ok
      ? duplicateIn(fields, decoded.value, offset)
      : brokenField(segment, decoded.rejection, offset);
    if (problem) broken.set(problem.pointer, problem);
    else if (decoded.ok)
      for (const [name, value] of decoded.value)
        Object.defineProperty(fields, name, { value, enumerable: true });
    offset += encodeUtf8(segment).length + 1;
  }
  const endpoint = options.endpoint ?? named ?? requestEndpoint(Object.keys(fields));
  const schema = schemaOf("request", endpoint, options.strict === true);
  const others = schemaProblems(schema, fields).filter(({ pointer }) => !broken.has(pointer));
  const problems = [...broken.values(), ...others];
  return { valid: problems.length === 0, message: "request", endpoint, problems };
}

function duplicateIn(fields: object, decoded: Params, offset: number): Problem | null {
  const name = [...decoded.keys()].find((one) => Object.hasOwn(fields, one));
  if (name === undefined) return null;
  const detail = `The field ${name} comes a second time, at byte ${offset}: expected it once.`;
  return { pointer: `/${escapePointer(name)}`, requirement: "REQ-003", code: "form_duplicate", detail };
}

function brokenField(segment: string, { code, requirement, detail }: Rejection, offset: number): Problem {
  const name = decodeForm(`${segment.split("=")[0]}=`);
  const pointer = name.ok ? [...name.value.keys()].map((one) => `/${escapePointer(one)}`).join("") : "";
  const placed = detail.replace(/byte (\d+)/g, (_, at: string) => `byte ${Number(at) + offset}`);
  return { pointer, requirement, code, detail: placed };
}

/** A JSON text that could not be taken apart: one problem, at the place that the rejection names. */
function ofBroken(text: string, rejection: Rejection, options: ValidateOptions): Validation {
  const { requirement, code, detail, at, field } = rejection;
  const parsed = parseJson(text);
  const inData = parsed.ok && member(parsed.value, "data")?.kind === "object" ? "/data" : "";
  const parent = at !== undefined && code === "duplicate_member" ? pointerAt(text, at) : inData;
  const pointer = field === undefined ? parent : `${parent}/${escapePointer(field)}`;
  const role = options.role ?? (options.endpoint === ENDPOINTS.mch_notify_url.name ? "webhook" : "response");
  const problems = [{ pointer, requirement, code, detail }];
  return { valid: false, message: role, endpoint: options.endpoint ?? null, problems };
}
