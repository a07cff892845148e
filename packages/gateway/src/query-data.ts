import type { Order, OrderRef } from "./order.js";

/** The `data` of a query answer or webhook: all sixteen documented members, in the order of the documented sample. */
export function queryData(order: Order, result: string): Record<string, string | number> {
  const paid = order.ksher_order_no !== "";
  return {
    cash_fee: paid ? order.total_fee : "",
    attach: order.attach,
    result,
    openid: "",
    rate: paid ? "1.000000" : "",
    channel: paid ? order.channel : "",
    nonce_str: order.nonce_str,
    mch_order_no: order.mch_order_no,
    cash_fee_type: paid ? order.fee_type : "",
    pay_mch_order_no: order.pay_mch_order_no,
    total_fee: order.total_fee,
    fee_type: order.fee_type,
    ksher_order_no: order.ksher_order_no,
    channel_order_no: order.channel_order_no,
    time_end: order.time_end,
    appid: order.appid,
  };
}

/** The `data` of a query that failed: FAIL, about the order that was asked for, with nothing known of it (QRY-005). */
export function failedQueryData(ref: OrderRef): Record<string, string | number> {
  return {
    cash_fee: "",
    attach: "",
    result: "FAIL",
    openid: "",
    rate: "",
    channel: "",
    nonce_str: "",
    mch_order_no: ref.mch_order_no,
    cash_fee_type: "",
    pay_mch_order_no: "",
    total_fee: 0,
    fee_type: "",
    ksher_order_no: "",
    channel_order_no: "",
    time_end: "",
    appid: ref.appid,
  };
}
