import type { Fault } from "../faults/fault.js";
import type { OrderState } from "../order.js";
import type { GatewaySettings } from "../settings.js";

/** What the merchant may do in a scenario. */
export type MerchantAct = "create" | "cancel" | "query" | "receive_webhooks";

/** What the customer may do, and time. */
export type CustomerAct =
  | "open_link"
  | "save_qr"
  | "pay_by_link"
  | "pay_by_qr"
  | "start_card"
  | "pass_otp"
  | "fail_otp"
  | "get_refund"
  | "let_link_expire";

/** What is wrong with a request on purpose: fields changed before signing, or the signature afterwards. */
export interface Spoil {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly sign?: "wrong" | "missing" | "other_key" | "over_other_order";
}

/** How often each outcome came, where calls were made at once. */
export type Tally = Readonly<Record<string, number>>;

/** The merchant calls; `expect` is the outcome, one of several, or a tally. */
export interface MerchantStep {
  readonly merchant: MerchantAct;
  readonly order?: string;
  /** So many calls at once. */
  readonly at_once?: number;
  /** What the customer does after the request was sent and before the gateway acts on it. */
  readonly meanwhile?: readonly CustomerAct[];
  readonly fault?: Fault | readonly Fault[];
  readonly spoil?: Spoil;
  readonly fields?: Readonly<Record<string, string>>;
  readonly expect?: string | readonly string[] | Tally;
  readonly because?: string;
}

/** The customer acts, or tries to: `refused` where the gateway must not let it happen. */
export interface CustomerStep {
  readonly customer: CustomerAct;
  readonly order?: string;
  readonly channel?: string;
  readonly expect?: "done" | "refused";
  readonly because?: string;
}

/** Time passes: `90 s`, `31 min`, `2 h`. */
export interface WaitStep {
  readonly wait: string;
  readonly because?: string;
}

/** What the gateway must hold at this point. */
export interface GatewayStep {
  readonly gateway: {
    readonly state?: OrderState | "none";
    readonly link?: "open" | "closed";
    /** Cancels that took effect on the order so far. */
    readonly cancelled?: number;
    /** Calls of cancel and query that reached the gateway for the order so far. */
    readonly calls?: number;
  };
  readonly order?: string;
  readonly because?: string;
}

export type ScenarioStep = MerchantStep | CustomerStep | WaitStep | GatewayStep;

/** A story of a merchant, a customer and the gateway, that can be run. */
export interface Scenario {
  /** `CXL-007`, or `CXL-011-payment-first` where a requirement has several. */
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly story: string;
  readonly settings?: Partial<GatewaySettings>;
  /** The number of the order that steps are about where they do not say; `order-1` where it is not given. */
  readonly order?: string;
  readonly steps: readonly ScenarioStep[];
}

/** Milliseconds of `90 s`, `31 min`, `2 h`; NaN for other words. */
export function milliseconds(wait: string): number {
  const [, number, unit] = /^(\d+) (ms|s|min|h)$/.exec(wait) ?? [];
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };
  return Number(number) * (units[unit ?? ""] ?? Number.NaN);
}
