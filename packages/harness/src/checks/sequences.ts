import type { Fault } from "@ksherproof/gateway";
import fc from "fast-check";
import { type Bench, type Called, type Case, learned } from "../bench.js";
import { toldFirst } from "../called.js";
import type { Evidence } from "../evidence.js";
import { CANCEL, QUERY } from "../protocol.js";
import { together } from "./at-once.js";
import { SAYS } from "./cancelling.js";
import type { Check } from "./check.js";
import { type SequenceStep, sequencesFor } from "./sequence-steps.js";
import { webhookOf } from "./webhook-bodies.js";

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

/** Faults that change nothing of what an answer means, and the requirement that says so. */
const HARMLESS: Readonly<Record<string, string>> = {
  messages: "RSP-004",
  extra_members: "RSP-005",
  chunks: "RSP-010",
};

/** What a client may say after a call, from the last answer that reached it whole. */
function judge(one: Case, called: Called): boolean {
  const last = called.exchanges.at(-1);
  // A client that threw said nothing from memory.
  if (!last && called.reply.kind !== "ok")
    return one.expect(called, ["unknown"], `A ${called.op} asks the gateway.`, "CXL-012");
  const told = toldFirst(called);
  if (!last && told.length > 0) {
    const [, requirement] = Object.values(CANCEL_SAYS).find(([word]) => told.includes(word)) ?? [];
    return one.expect(called, told, "The query that it asked first said so.", requirement);
  }
  if (!last && one.spoilt) return false;
  if (!last) {
    one.fail("CXL-012", `The ${called.op} was answered without a request to the gateway.`, called, {
      expected: "a request",
      got: "none",
    });
    return false;
  }
  const [fault] = last.faults;
  const plain = fault === undefined || fault.kind in HARMLESS;
  if (plain) {
    const said =
      called.op === "cancel" ? CANCEL_SAYS[last.event?.code ?? 99] : QUERY_SAYS[last.event?.result ?? ""];
    if (!said) return true;
    // After -6 a client that asks may say what it was told (RTY-003).
    const asked = said[0] === "failed" ? learned(called).filter((word) => word !== "cancelled") : [];
    return one.expect(
      called,
      [said[0], ...asked],
      `The gateway said so in its last answer, and the order is ${one.scene.order(ORDER)?.state}.`,
      fault === undefined ? said[1] : HARMLESS[fault.kind],
    );
  }
  const doubtful = fault.kind === "signature" || fault.kind === "edit_data";
  const requirement = doubtful
    ? fault.kind === "signature"
      ? "QRY-002"
      : "QRY-003"
    : fault.kind === "status"
      ? "RSP-006"
      : fault.kind === "code"
        ? "RSP-003"
        : fault.kind === "truncate" || fault.kind === "empty"
          ? "RSP-007"
          : "RSP-009";
  return one.expect(
    called,
    doubtful ? ["untrusted"] : ["unknown", ...learned(called)],
    "What cannot be trusted or read is not believed.",
    requirement,
    // The messages of such an answer are still those of a success: it may be they that were read.
    fault.kind === "code" ? { rests: ["RSP-004"] } : {},
  );
}

const ORDER = "SEQ-1";

async function createOrder(one: Case): Promise<boolean> {
  const fields = { total_fee: 2000, fee_type: "THB", channel_list: "promptpay,card" };
  const called = await one.call("create", ORDER, fields);
  return one.expect(called, ["created"], "A right request creates the order.", "REQ-006");
}

/** The webhook of a payment, if there was one: it is paid, cancelled before or not (WHK-003). */
async function deliver(one: Case): Promise<boolean> {
  const state = one.scene.order(ORDER)?.state;
  if (state !== "paid" && state !== "paid_late") return true;
  if (one.bench.shared.evidences.failed("WHK-001")) return true;
  const called = await one.notify(webhookOf("the payment", {}, ORDER).body(one.scene));
  const requirement = state === "paid_late" ? "WHK-003" : "WHK-001";
  return one.expect(
    called,
    ["paid"],
    "The webhook of a payment is accepted and reported as paid.",
    requirement,
    // In every sequence it is about an order of the same number.
    { rests: requirement === "WHK-003" ? ["WHK-004"] : ["WHK-004", "WHK-003"] },
  );
}

