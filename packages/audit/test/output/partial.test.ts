import fc from "fast-check";
import { expect, it } from "vitest";
import { type Summary, SummarySum } from "../../src/output/partial.js";

const count = fc.nat(1000);
const summary: fc.Arbitrary<Summary> = fc.record({
  records: fc.record({ total: count, valid: count, invalid: count, missing: count, unreadable: count }),
  orders: count,
  keys: fc.array(
    fc.record({
      name: fc.constantFrom("a", "b"),
      bits: fc.constant(512),
      fingerprint_sha256: fc.constantFrom("1", "2"),
      records: count,
      weak: fc.constant(true),
    }),
    { maxLength: 3 },
  ),
  inputs: fc.array(
    fc.record({
      file: fc.constantFrom("x", "y"),
      format: fc.constantFrom("lines", "csv"),
      compression: fc.constantFrom("none", "gzip"),
      bytes: count,
      sha256: fc.constant(null),
      records: fc.oneof(fc.constant(0), count),
    }),
    { maxLength: 3 },
  ),
  shards: fc.array(fc.record({ index: fc.constantFrom(1, 2), of: fc.constant(2), bytes: count }), {
    maxLength: 2,
  }),
});

function sum(...parts: readonly Summary[]): Summary {
  const all = new SummarySum();
  for (const part of parts) all.add(part);
  return all.summary;
}

it("merging is associative: parts may be joined in any grouping", () => {
  fc.assert(
    fc.property(fc.array(summary, { minLength: 3, maxLength: 6 }), fc.nat(), (parts, at) => {
      const cut = 1 + (at % (parts.length - 1));
      const [first, rest] = [parts.slice(0, cut), parts.slice(cut)];
      expect(sum(sum(...first), sum(...rest))).toEqual(sum(...parts));
    }),
  );
});

it("keeps the format that a shard with records found, whichever is merged last", () => {
  const of = (format: "lines" | "csv", records: number): Summary => ({
    ...sum(),
    inputs: [{ file: "x", format, compression: "gzip", bytes: 9, sha256: null, records }],
  });
  for (const parts of [[of("csv", 5), of("lines", 0)], [of("lines", 0), of("csv", 5)]]) // biome-ignore format: a table
    expect(sum(...parts).inputs).toMatchObject([{ format: "csv", records: 5 }]);
});
