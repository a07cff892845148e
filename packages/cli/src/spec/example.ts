import { encodeForm } from "@ksherproof/core";
import { CANCEL_CODES, ENDPOINTS, FORM_TYPE, QUERY_RESULTS, WEBHOOK } from "@ksherproof/spec";
import { OPENAPI } from "@ksherproof/spec/openapi";

/** What goes over the wire, as lines. Signatures are left out: they would not fit. */
export interface Exchange {
  readonly request: readonly string[];
  readonly answer: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const SIGN = "(signature)";

/** An exchange that shows a requirement: the code or result that names it, else the documented success; null for a group without one. */
export function exampleExchange(id: string): Exchange | null {
  const names = (row: { readonly requirements: readonly string[] }): boolean => row.requirements.includes(id);
  const code = CANCEL_CODES.find(names);
  const result = QUERY_RESULTS.find(names);
  if (id.startsWith("WHK")) return webhook();
  if (id === "CXL-007") return query("SUCCESS");
  if (code) return cancel(code);
  if (result || id.startsWith("QRY")) return query(result?.result ?? "CLOSED");
  return /^(SIG|REQ|RSP|CXL|RTY)/.test(id) ? cancel(CANCEL_CODES[0]) : null;
}

function example(schema: keyof (typeof OPENAPI)["components"]["schemas"]): Json {
  return OPENAPI.components.schemas[schema].examples[0] as Json;
}

function post(path: string, fields: Json): readonly string[] {
  const text = Object.entries(fields).map(
    ([name, value]) => [name, name === "sign" ? SIGN : String(value)] as const,
  );
  const body = encodeForm(new Map(text))
    .replace(encodeURIComponent(SIGN), SIGN)
    .replace("%28signature%29", SIGN);
  return [`POST ${path} HTTP/1.1`, `Content-Type: ${FORM_TYPE}`, "", body];
}

function json(status: string, value: Json): readonly string[] {
  return [status, "Content-Type: application/json", "", JSON.stringify(value)];
}

function cancel(row: (typeof CANCEL_CODES)[number]): Exchange {
  const data = "data" in row ? { data: row.data } : {};
  const answer = { code: row.code, msg: row.documented, ...data, message: row.documented };
  return {
    request: post(ENDPOINTS.cancel_order.path, example("CancelOrderRequest")),
    answer: json("HTTP/1.1 200 OK", answer),
  };
}

function query(result: string): Exchange {
  const request = example("GatewayOrderQueryRequest");
  const paid = result === "SUCCESS" || result === "REFUND";
  const answer = example(paid ? "MchNotifyUrlRequest" : "GatewayOrderQueryResponse");
  const { appid, mch_order_no } = request;
  const data = { ...(answer.data as Json), result, appid, mch_order_no };
  return {
    request: post(ENDPOINTS.gateway_order_query.path, request),
    answer: json("HTTP/1.1 200 OK", { ...answer, sign: SIGN, data }),
  };
}

function webhook(): Exchange {
  const { sign: _, ...body } = example("MchNotifyUrlRequest");
  return {
    request: [
      "POST (mch_notify_url) HTTP/1.1",
      `Content-Type: ${WEBHOOK.mediaType}`,
      "",
      JSON.stringify({ ...body, sign: SIGN }),
    ],
    answer: json("HTTP/1.1 200 OK", WEBHOOK.accepted),
  };
}
