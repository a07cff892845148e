import { describe, expect, it } from "vitest";
import type { Fact } from "../../src/index.js";
import { judgeGroup } from "../../src/order/judge-order.js";

const at = (file: string, part: Partial<Fact> = {}): Fact => ({
  of: "nonce", appid: "mch1", id: "n1", says: "nothing", form: "exchange", at: 5, total_fee: "", fee_type: "", time_end: "",
  pay_mch_order_no: "", time_stamp: "", about: "A", place: { file, line: 1, offset: 0 }, ...part,
}); // biome-ignore format: a table

const kinds = (...facts: readonly Fact[]): readonly string[] => judgeGroup(facts).map(({ kind }) => kind);

describe("inputs that overlap", () => {
  it("REQ-008 what two inputs hold of one moment is one request", () => {
    expect(kinds(at("monday"), at("tuesday"))).toEqual([]);
    expect(kinds(at("monday"), at("tuesday"), at("wednesday"))).toEqual([]);
  });

  it("REQ-008 what one input holds twice was sent twice, whatever another holds", () => {
    expect(kinds(at("monday"), at("monday"))).toEqual(["nonce_reused"]);
    const [found] = judgeGroup([at("tuesday"), at("monday"), at("monday")]);
    expect(found?.evidence.map(({ file }) => file)).toEqual(["monday", "monday"]);
  });

  it("REQ-008 another moment, another order or no time at all is another request", () => {
    expect(kinds(at("monday"), at("tuesday", { at: 6 }))).toEqual(["nonce_reused"]);
    expect(kinds(at("monday"), at("tuesday", { about: "B" }))).toEqual(["nonce_reused"]);
    expect(kinds(at("monday", { at: null }), at("tuesday", { at: null }))).toEqual(["nonce_reused"]);
  });

  it("CXL-002 an order that was cancelled once and is in two exports was cancelled once", () => {
    const cancelled: Partial<Fact> = { of: "order", id: "A", says: "cancel 0", about: "" };
    expect(kinds(at("monday", cancelled), at("tuesday", cancelled))).toEqual([]);
    expect(kinds(at("monday", cancelled), at("monday", { ...cancelled, at: 9 }))).not.toEqual([]);
  });
});