async function playStep(one: Case, step: SequenceStep): Promise<boolean> {
  const ref = { appid: one.scene.appid, mch_order_no: ORDER };
  switch (step.step) {
    case "create":
      return true;
    case "cancel":
    case "query":
      if (step.fault) one.scene.fault(step.step === "cancel" ? CANCEL : QUERY, unchanged(one, step.fault));
      return judge(one, await one.call(step.step, ORDER));
    case "twoCancels":
      return together(one, ORDER, 2, "Of two cancels at once each is reported as it was.");
    case "webhook":
      return deliver(one);
    case "restart":
      await one.bench.client.restart();
      one.tell("merchant", "restarts the client");
      return true;
    case "expire":
      if (one.scene.gateway.expire(ref).ok) one.tell("customer", "lets the link expire");
      return true;
    case "openLink":
    case "saveQr":
    case "payByLink":
    case "payByQr":
    case "startCard":
    case "passOtp":
    case "failOtp":
      if (one.scene.gateway.customer[step.step](ref).ok) one.tell("customer", SAYS[step.step]);
      return true;
  }
}

/** Plays steps; false as soon as something is wrong. */
export async function play(bench: Bench, steps: readonly SequenceStep[]): Promise<boolean> {
  const one = bench.open("sequences", "CXL-001");
  if (steps[0]?.step === "create") {
    if (!(await createOrder(one))) return false;
  } else {
    one.scene.create(ORDER);
    one.tell("merchant", `has created order ${ORDER}`);
  }
  for (const step of steps) if (!(await playStep(one, step))) return false;
  return true;
}

/** An edit that would leave the data as it is would be no fault; it edits the amount then. */
function unchanged(one: Case, fault: Fault): Fault {
  const paid = one.scene.order(ORDER)?.state === "paid" || one.scene.order(ORDER)?.state === "paid_late";
  return fault.kind === "edit_data" && paid ? { kind: "edit_data", set: { total_fee: 1 } } : fault;
}

/** A sequence that goes wrong, and what it shows. */
interface Broken {
  readonly steps: readonly SequenceStep[];
  readonly shown: readonly Evidence[];
}

const brokenBy = ({ shown }: Broken): string | undefined =>
  shown.find(({ verdict }) => verdict === "fail")?.requirement;

/** A slow client's story may keep a step too many: after so many milliseconds it is told as it is. */
const SHRINK_MS = 8000;

/** Drops each step without which the same requirement still breaks: no step of what is told is there by chance. */
async function minimal(bench: Bench, found: Broken, until: number): Promise<Broken> {
  for (let at = found.steps.length - 1; at >= 0 && performance.now() < until; at -= 1) {
    const steps = found.steps.filter((_, i) => i !== at);
    const aside = bench.aside();
    if (steps.length === 0 || (await play(aside, steps))) continue;
    const fewer = { steps, shown: aside.evidences.all };
    if (brokenBy(fewer) === brokenBy(found)) return minimal(bench, fewer, until);
  }
  return found;
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
    "CXL-010",
    "CXL-012",
    "QRY-002",
    "QRY-003",
    "QRY-005",
    "RSP-003",
    "RSP-004",
    "RSP-005",
    "RSP-006",
    "RSP-007",
    "RSP-009",
    "RSP-010",
    "WHK-001",
    "WHK-003",
  ],
  needs: [],
  supplements: true,
  async run(bench) {
    if (!bench.offers("cancel") && !bench.offers("query")) return;
    let smallest: Broken | null = null;
    let playing: Promise<boolean> | null = null;
    const property = fc.asyncProperty(sequencesFor(bench), async (steps) => {
      const aside = bench.aside();
      playing = play(aside, steps);
      const good = await playing;
      const { all } = aside.evidences;
      if (good || !all.some(({ verdict }) => verdict === "fail")) {
        for (const one of all) bench.evidences.add(one);
        return true;
      }
      smallest = { steps, shown: all };
      return false;
    });
    await fc.check(property, {
      seed: bench.seed,
      numRuns: [...bench.thin(Array.from({ length: bench.runs }))].length,
      interruptAfterTimeLimit: 8000,
    });
    // Where time ran out, fast-check leaves a sequence behind that still plays, and restarts the client under the next check.
    await playing;
    const found = smallest as Broken | null;
    const least = found && (await minimal(bench, found, performance.now() + SHRINK_MS));
    for (const one of least?.shown ?? []) bench.evidences.add({ ...one, data: { steps: least?.steps } });
  },
};
