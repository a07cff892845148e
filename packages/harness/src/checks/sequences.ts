import type { Fault } from "@ksherproof/gateway";
import fc from "fast-check";
import type { Bench, Called, Case } from "../bench.js";
import { CANCEL, QUERY } from "../protocol.js";
import type { Check } from "./check.js";

/** One step of a sequence, as data: it can be stored, and played again. */
export type SequenceStep =
  | { readonly step: "openLink" | "saveQr" | "payByLink" | "payByQr" | "startCard" | "passOtp" | "failOtp" }
  | { readonly step: "expire" }
  | { readonly step: "restart" }
  | { readonly step: "cancel"; readonly fault: Fault | null }
  | { readonly step: "query"; readonly fault: Fault | null };

const CANCEL_FAULTS: readonly Fault[] = [
  { kind: "drop_before_commit", how: "close" },
  { kind: "drop_after_commit", how: "reset" },
  { kind: "status", status: 502, body: "html" },
  { kind: "status", status: 500, body: "valid" },
  { kind: "truncate" },
  { kind: "messages", as: "swapped" },
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
  { kind: "chunks", sizes: [2] },
  { kind: "status", status: 503, body: "valid" },
];

const customer = fc
  .constantFrom("openLink", "saveQr", "payByLink", "payByQr", "startCard", "passOtp", "failOtp")
  .map((step) => ({ step }) as SequenceStep);
const faultOf = (faults: readonly Fault[]) => fc.option(fc.constantFrom(...faults), { freq: 3 });

function stepsOf(bench: Bench): fc.Arbitrary<readonly SequenceStep[]> {
  const kinds: { readonly weight: number; readonly arbitrary: fc.Arbitrary<SequenceStep> }[] = [
    { weight: 4, arbitrary: customer },
    { weight: 1, arbitrary: fc.constantFrom({ step: "expire" } as const) },
  ];
  if (bench.offers("cancel"))
    kinds.push({ weight: 4, arbitrary: faultOf(CANCEL_FAULTS).map((fault) => ({ step: "cancel", fault })) });
  if (bench.offers("query"))
    kinds.push({ weight: 4, arbitrary: faultOf(QUERY_FAULTS).map((fault) => ({ step: "query", fault })) });
  return fc.array(fc.oneof(...kinds), { minLength: 2, maxLength: 8 });
}

const CANCEL_SAYS: Readonly<Record<number, readonly [outcome: string, requirement: string]>> = {
  0: ["cancelled", "CXL-001"],
  [-3]: ["not_found", "CXL-004"],
  [-4]: ["already_paid", "CXL-003"],
  [-5]: ["already_cancelled", "CXL-002"],
  [-6]: ["failed", "CXL-005"],
};

const QUERY_SAYS: Readonly<Record<string, readonly [outcome: string, requirement: string]>> = {
  SUCCESS: ["paid", "CXL-007"],
  CLOSED: ["closed", "CXL-001"],
  NOTPAY: ["unpaid", "QRY-005"],
  NOTSURE: ["pending", "QRY-005"],
  PENDING: ["pending", "QRY-005"],
  USERPAYING: ["pending", "CXL-005"],
  PAYERROR: ["failed", "QRY-005"],
  REFUND: ["refunded", "QRY-005"],
  FAIL: ["not_found", "QRY-005"],
};

