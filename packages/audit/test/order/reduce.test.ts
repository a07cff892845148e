import { describe, expect, it } from "vitest";
import type { Fact, Finding, Saying } from "../../src/index.js";
import { judgeOrder } from "../../src/order/judge-order.js";
import { reduceSpill } from "../../src/order/reduce.js";
import { encodeFact } from "../../src/order/rows.js";
import { SpillFolder, SpillWriter } from "../../src/order/spill.js";

function fact(id: string, says: Saying, at: number | null, part: Partial<Fact> = {}): Fact {
  const paid = says === "SUCCESS" ? { total_fee: "100", fee_type: "THB" } : {};
  const place = { file: "log", line: at ?? 0, offset: at ?? 0 };
  const rest = { total_fee: "", fee_type: "", time_end: "", pay_mch_order_no: "", time_stamp: "", about: "" };
  return { of: "order", appid: "mch1", id, says, form: "exchange", at, ...rest, ...paid, place, ...part };
}

async function judge(
  facts: readonly Fact[],
  atOnce?: number,
): Promise<{ readonly kinds: readonly string[]; readonly orders: number }> {
  const folder = new SpillFolder();
  try {
    const writer = new SpillWriter(folder.path, "test");
    for (const one of facts) writer.write(encodeFact(one, 0, true));
    folder.add(writer.close());
    const found: Finding[] = [];
    const orders = await reduceSpill(
      folder,
      () => ({ file: "log", line: 0, offset: 0 }),
      (one) => found.push(one),
      atOnce,
    );
    return { kinds: found.map(({ kind, mch_order_no }) => `${kind} ${mch_order_no}`).sort(), orders };
  } finally {
    await folder.discard();
  }
}

describe("what a log says of an order", () => {
  it.each<[string, readonly Fact[], readonly string[]]>([
    ["CXL-001 cancelled", [fact("A", "PENDING", 1), fact("A", "cancel 0", 2), fact("A", "CLOSED", 3)], []],
    ["CXL-002 cancelled again", [fact("A", "cancel 0", 2), fact("A", "cancel -5", 3)], []],
    ["CXL-003 paid, and the cancel refused", [fact("A", "SUCCESS", 1), fact("A", "cancel -4", 2)], []],
    ["CXL-003 paid and reported as cancelled", [fact("A", "SUCCESS", 1), fact("A", "cancel 0", 2)], ["paid_reported_cancelled A"]],
    ["CXL-007 cancelled and later paid", [fact("A", "cancel 0", 1), fact("A", "SUCCESS", 2)], ["cancelled_then_paid A"]],
    ["CXL-007 the same without times", [fact("A", "CLOSED", null), fact("A", "SUCCESS", null)], ["cancelled_then_paid A"]],
    ["CXL-005 refused, then paid", [fact("A", "cancel -6", 1), fact("A", "SUCCESS", 2)], ["refused_then_paid A"]],
    ["CXL-005 refused with -4 while in progress", [fact("A", "cancel -4", 1), fact("A", "USERPAYING", 2), fact("A", "SUCCESS", 3)], ["refused_then_paid A"]],
    ["CXL-001 closed by nobody", [fact("A", "NOTPAY", 1), fact("A", "CLOSED", 2)], ["closed_without_cancel A"]],
    ["a bare CLOSED alone shows nothing", [fact("A", "CLOSED", null, { form: "bare" })], []],
    ["unpaid after paid", [fact("A", "SUCCESS", 1), fact("A", "NOTPAY", 2)], ["contradictory_answers A"]],
    ["CXL-010 cancelled twice", [fact("A", "cancel 0", 1), fact("A", "cancel 0", 2)], ["contradictory_answers A"]],
    ["another merchant's order of the same number", [fact("A", "cancel 0", 1), fact("A", "SUCCESS", 2, { appid: "mch2" })], []],
    ["REQ-008 a nonce twice", [fact("n", "nothing", 1, { of: "nonce", about: "A" }), fact("n", "nothing", 2, { of: "nonce", about: "A" })], ["nonce_reused A"]],
  ])("%s, in any order of lines", async (_, facts, kinds) => {
    expect((await judge(facts)).kinds).toEqual(kinds);
    expect((await judge([...facts].reverse())).kinds).toEqual(kinds);
  }); // biome-ignore format: a table

  it.each([
    [1, 2, "The order was cancelled and later paid"],
    [1, 1, "the log does not say which came first"],
    [null, 1, "the log does not say which came first"],
  ])("CXL-007 a cancel at %s and a payment at %s: %s", (cancel, paid, says) => {
    const [found] = judgeOrder([fact("A", "cancel 0", cancel), fact("A", "SUCCESS", paid)]);
    expect([found?.kind, found?.detail]).toEqual(["cancelled_then_paid", expect.stringContaining(says)]);
  });

  it("does not depend on how much is held at once: a partition is spread over files, and an order stays in one", async () => {
    const facts = Array.from({ length: 3000 }, (_, i) => {
      const id = `O${Math.floor(i / 2)}`;
      return i % 2 === 0 ? fact(id, "SUCCESS", i) : fact(id, i % 3 === 0 ? "cancel 0" : "cancel -4", i + 1);
    });
    const whole = await judge(facts);
    expect(whole.orders).toBe(1500);
    expect(whole.kinds.length).toBe(500);
    expect(await judge(facts, 4000)).toEqual(whole);
  });
});
