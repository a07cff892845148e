import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeFact } from "../../src/order/rows.js";
import { FactLines } from "../../src/output/fact-lines.js";
import { factLine } from "../../src/output/partial-line.js";
import { type Fact, SAYINGS } from "../../src/record/fact.js";

const text = fc.oneof(
  fc.constantFrom("", "THB", 'a"b', "back\\slash", "tab\t", "ร้าน", "\u2028", "x".repeat(5000)),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const fact: fc.Arbitrary<Fact> = fc.record({
  ...{ of: fc.constantFrom("order", "nonce"), appid: text, id: text, says: fc.constantFrom(...SAYINGS) },
  ...{
    form: fc.constantFrom("bare", "exchange", "webhook"),
    at: fc.option(fc.integer({ min: 0, max: 2e12 })),
  },
  ...{
    total_fee: text,
    fee_type: text,
    time_end: text,
    pay_mch_order_no: text,
    time_stamp: text,
    about: text,
  },
  place: fc.record({ file: fc.constant('a "log"'), line: fc.nat(), offset: fc.nat() }),
});

it("writes facts byte for byte as JSON.stringify does", () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 5 }), (facts) => {
      const written: Uint8Array[] = [];
      const lines = new FactLines((bytes) => written.push(bytes));
      lines.facts(Buffer.concat(facts.map((one) => encodeFact(one, 7, true))), (chunk) => {
        expect(chunk).toBe(7);
        return { file: 'a "log"', line: 0, offset: 0 };
      });
      lines.line("end");
      lines.end();
      const expected = facts.map((one) => `${JSON.stringify(factLine(one))}\n`).join("");
      expect(Buffer.concat(written).toString("utf8")).toBe(`${expected}end\n`);
    }),
  );
});
