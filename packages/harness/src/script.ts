import type { CustomerAnswer, Fault, Gateway, OrderFields, OrderRef } from "@ksherproof/gateway";
import type { SceneOptions } from "./stage.js";

/** What a customer can do in a scene. */
export const CUSTOMER_ACTS = [
  "openLink",
  "saveQr",
  "payByLink",
  "payByQr",
  "startCard",
  "passOtp",
  "failOtp",
  "refund",
] as const;
export type CustomerAct = (typeof CUSTOMER_ACTS)[number];

/** The moment of a call at which something else happened: just before, or just after, the gateway acted on it. */
interface During {
  readonly during?: { readonly endpoint: string; readonly when: "before" | "after" };
}

/** One thing that was done in a scene, as data: it can be stored, and done again. */
export type Command =
  | { readonly do: "order"; readonly mch_order_no: string; readonly fields?: Partial<OrderFields> }
  | { readonly do: "fault"; readonly endpoint: string; readonly faults: readonly Fault[] }
  | ({ readonly do: "customer"; readonly act: CustomerAct; readonly mch_order_no: string } & During)
  | ({ readonly do: "expire"; readonly mch_order_no: string } & During)
  | {
      readonly do: "call";
      readonly op: "create" | "cancel" | "query";
      readonly mch_order_no: string;
      readonly fields: Readonly<Record<string, unknown>>;
      /** It was sent before the call above it was answered. */
      readonly at_once?: true;
    }
  | { readonly do: "restart" }
  /** A static question, without the network. */
  | { readonly do: "canonicalize"; readonly params: Readonly<Record<string, string>> }
  | { readonly do: "sign"; readonly params: Readonly<Record<string, string>>; readonly bits: number }
  /** Something that holds keys or bytes of its run, and can't be done again from here; the check makes it anew. */
  | { readonly do: "other"; readonly what: string };

/** Everything that was done in one scene, in order. */
export class Script {
  readonly options: SceneOptions;
  private readonly commands: Command[] = [];
  private running = 0;
  private during: During = {};

  constructor(options: SceneOptions) {
    this.options = options;
  }

  /** What was done so far. */
  get soFar(): readonly Command[] {
    return [...this.commands];
  }

  add(command: Command): void {
    this.commands.push(command);
  }

  /** Writes down a call; the function that it gives says that it was answered. */
  call(
    op: "create" | "cancel" | "query",
    mch_order_no: string,
    fields: Readonly<Record<string, unknown>>,
  ): () => void {
    const atOnce = this.running > 0 ? ({ at_once: true } as const) : {};
    this.add({ do: "call", op, mch_order_no, fields, ...atOnce });
    this.running += 1;
    return () => {
      this.running -= 1;
    };
  }

  /** Runs something that happens while the gateway acts on a call. */
  meanwhile(endpoint: string, when: "before" | "after", act: () => void): void {
    this.during = { during: { endpoint, when } };
    try {
      act();
    } finally {
      this.during = {};
    }
  }

  /** The gateway, with everything that is done to it by its customers written down. */
  watched(gateway: Gateway): Gateway {
    const note = (answer: CustomerAnswer, command: Command): CustomerAnswer => {
      if (answer.ok) this.add(command);
      return answer;
    };
    const { customer } = gateway;
    const acts = CUSTOMER_ACTS.map((act) => [
      act,
      (ref: OrderRef, channel?: string) =>
        note(customer[act](ref, channel), {
          do: "customer",
          act,
          mch_order_no: ref.mch_order_no,
          ...this.during,
        }),
    ]);
    const expire = (ref: OrderRef) =>
      note(gateway.expire(ref), { do: "expire", mch_order_no: ref.mch_order_no, ...this.during });
    return Object.create(gateway, {
      customer: { value: Object.fromEntries(acts) },
      expire: { value: expire },
    }) as Gateway;
  }
}
