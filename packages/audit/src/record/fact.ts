import type { Place } from "./finding.js";

/** What an answer says of its order; the documented results, and the codes of cancel answers as text (`cancel 0`). */
export const SAYINGS = [
  "nothing",
  "SUCCESS",
  "CLOSED",
  "NOTPAY",
  "PENDING",
  "USERPAYING",
  "NOTSURE",
  "PAYERROR",
  "REFUND",
  "FAIL",
  "cancel 0",
  "cancel -1",
  "cancel -2",
  "cancel -3",
  "cancel -4",
  "cancel -5",
  "cancel -6",
] as const;

export type Saying = (typeof SAYINGS)[number];

/** How the record came: an exchange that names its endpoint or its request, or a bare answer. */
export type Form = "bare" | "exchange" | "webhook";

/** The texts of a fact, in the order in which rows hold them (order/rows.ts). */
export const FACT_TEXTS = [
  "appid",
  "id",
  "total_fee",
  "fee_type",
  "time_end",
  "pay_mch_order_no",
  "time_stamp",
  "about",
] as const;

/** What one record tells the order stage: about its order, and about the nonce of its request. */
export interface Fact {
  /** What facts are grouped by: an order of a merchant, or a nonce of a merchant. */
  readonly of: "order" | "nonce";
  readonly appid: string;
  /** The order number; for a nonce, the nonce. */
  readonly id: string;
  readonly says: Saying;
  readonly form: Form;
  /** Milliseconds since 1970, or null where the record has no time. */
  readonly at: number | null;
  /** `total_fee` as it was signed; "" where nothing signed names it. */
  readonly total_fee: string;
  readonly fee_type: string;
  readonly time_end: string;
  readonly pay_mch_order_no: string;
  /** The request's `time_stamp`, "" where there is none. */
  readonly time_stamp: string;
  /** For a nonce: the order that its request was about. */
  readonly about: string;
  readonly place: Place;
}
