import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalText, paramsFromObject, signText } from "@ksherproof/core";
import { nodeSigner } from "@ksherproof/keys";
import { root } from "../architecture/sources.js";

const signer = nodeSigner(readFileSync(join(root, "vectors/keys/gateway-1024.pkcs1.pem"), "utf8"));

/** The key that the lines are signed with. */
export const gatewayKey = readFileSync(join(root, "vectors/keys/gateway-1024.spki.pem"), "utf8");

/** One signed query answer as a line of a log. */
export function answerLine(at: string, order: string, result: string, attach = ""): string {
  const data: Record<string, string | number> = {
    appid: "mch35005",
    attach,
    cash_fee: result === "SUCCESS" ? 2000 : "",
    cash_fee_type: "",
    channel: result === "SUCCESS" ? "promptpay" : "",
    channel_order_no: "",
    fee_type: "THB",
    ksher_order_no: "",
    mch_order_no: order,
    nonce_str: "",
    openid: "",
    pay_mch_order_no: "2106021528410423",
    rate: "",
    result,
    time_end: "",
    total_fee: 2000,
  };
  const params = paramsFromObject(
    Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)])),
  );
  if (!params.ok) throw new Error(params.rejection.detail);
  const response = {
    code: 0,
    msg: "操作成功",
    message: "操作成功",
    data,
    sign: signText(canonicalText(params.value), signer),
  };
  return JSON.stringify({ at, endpoint: "gateway_order_query", status: 200, response });
}

/** The answer to a cancel that was done. */
export function cancelLine(at: string, order: string): string {
  const request = {
    appid: "mch35005",
    mch_order_no: order,
    nonce_str: `n${order}`,
    time_stamp: "20261101100000",
  };
  const response = { code: 0, msg: "操作成功", data: "取消成功", message: "操作成功" };
  return JSON.stringify({ at, endpoint: "cancel_order", status: 200, request, response });
}
