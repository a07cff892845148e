import { ENDPOINTS, QUERY_DATA_FIELDS } from "@ksherproof/spec";
import type { MessageName } from "@ksherproof/spec/validators";
import type { JsonNode } from "../json.js";
import { integerOf, member } from "../json.js";

/** Which part of an exchange a message is. */
export type MessageRole = "request" | "response" | "webhook" | "reply";

/** The endpoints whose messages have schemas. */
export const VALIDATED_ENDPOINTS: readonly string[] = Object.keys(ENDPOINTS);

/** What a message is taken for. */
export interface Taken {
  readonly role: MessageRole;
  /** Null for answers of endpoints outside of Order Cancel. */
  readonly endpoint: string | null;
  readonly schema: MessageName;
}

/** What a JSON object is, by its members, where nobody said. A lone sign is a request's: answers have a code. */
export function roleOf(root: JsonNode, endpoint: string | null): MessageRole {
  const has = (...names: readonly string[]): boolean =>
    names.some((name) => member(root, name) !== undefined);
  if (has("result") && !has("code", "data", "appid", "nonce_str")) return "reply";
  if (endpoint === ENDPOINTS.mch_notify_url.name) return "webhook";
  if (has("appid", "nonce_str", "mch_order_no") && !has("code")) return "request";
  return has("code", "data", "msg", "message") ? "response" : "request";
}

/** The endpoint of an answer by its members: those of `data` tell, and that cancel answers have no signature. */
export function answerEndpoint(root: JsonNode): string | null {
  const [data, sign] = [member(root, "data"), member(root, "sign")];
  if (member(root, "version") || member(root, "status_code")) return null;
  if (QUERY_DATA_FIELDS.some(({ name }) => member(data, name))) return ENDPOINTS.gateway_order_query.name;
  if (member(data, "pay_content") || integerOf(member(root, "code")) === 1) return ENDPOINTS.gateway_pay.name;
  if (data?.kind === "object" && sign) return ENDPOINTS.gateway_pay.name;
  return sign && data?.kind !== "string" ? ENDPOINTS.gateway_order_query.name : ENDPOINTS.cancel_order.name;
}

/** The endpoint of a request by its fields: an amount makes an order; else a cancel and a query have the same fields. */
export function requestEndpoint(names: readonly string[]): string {
  return ["total_fee", "channel_list", "fee_type"].some((name) => names.includes(name))
    ? ENDPOINTS.gateway_pay.name
    : ENDPOINTS.cancel_order.name;
}

/** The schema of a message. */
export function schemaOf(role: MessageRole, endpoint: string | null, strict: boolean): MessageName {
  const base = baseOf(role, endpoint);
  return strict && base !== "ksherpay.response" ? `${base}.strict` : base;
}

type Base = Exclude<MessageName, `${string}.strict`>;

function baseOf(role: MessageRole, endpoint: string | null): Base {
  if (role === "webhook") return "mch-notify-url.request";
  if (role === "reply") return "mch-notify-url.reply";
  switch (endpoint) {
    case ENDPOINTS.cancel_order.name:
      return `cancel-order.${role}`;
    case ENDPOINTS.gateway_order_query.name:
      return `gateway-order-query.${role}`;
    case ENDPOINTS.gateway_pay.name:
      return `gateway-pay.${role}`;
    default:
      return "ksherpay.response";
  }
}
