export { CANCEL_CODES, QUERY_RESULTS } from "@ksherproof/spec";

/** The endpoint behind each operation (REQ-001). */
export const ENDPOINT_PATHS_BY_OPERATION = {
  create: "/gateway_pay",
  cancel: "/cancel_order",
  query: "/gateway_order_query",
} as const;

export const CANCEL = ENDPOINT_PATHS_BY_OPERATION.cancel;
export const QUERY = ENDPOINT_PATHS_BY_OPERATION.query;
export const PAY = ENDPOINT_PATHS_BY_OPERATION.create;
