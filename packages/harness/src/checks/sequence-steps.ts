import type { Fault } from "@ksherproof/gateway";
import fc from "fast-check";
import type { Bench } from "../bench.js";

/** What the customer does in a sequence. */
export const CUSTOMER_STEPS = [
  "openLink",
  "saveQr",
  "payByLink",
  "payByQr",
  "startCard",
  "passOtp",
  "failOtp",
] as const;

/** One step of a sequence, as data: it can be stored, and played again. A step that the order's state does not admit does nothing. */
export type SequenceStep =
  | { readonly step: (typeof CUSTOMER_STEPS)[number] }
  | { readonly step: "expire" }
  | { readonly step: "restart" }
  /** The client under test creates the order, in place of the harness; only as the first step. */
  | { readonly step: "create" }
  /** The gateway delivers the webhook of a payment, where there was one. */
  | { readonly step: "webhook" }
  /** Two cancels at once. */
  | { readonly step: "twoCancels" }
  | { readonly step: "cancel"; readonly fault: Fault | null }
  | { readonly step: "query"; readonly fault: Fault | null };

const CANCEL_FAULTS: readonly Fault[] = [
  { kind: "drop_before_commit", how: "close" },
  { kind: "drop_after_commit", how: "reset" },
  { kind: "status", status: 502, body: "html" },
  { kind: "status", status: 500, body: "valid" },
  { kind: "truncate" },
  { kind: "empty" },
  { kind: "messages", as: "swapped" },
  { kind: "messages", as: "of_failure" },
  { kind: "extra_members" },
  { kind: "chunks", sizes: [1] },
  { kind: "code", as: "undocumented", value: -9 },
];

const QUERY_FAULTS: readonly Fault[] = [
  { kind: "drop_after_commit", how: "close" },
  { kind: "signature", how: "missing" },
  { kind: "signature", how: "other_key" },
  { kind: "edit_data", set: { result: "SUCCESS" } },
  { kind: "edit_data", set: { total_fee: 1 } },
  { kind: "extra_members" },
  { kind: "chunks", sizes: [7] },
  { kind: "status", status: 503, body: "valid" },
];

const customer = fc.constantFrom(...CUSTOMER_STEPS).map((step): SequenceStep => ({ step }));
const faultOf = (faults: readonly Fault[]) => fc.option(fc.constantFrom(...faults), { freq: 3 });
const plain = (step: "expire" | "restart" | "webhook" | "twoCancels") => fc.constant<SequenceStep>({ step });

/** Sequences of one to eleven steps, of the operations that the client offers. */
export function sequencesFor(bench: Bench): fc.Arbitrary<readonly SequenceStep[]> {
  const kinds: { readonly weight: number; readonly arbitrary: fc.Arbitrary<SequenceStep> }[] = [
    { weight: 8, arbitrary: customer },
    { weight: 1, arbitrary: plain("expire") },
    { weight: 1, arbitrary: plain("restart") },
  ];
  if (bench.offers("cancel")) {
    kinds.push({ weight: 8, arbitrary: faultOf(CANCEL_FAULTS).map((fault) => ({ step: "cancel", fault })) });
    kinds.push({ weight: 1, arbitrary: plain("twoCancels") });
  }
  if (bench.offers("query"))
    kinds.push({ weight: 8, arbitrary: faultOf(QUERY_FAULTS).map((fault) => ({ step: "query", fault })) });
  if (bench.offers("notify")) kinds.push({ weight: 2, arbitrary: plain("webhook") });
  const step = fc.oneof(...kinds);
  const steps = fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.array(step, { minLength: 1, maxLength: 10 }) },
    { weight: 1, arbitrary: livesWith(bench, step) },
  );
  if (!bench.offers("create")) return steps;
  const created = steps.map((rest): readonly SequenceStep[] => [{ step: "create" }, ...rest]);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: steps },
    { weight: 1, arbitrary: created },
  );
}

const cancel: SequenceStep = { step: "cancel", fault: null };
const query: SequenceStep = { step: "query", fault: null };
const did = (step: (typeof CUSTOMER_STEPS)[number] | "expire"): SequenceStep => ({ step });

/** The lives of an order that the documentation speaks of: chance alone would take long to come upon them. */
const LIVES: readonly (readonly SequenceStep[])[] = [
  [did("saveQr"), cancel, query, did("payByQr"), query, cancel],
  [did("startCard"), cancel, query, did("passOtp"), query, cancel],
  [did("startCard"), cancel, did("failOtp"), query, cancel, query],
  [did("saveQr"), did("expire"), query, cancel, did("payByQr"), query],
];

/** A documented life with other steps strewn in. */
function livesWith(bench: Bench, step: fc.Arbitrary<SequenceStep>): fc.Arbitrary<readonly SequenceStep[]> {
  const offered = LIVES.map((life) =>
    life.filter(({ step: name }) => (name !== "cancel" && name !== "query") || bench.offers(name)),
  );
  const strewn = fc.array(fc.tuple(fc.nat(6), step), { maxLength: 3 });
  return fc
    .tuple(fc.constantFrom(...offered), strewn)
    .map(([life, others]) =>
      others.reduce<readonly SequenceStep[]>(
        (so, [at, one]) => [...so.slice(0, at), one, ...so.slice(at)],
        life,
      ),
    );
}
