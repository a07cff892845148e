import { member, stringOf, valueText } from "@ksherproof/core";
import { ENDPOINTS } from "@ksherproof/spec";
import type { LoggedExchange } from "./exchange.js";
import { type Fact, SAYINGS, type Saying } from "./fact.js";
import type { Place } from "./finding.js";

/**
 * What a record tells the order stage. Only a trusted answer says something of its order; a cancel answer, which nobody
 * signs, counts by its code (RSP-001, RSP-002).
 */
export function factsOf(exchange: LoggedExchange, place: Place, trusted: boolean): readonly Fact[] {
  const { request, endpoint, at } = exchange;
  const params = request?.params;
  const data = trusted ? exchange.answer?.envelope.data : undefined;
  const signed = (name: string): string => {
    const node = member(data, name);
    return node === undefined ? "" : valueText(node);
  };
  const appid = params?.get("appid") ?? signed("appid");
  const order = params?.get("mch_order_no") ?? signed("mch_order_no");
  const stamp = params?.get("time_stamp") ?? "";
  const nonce = params?.get("nonce_str") ?? "";
  const says = sayingOf(exchange, trusted);
  const form = endpoint === ENDPOINTS.mch_notify_url.name ? "webhook" : exchange.form;
  const facts: Fact[] = [];
  const none = { total_fee: "", fee_type: "", time_end: "", pay_mch_order_no: "" };
  if (order !== "" && (says !== "nothing" || stamp !== "")) {
    const isAnswer = says !== "nothing" && !says.startsWith("cancel");
    const amounts = isAnswer
      ? {
          total_fee: signed("total_fee"),
          fee_type: signed("fee_type"),
          time_end: signed("time_end"),
          pay_mch_order_no: signed("pay_mch_order_no"),
        }
      : none;
    facts.push({
      of: "order",
      appid,
      id: order,
      says,
      form,
      at,
      ...amounts,
      time_stamp: stamp,
      about: "",
      place,
    });
  }
  if (nonce !== "") {
    facts.push({
      of: "nonce",
      appid,
      id: nonce,
      says: "nothing",
      form,
      at,
      ...none,
      time_stamp: "",
      about: order,
      place,
    });
  }
  return facts;
}

function sayingOf({ endpoint, answer, status }: LoggedExchange, trusted: boolean): Saying {
  if (!answer || (status !== null && status !== 200)) return "nothing";
  if (endpoint === ENDPOINTS.cancel_order.name) return saying(`cancel ${answer.envelope.code}`);
  return trusted ? saying(stringOf(member(answer.envelope.data, "result")) ?? "") : "nothing";
}

function saying(text: string): Saying {
  return SAYINGS.find((one) => one === text) ?? "nothing";
}
