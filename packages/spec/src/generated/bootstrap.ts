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
export const SIGNED_MEMBERS = {
  cancel_order: "all",
  gateway_order_query: "all",
  gateway_pay: "all",
  mch_notify_url: "all",
  merchant_info: ["mobile", "mch_id", "account_type", "business_mode", "nonce_str"],
  get_settlement_info: ["begin_date", "end_date", "nonce_str"],
} as const;
export const ENDPOINTS = {
  cancel_order: { name: "cancel_order", path: "/cancel_order", requestFields: ["appid", "lang", "mch_order_no", "nonce_str", "time_stamp"] },
  gateway_order_query: { name: "gateway_order_query", path: "/gateway_order_query", requestFields: ["appid", "mch_order_no", "nonce_str", "time_stamp"] },
  gateway_pay: { name: "gateway_pay", path: "/gateway_pay", requestFields: [] },
  mch_notify_url: { name: "mch_notify_url", path: "", requestFields: [] },
} as const;
export type EndpointName = keyof typeof ENDPOINTS;
export const PUBLIC_KEYS = {
  "ksher-v1": { name: "ksher-v1", holder: "gateway", pem: "-----BEGIN RSA PUBLIC KEY-----\nMEgCQQC+/eeTgrjeCPHmDS/5osWViFyIAryFRIr5canaYhz3Di3UNkT0sf6TkabF\nLvxPcM9JmEtj2O4TXNpgYATkE/sFAgMBAAE=\n-----END RSA PUBLIC KEY-----\n" },
  "ksher-v2": { name: "ksher-v2", holder: "gateway", pem: "-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA3WvHCgE/NVHjWG+IzjB2OeWFwjQJFPEi/O1AFaiLdsyXgQ8sROIM\npp7iyhbubKf+aNFdJx4+hwbVSd3BAUUdKQJyovdqjF0DLLrk0QLUZAnEX7lylugt\nVL+eCKRhI8UzXxEFMt8vrhw1p9oaxBK/0mXcqUGvtM7hNAZo9jdfB/l+gAf6X3jR\n1gj7lsz190A+FfDwzIhCWK8FcdroW7A00KAcCdAadzNdn16UNj4G0kGXhAMf+175\ngTFuVuiZx1oSaInrOgnl05qqixTbrdm/BqwbFWGGYX1B6yKM0/Vus3DqkwgXr1q+\nbWPtM3sDOQuQmkbo/jQbkMv+Ab8ij2f1gwIDAQAB\n-----END RSA PUBLIC KEY-----\n" },
  "ksher-demo-merchant": { name: "ksher-demo-merchant", holder: "merchant", pem: "-----BEGIN PUBLIC KEY-----\nMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7KQ6yeYh7dlMaMniLvfQVYn5G\nscninlCfmNli6I8jQy5G3o1ofnYF/CFArmfAhQHj3f14Enfr5ripissZBQBaCreE\nOSY0tBUTJ+NPZlKGiMOC11bNOnsYv2Jm7FbmHzh0ok2V9KIiwtANn6Z2JvQWk46g\nM+M29dVDekSYnqDJqwIDAQAB\n-----END PUBLIC KEY-----\n" },
} as const;
export const KNOWN_SIGNATURES = [
  { id: "rse-29", sign: "2d6dc811009b073d7a7b4a4426cc88abb00d66fa75308211088d3305cfe13c44f49af8c6cc251bcd1351a0e7ef2844a9056386d186f8525b9419b9329eeb863c21d5d1015abdd2aa7df5401e83d856a5be92a2257b24cfcae30abcb6a32a01abaf703cdfa0c8f8fc0bb9a3dff06497506f284b8ab587c02570ab19091cba2147", says: "This is the documentation's example of a cancel request: a genuine signature of the vendor's demo merchant, over another text than the one printed beside it (mch_order_no is a placeholder)." },
  { id: "rse-34", sign: "b000e9b6ec3fbda482d96a3d7c75c6956a5864336c3098462525e7229e8e046e490939a3e8b320a6c68eb63795a25b79d8c74f042f0972039bb5fe9b861cefb4", says: "This is the example that every parameter table of the documentation prints for sign: the gateway's own signature of some old answer, which no merchant can make." },
] as const;
