import { describe, expect, it } from "vitest";
import { brokenInvariants, type LedgerEvent, ledgerText } from "../src/index.js";
import { randomLife } from "./random-life.js";

/** `KSHERPROOF_SEQUENCES=10000` runs more; each is a life of its own, named by its seed. */
const SEQUENCES = Number(process.env.KSHERPROOF_SEQUENCES ?? 2_000);

describe("the ledger's invariants", () => {
  it(`CXL-006, CXL-008, CXL-010: ${SEQUENCES} random sequences of requests, customers, faults and time leave them whole`, async () => {
    const events = new Set<string>();
    for (let seed = 1; seed <= SEQUENCES; seed += 1) {
      const { ledger } = await randomLife(seed);
      const broken = brokenInvariants(ledger);
      expect(broken, `seed ${seed}`).toEqual([]);
      for (const { event, code, ok } of ledger) events.add(`${event} ${code ?? ok}`);
    }
    for (const code of [0, -1, -2, -3, -4, -5, -6]) expect([...events]).toContain(`cancel_order ${code}`);
    expect([...events]).toContain("paid_by_qr true");
    expect([...events]).toContain("paid_by_link false");
  });

  it("the same script gives the same ledger, byte for byte; another seed gives another", async () => {
    const one = await randomLife(42, 60);
    const again = await randomLife(42, 60);
    expect(ledgerText(again.ledger)).toBe(ledgerText(one.ledger));
    expect(JSON.stringify(again.save())).toBe(JSON.stringify(one.save()));
    expect(ledgerText((await randomLife(43, 60)).ledger)).not.toBe(ledgerText(one.ledger));
  });

  it("a saved and loaded gateway goes on as the one that was never saved", async () => {
    const whole = await randomLife(7, 40);
    const loaded = await randomLife(8, 5);
    loaded.load(JSON.parse(JSON.stringify(whole.save())));
    expect(JSON.stringify(loaded.save())).toBe(JSON.stringify(whole.save()));
  });

  it.each<[string, Partial<LedgerEvent>, string]>([
    [
      "a second effective cancel",
      { event: "cancel_order", code: 0, from: "open", to: "cancelled" },
      "a second time",
    ],
    [
      "a payment through a closed link",
      { kind: "customer", event: "paid_by_link", from: "cancelled", to: "paid" },
      "closed link",
    ],
    [
      "a code that the state does not explain",
      { event: "cancel_order", code: -3, ok: false, from: "cancelled", to: "cancelled" },
      "code -3",
    ],
    [
      "a refused request that changes something",
      { event: "cancel_order", code: -2, ok: false, from: "cancelled", to: "open" },
      "changed the order",
    ],
    [
      "a query that changes something",
      { event: "gateway_order_query", from: "cancelled", to: "open" },
      "a query changed",
    ],
    [
      "a QR code that was never saved",
      { kind: "customer", event: "paid_by_qr", from: "cancelled", to: "paid_late" },
      "never saved",
    ],
    [
      "a gap in the numbers",
      { seq: 9, event: "gateway_order_query", from: "cancelled", to: "cancelled" },
      "its number should be 3",
    ],
  ])("%s is found", (_, wrong, says) => {
    const ref = { appid: "mch1", mch_order_no: "a" };
    const base = { at: 0, kind: "request", ref, ok: true } as const;
    const ledger: LedgerEvent[] = [
      { ...base, seq: 1, event: "gateway_pay", from: null, to: "open", code: 0 },
      { ...base, seq: 2, event: "cancel_order", from: "open", to: "cancelled", code: 0 },
      { ...base, seq: 3, event: "", from: null, to: null, ...wrong },
    ];
    expect(brokenInvariants(ledger).join("\n")).toContain(says);
  });
});
