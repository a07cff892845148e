import type { CustomerAct } from "@ksherproof/gateway";

/** A state that an order can be prepared in, and the way there. */
interface Preparation {
  readonly acts: readonly (CustomerAct | "cancel")[];
  readonly means: string;
}

/** Every state of the model, by the names that people use for it. */
export const PREPARED_STATES = {
  unpaid: { acts: [], means: "created, nobody has paid" },
  opened: { acts: ["open_link"], means: "the customer has opened the payment link" },
  qr_saved: { acts: ["save_qr"], means: "unpaid, and the customer has saved the QR code" },
  card_in_progress: { acts: ["start_card"], means: "the customer is at the one-time password" },
  card_failed: { acts: ["start_card", "fail_otp"], means: "a card payment failed, the order is open" },
  paid: { acts: ["pay_by_link"], means: "paid through the link" },
  closed: { acts: ["cancel"], means: "cancelled" },
  closed_qr_saved: { acts: ["save_qr", "cancel"], means: "cancelled, and the customer has the QR code" },
  paid_late: {
    acts: ["save_qr", "cancel", "pay_by_qr"],
    means: "cancelled, then paid with the saved QR code",
  },
  expired: { acts: ["let_link_expire"], means: "the payment link has expired" },
  refunded: { acts: ["pay_by_link", "get_refund"], means: "paid, then refunded" },
} as const satisfies Readonly<Record<string, Preparation>>;

export type PreparedState = keyof typeof PREPARED_STATES;

/** What may stand in braces in a client's command line. */
export const PLACEHOLDERS: readonly string[] = ["op", "endpoint", "order", "appid", "key", "gateway_key"];
