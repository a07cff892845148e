import type { Fault } from "@ksherproof/gateway";
import fc from "fast-check";
import { CANCEL, QUERY } from "../protocol.js";
import { TELLING, TEXTS } from "../samples.js";
import { type Command, CUSTOMER_ACTS } from "../script.js";

/** Names of params: letters of both cases and what sorts beside them, so that names begin one another. */
const name = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: fc.constantFrom("a", "b", "B", "_", "1", "-"), minLength: 1, maxLength: 3 }),
  },
  { weight: 2, arbitrary: fc.constantFrom("appid", "mch_order_no", "nonce_str", "sign", "lang", "attach") },
  { weight: 1, arbitrary: fc.constantFrom("é", "e\u0301", "\ufffd", "😀", "constructor", "2", "9", "10") },
);

/** Any code point but the surrogates. fast-check's own `unit: "binary"` builds a table of them all: a second at each start. */
const character = fc
  .nat({ max: 0x10_ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));

const text = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("", ...TEXTS) },
  { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: character, maxLength: 4 }) },
);

/** Maps of params for canonicalize and sign. */
export const paramsArbitrary = fc
  .uniqueArray(fc.tuple(name, text), { selector: ([key]) => key, minLength: 1, maxLength: 6 })
  .map((pairs) => Object.fromEntries(pairs));

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.constantFrom(true, false, null, 1.5, [], {}, [1, "a"], { b: 1, a: "x" }) },
);

/** What may be wrong with a signature, by name; `none` is a genuine one. */
export const SPOILS = ["none", "upper", "empty", "short", "other_key", "changed"] as const;

/** Signed data for verify. */
export const verifyArbitrary = fc.record({
  members: fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, minLength: 1, maxLength: 5 }),
  spoil: fc.constantFrom(...SPOILS),
});

const CANCEL_FAULTS: readonly Fault[] = [
  { kind: "messages", as: "swapped" },
  { kind: "extra_members" },
  { kind: "code", as: "undocumented", value: -9 },
  { kind: "code", as: "string" },
  { kind: "code", as: "float" },
  { kind: "code", as: "huge_number" },
  { kind: "status", status: 500, body: "valid" },
  { kind: "empty" },
  { kind: "truncate" },
  { kind: "drop_after_commit", how: "close" },
];

const QUERY_FAULTS: readonly Fault[] = [
  { kind: "signature", how: "missing" },
  { kind: "signature", how: "other_key" },
  { kind: "edit_data", set: { total_fee: 1 } },
  { kind: "extra_members" },
  { kind: "status", status: 503, body: "valid" },
  { kind: "truncate" },
];

/** The one order of a sequence: clients may part over its number too. */
const number = fc.oneof(
  { weight: 3, arbitrary: fc.constant("DIFF-1") },
  { weight: 1, arbitrary: fc.constantFrom(...TELLING) },
);

/** Sequences of customers, cancels, queries and faults, of the operations that both clients offer. */
export function commandsArbitrary(ops: readonly ("cancel" | "query")[]): fc.Arbitrary<readonly Command[]> {
  return number.chain((mch_order_no) => about(mch_order_no, ops));
}

function about(mch_order_no: string, ops: readonly ("cancel" | "query")[]): fc.Arbitrary<readonly Command[]> {
  const call = (op: "cancel" | "query"): fc.Arbitrary<readonly Command[]> => {
    const endpoint = op === "cancel" ? CANCEL : QUERY;
    const faults = op === "cancel" ? CANCEL_FAULTS : QUERY_FAULTS;
    const done: Command = { do: "call", op, mch_order_no, fields: {} };
    return fc
      .option(fc.constantFrom(...faults), { freq: 3 })
      .map((fault) => (fault === null ? [done] : [{ do: "fault", endpoint, faults: [fault] }, done]));
  };
  const act = fc
    .constantFrom(...CUSTOMER_ACTS)
    .map((one): readonly Command[] => [{ do: "customer", act: one, mch_order_no }]);
  const step = fc.oneof(...ops.map((op) => ({ weight: 2, arbitrary: call(op) })), {
    weight: 2,
    arbitrary: act,
  });
  return fc
    .tuple(fc.integer({ min: 0, max: 7 }), fc.array(step, { minLength: 1, maxLength: 8 }))
    .map(([rare, steps]) => [
      // One sequence in eight is about an order that does not exist.
      ...(rare < 7 ? [{ do: "order", mch_order_no } as const] : []),
      ...steps.flat(),
    ]);
}
