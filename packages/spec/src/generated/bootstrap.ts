// First constants, by hand, until the spec-loader emits them.
export const CANCEL_OUTCOMES = ["cancelled","already_cancelled","already_paid","not_found","bad_signature","rejected","failed","unknown"] as const;
export type CancelOutcome = (typeof CANCEL_OUTCOMES)[number];
export const QUERY_OUTCOMES = ["paid","closed","unpaid","pending","failed","refunded","not_found","untrusted","unknown"] as const;
export type QueryOutcome = (typeof QUERY_OUTCOMES)[number];
export const NOTIFY_OUTCOMES = ["paid","untrusted","unknown"] as const;
export type NotifyOutcome = (typeof NOTIFY_OUTCOMES)[number];
export const CREATE_OUTCOMES = ["created","rejected","unknown"] as const;
export type CreateOutcome = (typeof CREATE_OUTCOMES)[number];
export const CANCEL_CODES = [
  { code: 0, outcome: "cancelled", documented: "操作成功", data: "取消成功" },
  { code: -1, outcome: "rejected", documented: "商户信息错误" },
  { code: -2, outcome: "bad_signature", documented: "验证商户签名失败" },
  { code: -3, outcome: "not_found", documented: "该订单不存在" },
  { code: -4, outcome: "already_paid", documented: "该订单已支付成功,不能进行此操作" },
  { code: -5, outcome: "already_cancelled", documented: "该订单已被取消,不能重复进行此操作" },
  { code: -6, outcome: "failed", documented: "取消订单失败" },
] as const;
export const QUERY_CODES = [{ code: 0, outcome: "unknown" }, { code: -3, outcome: "not_found" }] as const;
export const QUERY_RESULTS = [
  { result: "SUCCESS", outcome: "paid" }, { result: "CLOSED", outcome: "closed" }, { result: "NOTPAY", outcome: "unpaid" },
  { result: "PENDING", outcome: "pending" }, { result: "USERPAYING", outcome: "pending" }, { result: "NOTSURE", outcome: "pending" },
  { result: "PAYERROR", outcome: "failed" }, { result: "REFUND", outcome: "refunded" }, { result: "FAIL", outcome: "not_found" },
] as const;
const text = ["string"] as const;
export const QUERY_DATA_FIELDS = [
  { name: "appid", types: text }, { name: "attach", types: text }, { name: "cash_fee", types: ["string", "integer"] },
  { name: "cash_fee_type", types: text }, { name: "channel", types: text }, { name: "channel_order_no", types: text },
  { name: "fee_type", types: text }, { name: "ksher_order_no", types: text }, { name: "mch_order_no", types: text },
  { name: "nonce_str", types: text }, { name: "openid", types: text }, { name: "pay_mch_order_no", types: text },
  { name: "rate", types: text }, { name: "result", types: text }, { name: "time_end", types: text }, { name: "total_fee", types: ["integer"] },
] as const;
