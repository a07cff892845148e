import { ENDPOINTS } from "@ksherproof/spec";

export { CANCEL_CODES, QUERY_RESULTS } from "@ksherproof/spec";

export const CANCEL = ENDPOINTS.cancel_order.path;
export const QUERY = ENDPOINTS.gateway_order_query.path;
export const PAY = ENDPOINTS.gateway_pay.path;

/** The endpoint behind each operation (REQ-001). */
export const ENDPOINT_PATHS_BY_OPERATION = { create: PAY, cancel: CANCEL, query: QUERY } as const;
