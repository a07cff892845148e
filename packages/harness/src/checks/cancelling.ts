import type { GatewaySettings } from "@ksherproof/gateway";
import { type Bench, type Case, learned } from "../bench.js";
import { CANCEL } from "../protocol.js";
import type { Check } from "./check.js";

type Act = "openLink" | "saveQr" | "payByLink" | "payByQr" | "startCard" | "passOtp" | "failOtp";

/** What the customer does, in words. */
export const SAYS: Readonly<Record<Act, string>> = {
  openLink: "opens the payment link",
  saveQr: "saves the QR code",
  payByLink: "pays through the link",
  payByQr: "pays with the saved QR code",
  startCard: "starts a card payment",
  passOtp: "passes the OTP",
  failOtp: "fails the OTP",
};

export const ORDER = "ORDER-1";

/** The customer does something; a step that the gateway refuses would be a mistake of ours. */
export function act(one: Case, what: Act, number = ORDER): void {
  const done = one.scene.gateway.customer[what]({ appid: one.scene.appid, mch_order_no: number });
  if (!done.ok) throw new Error(`the harness asked for an impossible step: ${what}: ${done.why}`);
  one.tell("customer", SAYS[what]);
}

/** A case with an open order. */
export function begin(bench: Bench, requirement: string, settings: Partial<GatewaySettings> = {}): Case {
  const one = bench.open(requirement.toLowerCase(), requirement, { settings });
  one.scene.create(ORDER);
  one.tell("merchant", `has created order ${ORDER}`);
  return one;
}

async function cancelIs(one: Case, outcomes: readonly string[], why: string): Promise<void> {
  if (one.bench.offers("cancel")) one.expect(await one.call("cancel", ORDER), outcomes, why);
}

async function queryIs(one: Case, outcomes: readonly string[], why: string): Promise<void> {
  if (one.bench.offers("query")) one.expect(await one.call("query", ORDER), outcomes, why);
}

/** A check of one requirement about an order's life. */
export const check = (
  requirement: string,
  title: string,
  run: (bench: Bench) => Promise<void>,
  needs: Check["needs"] = ["cancel"],
): Check => ({
  id: requirement.toLowerCase(),
  title,
  requirements: [requirement],
  needs,
  run,
});

export const cxl001 = check(
  "CXL-001",
  "cancelling an unpaid order gives cancelled, and the query then says closed",
  async (bench) => {
    const lives = [[], ["openLink"], ["openLink", "saveQr"], ["startCard", "failOtp"]] as const;
    for (const before of bench.thin<(typeof lives)[number]>(lives)) {
      const one = begin(bench, "CXL-001");
      for (const what of before) act(one, what);
      await cancelIs(one, ["cancelled"], "Cancelling an unpaid order gives cancelled.");
      await queryIs(one, ["closed"], "After a cancel the query says closed.");
    }
  },
);

export const cxl002 = check("CXL-002", "cancelling again gives already_cancelled", async (bench) => {
  const one = begin(bench, "CXL-002");
  await one.call("cancel", ORDER);
  for (let i = 0; i < 3; i += 1)
    await cancelIs(one, ["already_cancelled"], "Cancelling a cancelled order gives already_cancelled.");
  await queryIs(one, ["closed"], "The order stays closed.");
});

export const cxl003 = check(
  "CXL-003",
  "cancelling a paid order gives already_paid, and the query says paid",
  async (bench) => {
    const lives = [["payByLink"], ["saveQr", "payByQr"], ["startCard", "passOtp"]] as const;
    for (const before of bench.thin<(typeof lives)[number]>(lives)) {
      const one = begin(bench, "CXL-003");
      for (const what of before) act(one, what);
      await cancelIs(one, ["already_paid"], "Cancelling a paid order gives already_paid.");
      await queryIs(one, ["paid"], "The query of a paid order says paid.");
      await cancelIs(one, ["already_paid"], "It stays paid, however often it is cancelled.");
    }
  },
);

export const cxl004 = check(
  "CXL-004",
  "cancelling an order that does not exist gives not_found",
  async (bench) => {
    const one = bench.open("cxl-004", "CXL-004");
    await cancelIs(one, ["not_found"], "Cancelling an order that does not exist gives not_found.");
    await queryIs(one, ["not_found"], "Querying an order that does not exist gives not_found.");
  },
);

export const cxl005 = check(
  "CXL-005",
  "a card payment in progress cannot be cancelled; the order may still be paid",
  async (bench) => {
    for (const [code, outcome] of [
      [-6, "failed"],
      [-4, "already_paid"],
    ] as const) {
      for (const end of bench.thin(["passOtp", "failOtp"] as const)) {
        const one = begin(bench, "CXL-005", { cardInProgressCode: code });
        act(one, "startCard");
        await cancelIs(one, [outcome], `A card payment in progress refuses the cancel (${code}).`);
        await queryIs(one, ["pending"], "The query says that the payment is under way.");
        act(one, end);
        await queryIs(
          one,
          end === "passOtp" ? ["paid"] : ["failed"],
          "The query then says what became of the card.",
        );
        await cancelIs(
          one,
          end === "passOtp" ? ["already_paid"] : ["cancelled"],
          "A later cancel meets the order as it is then.",
        );
      }
    }
  },
);

export const cxl007 = check(
  "CXL-007",
  "after a cancel a saved QR code may still be paid, and the query then says paid",
  async (bench) => {
    for (const queries of bench.thin([0, 1, 3])) {
      const one = begin(bench, "CXL-007");
      act(one, "saveQr");
      if (bench.offers("cancel")) await one.call("cancel", ORDER);
      else one.scene.gateway.expire({ appid: one.scene.appid, mch_order_no: ORDER });
      for (let i = 0; i < queries; i += 1)
        await queryIs(one, ["closed"], "Until then the query says closed.");
      if (one.scene.order(ORDER)?.state === "open") continue;
      act(one, "payByQr");
      await queryIs(one, ["paid"], "A cancelled order that was paid through a saved QR code is paid.");
      await queryIs(one, ["paid"], "It is paid however often one asks.");
    }
  },
  ["query"],
);

export const cxl011 = check(
  "CXL-011",
  "a cancel that races a payment ends as the gateway decided",
  async (bench) => {
    const first = begin(bench, "CXL-011");
    first.scene.hook(CANCEL, "before", () => act(first, "payByLink"));
    await cancelIs(first, ["already_paid"], "The payment came first: the cancel gives already_paid.");
    await queryIs(first, ["paid"], "The query says paid.");
    const late = begin(bench, "CXL-011");
    act(late, "saveQr");
    late.scene.hook(CANCEL, "after", () => act(late, "payByQr"));
    if (bench.offers("cancel")) {
      const called = await late.call("cancel", ORDER);
      // A client that confirms a cancel by a query of its own knows of the payment already: the query decides.
      const queried = learned(called).filter((outcome) => outcome === "already_paid");
      late.expect(
        called,
        ["cancelled", ...queried],
        "The cancel came first: it gives cancelled, though a payment follows at once.",
      );
    }
    await queryIs(late, ["paid"], "The query decides, not the client's memory: it says paid.");
  },
);
