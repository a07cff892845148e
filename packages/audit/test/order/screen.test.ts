import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wasmEngine } from "../../src/engine/wasm-engine.js";
import { type Chainer, ScriptChainer } from "../../src/order/chains.js";
import { groupRows } from "../../src/order/group.js";
import { judgeGroup } from "../../src/order/judge-order.js";
import { encodeFact } from "../../src/order/rows.js";
import { type Fact, SAYINGS } from "../../src/record/fact.js";
import { readyRing } from "../../src/record/signature.js";

const fact = (id: fc.Arbitrary<string>): fc.Arbitrary<Fact> =>
  fc.record({
    of: fc.constantFrom("order", "order", "order", "nonce"),
    appid: fc.constantFrom("mch1", "mch1", "mch2"),
    id,
    says: fc.constantFrom(...SAYINGS),
    form: fc.constantFrom("bare", "exchange", "webhook"),
    at: fc.constantFrom(null, 1, 2, 3, 4),
    total_fee: fc.constantFrom("", "100", "100", "101"),
    fee_type: fc.constantFrom("", "THB", "THB", "USD"),
    time_end: fc.constantFrom("", "2024-01-01 00:00:00"),
    pay_mch_order_no: fc.constantFrom("", "P1", "P1", "P22"),
    time_stamp: fc.constantFrom("", "20240101000000", "20240101000001", "20230101000000", "x"),
    about: fc.constantFrom("", "A"),
    place: fc.record({ file: fc.constant("log"), line: fc.nat(99), offset: fc.nat(9999) }),
  });

const startOf = () => ({ file: "log", line: 0, offset: 0 });
const keyOf = ({ of, appid, id }: Fact): string => `${of} ${appid} ${id}`;

/** Groups rows as they are in the input, or short ones as the module writes them. */
function grouped(chainer: Chainer, facts: readonly Fact[], absolute: boolean) {
  const visited: Fact[][] = [];
  const bytes = Buffer.concat(facts.map((one) => encodeFact(one, 0, absolute)));
  const rows = chainer.room(bytes.length);
  bytes.copy(rows);
  const orders = groupRows(rows, startOf, (group) => visited.push([...group]), chainer);
  return { visited, orders };
}

const engine = wasmEngine(readyRing({ gateway: [], merchant: [] }));

describe.each<[string, Chainer | undefined, boolean]>([
  ["by script", new ScriptChainer(), true],
  ["by script, short", new ScriptChainer(), false],
  ["by the module", engine.chainer?.(), true],
  ["by the module, short", engine.chainer?.(), false],
])("grouping rows %s", (_, chainer, absolute) => {
  const groupedHere = (facts: readonly Fact[]) => grouped(chainer as Chainer, facts, absolute);

  it("passes over no group in which something can be found, and counts every order", () => {
    const facts = fc.array(fact(fc.constantFrom("A", "B")), { maxLength: 6 });
    fc.assert(
      fc.property(facts, (list) => {
        const { visited, orders } = groupedHere(list);
        const groups = new Map<string, Fact[]>();
        for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
        const telling = [...groups].filter(([, group]) => judgeGroup(group).length > 0).map(([key]) => key);
        const seen = visited.map(([first]) => first && keyOf(first));
        for (const key of telling) expect(seen).toContain(key);
        for (const group of visited) expect(group.length).toBe(groups.get(keyOf(group[0] as Fact))?.length);
        expect(orders).toBe([...groups.values()].filter(([first]) => first?.of === "order").length);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads no fact of an order whose answers only follow each other", () => {
    const one = (says: Fact["says"], at: number, part: Partial<Fact> = {}): Fact => ({
      ...{ of: "order", appid: "mch1", id: "A", says, form: "exchange", at, time_end: "", about: "" },
      ...{ total_fee: "1", fee_type: "THB", pay_mch_order_no: "P", time_stamp: `2024010100000${at}` },
      ...{ place: { file: "log", line: at, offset: at } },
      ...part,
    });
    const paid = [one("NOTPAY", 1), one("USERPAYING", 2), one("SUCCESS", 3), one("SUCCESS", 4)];
    expect(groupedHere(paid)).toEqual({ visited: [], orders: 1 });
    expect(groupedHere([...paid, one("NOTPAY", 5)]).visited.length).toBe(1);
  });

  it("gives the groups in the same order, whatever the order of the rows", () => {
    const list = Array.from({ length: 400 }, (_, i) => ({
      ...({ of: "order", appid: "mch1", id: `O${i >> 1}`, says: i % 2 ? "SUCCESS" : "cancel 0", form: "bare", at: i } as const),
      ...{ total_fee: "", fee_type: "", time_end: "", pay_mch_order_no: "", time_stamp: "", about: "" },
      place: { file: "log", line: i, offset: i },
    })); // biome-ignore format: a table
    const ids = (facts: readonly Fact[]) => groupedHere(facts).visited.map(([first]) => first?.id);
    expect(ids(list).length).toBe(200);
    expect(ids([...list].reverse())).toEqual(ids(list));
  });
});
