import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wasmEngine } from "../../src/engine/wasm-engine.js";
import { type Chainer, ScriptChainer } from "../../src/order/chains.js";
import { groupRows } from "../../src/order/group.js";
import { judgeGroup } from "../../src/order/judge-order.js";
import { encodeFact } from "../../src/order/rows.js";
import { type Fact, SAYINGS } from "../../src/record/fact.js";
import { readyRing } from "../../src/record/signature.js";

const chainers = (): readonly Chainer[] => {
  const chainer = wasmEngine(readyRing({ gateway: [], merchant: [] })).chainer?.();
  return chainer ? [new ScriptChainer(), chainer] : [];
};

function factOf(id: string, says: Fact["says"], part: Partial<Fact> = {}): Fact {
  const texts = {
    total_fee: "",
    fee_type: "",
    time_end: "",
    pay_mch_order_no: "",
    time_stamp: "",
    about: "",
  };
  const place = { file: "log", line: 0, offset: 0 };
  return { of: "order", appid: "", id, says, form: "exchange", at: null, ...texts, place, ...part };
}

/** What comes of rows by a chainer: how many orders, and the groups in which something is found. */
function grouped(chainer: Chainer, bytes: Buffer) {
  const rows = chainer.room(bytes.length);
  bytes.copy(rows);
  const telling: (readonly Fact[])[] = [];
  const startOf = () => ({ file: "log", line: 0, offset: 0 });
  const visit = (facts: readonly Fact[]): void => {
    if (judgeGroup(facts).length > 0) telling.push(facts);
  };
  return { orders: groupRows(rows, startOf, visit, chainer), telling };
}

/** What a chainer makes of rows, every chain walked to its end. */
function chained(chainer: Chainer, bytes: Buffer) {
  const rows = chainer.room(bytes.length);
  bytes.copy(rows);
  const { orders, heads, next } = chainer.chain(rows.subarray(0, bytes.length));
  const chains = Array.from(heads, (head) => {
    const chain: number[] = [];
    for (let one = head + 1; one !== 0; one = next[(one - 1) >> 5] ?? 0) chain.push(one - 1);
    return chain;
  });
  return { orders, chains };
}

describe("chaining rows", () => {
  const [script, module] = chainers() as [Chainer, Chainer];

  it("is done with no chain in the module's memory in which something could be found, also where many hashes are one", () => {
    const fact = fc
      .tuple(
        fc.constantFrom("A", "A", "B", "longer", "D".repeat(300)),
        fc.constantFrom(...SAYINGS),
        fc.constantFrom<Partial<Fact>[]>({}, { of: "nonce" }, { form: "bare" }, { at: 5 }, { appid: "mch2" }),
        fc.constantFrom<Partial<Fact>[]>({}, { total_fee: "1" }, { total_fee: "1", pay_mch_order_no: "P" }),
      )
      .map(([id, says, part, signed]) => factOf(id, says, { ...part, ...signed }));
    const row = fc.tuple(fact, fc.constantFrom(null, null, 0, 0xffffffff)).map(([one, hash]) => {
      const bytes = encodeFact(one, 0, false);
      if (hash !== null) bytes.writeUInt32LE(hash, 4);
      if (hash === 0) bytes.writeUInt32LE(hash, 8);
      return bytes;
    });
    let told = 0;
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const bytes = Buffer.concat(rows);
        const [expected, found] = [grouped(script, bytes), grouped(module, bytes)];
        expect(found.orders).toBe(expected.orders);
        expect(found.telling).toEqual(expected.telling);
        told += expected.telling.length;
      }),
      { numRuns: 1000 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it("has room for as many of the shortest rows as it takes bytes, each of which is to be looked at", () => {
    const one = encodeFact(factOf("A", "CLOSED"), 0, false);
    const count = Math.floor(module.most / one.length);
    const bytes = Buffer.alloc(count * one.length);
    for (let i = 0; i < count; i += 1) {
      one.writeUInt32LE(Math.imul(i, 0x9e3779b1) >>> 0, 4);
      one.copy(bytes, i * one.length);
    }
    const [expected, found] = [chained(script, bytes), chained(module, bytes)];
    expect(expected.chains.flat().length).toBe(count);
    expect(found.orders).toBe(expected.orders);
    expect(found.chains.length).toBe(expected.chains.length);
    for (const [i, chain] of found.chains.entries())
      if (chain.join() !== expected.chains[i]?.join()) expect(chain).toEqual(expected.chains[i]);
  });
});