/** What a client may say after a call, from the last answer that reached it whole. */
function judge(one: Case, called: Called): boolean {
  const last = called.exchanges.at(-1);
  if (!last) {
    one.fail("CXL-012", `The ${called.op} was answered without a request to the gateway.`, called, {
      expected: "a request",
      got: "none",
    });
    return false;
  }
  const [fault] = last.faults;
  const plain = fault === undefined || ["messages", "extra_members", "chunks"].includes(fault.kind);
  if (plain) {
    const said =
      called.op === "cancel" ? CANCEL_SAYS[last.event?.code ?? 99] : QUERY_SAYS[last.event?.result ?? ""];
    if (!said) return true;
    return one.expect(
      called,
      [said[0]],
      `The gateway said so in its last answer, and the order is ${one.scene.order(ORDER)?.state}.`,
      said[1],
    );
  }
  const doubtful = fault.kind === "signature" || fault.kind === "edit_data";
  const also =
    called.every.length > called.exchanges.length
      ? ["cancelled", "already_cancelled", "already_paid", "failed"]
      : [];
  const requirement = doubtful
    ? fault.kind === "signature"
      ? "QRY-002"
      : "QRY-003"
    : fault.kind === "status"
      ? "RSP-006"
      : fault.kind === "code"
        ? "RSP-003"
        : fault.kind === "truncate"
          ? "RSP-007"
          : "RSP-009";
  return one.expect(
    called,
    doubtful ? ["untrusted"] : ["unknown", ...also],
    "What cannot be trusted or read is not believed.",
    requirement,
  );
}

const ORDER = "SEQ-1";

/** Plays steps; false as soon as something is wrong. Steps that are impossible in the order's state do nothing. */
export async function play(bench: Bench, steps: readonly SequenceStep[]): Promise<boolean> {
  const one = bench.open("sequences", "CXL-001");
  one.scene.create(ORDER);
  one.tell("merchant", `has created order ${ORDER}`);
  const ref = { appid: one.scene.appid, mch_order_no: ORDER };
  for (const step of steps) {
    switch (step.step) {
      case "cancel":
      case "query": {
        if (step.fault) one.scene.fault(step.step === "cancel" ? CANCEL : QUERY, unchanged(one, step.fault));
        if (!judge(one, await one.call(step.step, ORDER))) return false;
        break;
      }
      case "restart":
        await bench.client.restart();
        one.tell("merchant", "restarts the client");
        break;
      case "expire":
        if (one.scene.gateway.expire(ref).ok) one.tell("customer", "lets the link expire");
        break;
      default:
        if (one.scene.gateway.customer[step.step](ref).ok) one.tell("customer", step.step);
    }
  }
  return true;
}

/** An edit that would leave the data as it is would be no fault; it edits the amount then. */
function unchanged(one: Case, fault: Fault): Fault {
  const paid = one.scene.order(ORDER)?.state === "paid" || one.scene.order(ORDER)?.state === "paid_late";
  return fault.kind === "edit_data" && paid ? { kind: "edit_data", set: { total_fee: 1 } } : fault;
}

/** CXL, RSP, QRY together: sequences of orders, customers and faults, and the smallest that goes wrong. */
export const sequences: Check = {
  id: "sequences",
  title: "generated sequences of customers, cancels, queries and faults",
  requirements: [
    "CXL-001",
    "CXL-002",
    "CXL-003",
    "CXL-005",
    "CXL-007",
    "CXL-012",
    "QRY-002",
    "QRY-003",
    "QRY-005",
    "RSP-003",
    "RSP-006",
    "RSP-007",
    "RSP-009",
  ],
  needs: [],
  async run(bench) {
    if (!bench.offers("cancel") && !bench.offers("query")) return;
    const kept = bench.evidences.all.length;
    let smallest: readonly SequenceStep[] | null = null;
    let shown = bench.evidences.all.slice(kept);
    const property = fc.asyncProperty(stepsOf(bench), async (steps) => {
      const before = bench.evidences.all.length;
      const good = await play(bench, steps);
      const own = bench.evidences.all.slice(before).filter(({ verdict }) => verdict === "fail");
      if (!good && own.length > 0) {
        smallest = steps;
        shown = bench.evidences.all.splice(before);
        return false;
      }
      return true;
    });
    await fc.check(property, {
      seed: bench.seed,
      numRuns: bench.runs,
      endOnFailure: false,
      interruptAfterTimeLimit: 8000,
    });
    if (smallest === null) return;
    for (const one of shown) bench.evidences.add({ ...one, data: { steps: smallest } });
  },
};
