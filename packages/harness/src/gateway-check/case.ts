import {
  explain,
  parseEnvelope,
  queryOutcome,
  signedParams,
  stringOf,
  type Verifier,
} from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Evidence, Step } from "../evidence.js";
import type { Merchant, MerchantCall, Spoil } from "./merchant.js";
import type { GatewayAct, GatewayWorld, PreparedOrders, PreparedState } from "./world.js";

/** What a gateway under test is reached by. */
export interface GatewayUnderTest {
  readonly merchant: Merchant;
  /** The gateway's public key. */
  readonly verifier: Verifier;
  readonly world: GatewayWorld | null;
  readonly prepared: PreparedOrders;
  /** Begins the numbers of the orders that are made. */
  readonly prefix: string;
}

/** Every field that gateway_pay documents, so that a strict gateway takes the order too. */
const ORDER_FIELDS = {
  total_fee: "2000",
  fee_type: "THB",
  channel_list: "promptpay,card",
  mch_code: "KSHERPROOF",
  mch_redirect_url: "https://example.com/done",
  mch_redirect_url_fail: "https://example.com/failed",
  product_name: "ksherproof",
  refer_url: "https://example.com/",
  device: "PC",
};

let count = 0;

/** One story of a gateway: what merchant and customer did, and what it shows of one requirement. */
export class GatewayCase {
  private readonly story: Step[] = [];
  private readonly exchanges: Exchange[] = [];
  private readonly under: GatewayUnderTest;
  private readonly requirement: string;
  private readonly add: (evidence: Evidence) => void;

  constructor(under: GatewayUnderTest, requirement: string, add: (evidence: Evidence) => void) {
    this.under = under;
    this.requirement = requirement;
    this.add = add;
  }

  /** How many calls it made. */
  get calls(): number {
    return this.exchanges.length;
  }

  /** A number that no order has. */
  number(): string {
    count += 1;
    return `${this.under.prefix}-${count}`;
  }

  /** Makes an open order through gateway_pay, or takes a prepared one; null where there is none. */
  async open(): Promise<string | null> {
    const number = this.number();
    const made = await this.call("create", number, ORDER_FIELDS);
    return made.code === 0 ? number : this.prepared("open");
  }

  /** An order that was prepared in a state, each only once. */
  prepared(state: PreparedState): string | null {
    const list = this.under.prepared[state] as string[] | undefined;
    return list?.shift() ?? null;
  }

  /** Lets the customer act; false where the gateway refuses, null where there is no way to let them act. */
  async act(order: string, act: GatewayAct): Promise<boolean | null> {
    const { world } = this.under;
    if (!world) return null;
    const done = await world.act(order, act);
    this.story.push({ who: "customer", what: `${act.replaceAll("_", " ")}${done ? "" : ": refused"}` });
    return done;
  }

  async call(
    op: "create" | "cancel" | "query",
    order: string,
    fields: Readonly<Record<string, string>> = {},
    spoil: Spoil = {},
  ): Promise<MerchantCall> {
    const called = await this.under.merchant.call(op, order, fields, spoil);
    this.exchanges.push(called.exchange);
    this.story.push({ who: "merchant", what: called.says });
    return called;
  }

  /** Cancels, and expects one of some codes. */
  async cancelIs(order: string, codes: readonly number[], why: string, spoil: Spoil = {}): Promise<boolean> {
    const { code, says } = await this.call("cancel", order, {}, spoil);
    return this.hold(code !== null && codes.includes(code), why, `code ${codes.join(" or ")}`, says);
  }

  /** Queries; the answer's signature must fit (QRY-001), and its result be one of some. */
  async queryIs(order: string, results: readonly string[], why: string): Promise<boolean> {
    const { answer, says } = await this.call("query", order);
    const { verifier, merchant } = this.under;
    if (!answer) return this.hold(false, why, results.join(" or "), says);
    const { outcome, because, envelope } = queryOutcome(answer, verifier, {
      mch_order_no: order,
      appid: merchant.appid,
    });
    if (outcome === "untrusted") {
      const text = new TextDecoder().decode(answer.body);
      this.show("fail", "QRY-001", `A query's answer can't be trusted: ${because?.detail}`, {
        expected: "an answer whose signature covers data, about this order and merchant",
        got: text.slice(0, 400),
        ...this.doctor(text),
      });
      return false;
    }
    this.show("pass", "QRY-001", "The answer's signature fits its data.");
    const member = envelope?.data?.kind === "object" ? envelope.data.members : [];
    const result = stringOf(member.find(({ name }) => name === "result")?.value) ?? `outcome ${outcome}`;
    return this.hold(results.includes(result), why, results.join(" or "), result);
  }

  hold(good: boolean, why: string, expected: string, got: string): boolean {
    this.show(good ? "pass" : "fail", this.requirement, why, good ? {} : { expected, got });
    return good;
  }

  private doctor(text: string): Partial<Evidence> {
    const envelope = parseEnvelope(text);
    const params = envelope.ok ? signedParams(envelope.value.data, "all") : envelope;
    if (!envelope.ok || !params.ok) return {};
    const key = { name: "the gateway's", key: this.under.verifier.key };
    return {
      explanation: explain({
        params: params.value,
        signature: stringOf(envelope.value.sign) ?? "",
        key,
      }),
    };
  }

  private show(
    verdict: "pass" | "fail",
    requirement: string,
    detail: string,
    more: Partial<Evidence> = {},
  ): void {
    this.add({
      requirement,
      check: `gateway-${this.requirement.toLowerCase()}`,
      verdict,
      detail,
      story: [...this.story],
      exchanges: verdict === "pass" ? [] : [...this.exchanges],
      ...more,
    });
  }
}
