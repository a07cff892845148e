/** Where each operation is called. */
export const PATHS = { create: "/gateway_pay", cancel: "/cancel_order", query: "/gateway_order_query" };

/** What each code of a cancel answer tells the caller. */
export const CANCEL_WORDS: Readonly<Record<number, string>> = {
  0: "cancelled",
  [-1]: "rejected",
  [-2]: "bad_signature",
  [-3]: "not_found",
  [-4]: "already_paid",
  [-5]: "already_cancelled",
  [-6]: "failed",
};

/** What each result of a query answer tells the caller. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  SUCCESS: "paid",
  CLOSED: "closed",
  NOTPAY: "unpaid",
  PENDING: "pending",
  USERPAYING: "pending",
  NOTSURE: "pending",
  PAYERROR: "failed",
  REFUND: "refunded",
  FAIL: "not_found",
};

/** The members of a query answer that hold text. */
export const QUERY_TEXTS =
  "appid attach cash_fee_type channel channel_order_no fee_type ksher_order_no mch_order_no nonce_str openid pay_mch_order_no rate result time_end";
