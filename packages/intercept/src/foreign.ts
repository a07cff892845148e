import type { Signer } from "@ksherproof/core";
import { jsonAnswer, signedBody, textAnswer, type WireAnswer } from "@ksherproof/gateway";
import { CANCEL_CODES, ENDPOINTS } from "@ksherproof/spec";

/** Where a path on a gateway host leads: an endpoint that is simulated, another API of the vendor, a page, or nowhere. */
export type Place =
  | { readonly kind: "endpoint"; readonly path: string }
  | { readonly kind: "other_api" }
  | { readonly kind: "page" }
  | { readonly kind: "nowhere" };

const ENDPOINT_PATHS = [
  ENDPOINTS.cancel_order.path,
  ENDPOINTS.gateway_order_query.path,
  ENDPOINTS.gateway_pay.path,
];

/** The documented addresses of the endpoints (REQ-001). */
export const DOCUMENTED_PATHS: readonly string[] = ENDPOINT_PATHS.map((path) => `/api${path}`);

/** Finds where a path leads. Hosts that were added by the user may have any prefix before the endpoint. */
export function placeOf(host: string, path: string, added: readonly string[]): Place {
  const own = added.includes(host);
  const endpoint = ENDPOINT_PATHS.find((one) => path === `/api${one}` || (own && path.endsWith(one)));
  if (endpoint) return { kind: "endpoint", path: endpoint };
  if (host === "api.mch.ksher.net" || path.startsWith("/KsherPay/")) return { kind: "other_api" };
  return /^\/(ua|mindex|page)$/.test(path) ? { kind: "page" } : { kind: "nowhere" };
}

/** A refusal in the form of the API that was called, for what is not simulated. */
export function foreignAnswer(place: Place, path: string, signer: Signer): WireAnswer {
  if (place.kind === "page") {
    return textAnswer(200, "text/html; charset=utf-8", "<p>The payment page is not simulated here.</p>\n");
  }
  const refused = CANCEL_CODES.find(({ code }) => code === -1);
  const msg = refused?.documented ?? "";
  if (place.kind === "nowhere") return jsonAnswer({ code: -1, msg, message: msg });
  const data = {
    result: "FAIL",
    err_code: "NOT_SIMULATED",
    err_msg: `ksherproof does not simulate ${path}`,
  };
  const { sign } = signedBody(data, msg, signer);
  return jsonAnswer({ code: -1, msg, status_code: "", status_msg: "", version: "3.0.0", data, sign });
}
