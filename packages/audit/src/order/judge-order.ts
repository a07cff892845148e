import type { Fact, Saying } from "../record/fact.js";
import { type Evidence, type Finding, type FindingKind, finding } from "../record/finding.js";
import { isoTime } from "../record/time.js";
import { withoutOverlap } from "./overlap.js";

/** Results that mean that nothing was paid yet. */
const OPEN: readonly Saying[] = ["NOTPAY", "PENDING", "USERPAYING", "NOTSURE", "PAYERROR"];

/** Findings about one group of facts: those of an order, or of a nonce. */
export function judgeGroup(group: readonly Fact[]): readonly Finding[] {
  const facts = withoutOverlap(group);
  return facts[0]?.of === "nonce" ? judgeNonce(facts) : judgeOrder(facts);
}

/** Judges all that a log says of one order, whatever the order of its lines: time decides, not the place in the log. */
export function judgeOrder(facts: readonly Fact[]): readonly Finding[] {
  const sorted = [...facts].sort(byTime);
  const of = (...sayings: readonly Saying[]): readonly Fact[] =>
    sorted.filter(({ says }) => sayings.includes(says));
  const found = [
    ...cancelAndPayment(of("SUCCESS"), of("cancel 0", "cancel -5"), of("CLOSED"), of("REFUND")),
    ...refusedThenPaid(of("SUCCESS"), of("cancel -6"), of("cancel -4"), of(...OPEN)),
    ...closedWithoutCancel(sorted, of("CLOSED"), of("cancel 0", "cancel -5")),
    ...contradictions(sorted, of),
    ...timeStamps(sorted),
  ];
  return found;
}

/** A nonce that more than one request carried (REQ-008). */
export function judgeNonce(facts: readonly Fact[]): readonly Finding[] {
  if (facts.length < 2) return [];
  const sorted = [...facts].sort(byTime);
  const [first] = sorted;
  const orders = [...new Set(sorted.map(({ about }) => about).filter(Boolean))];
  const detail = `${facts.length} requests carried nonce_str ${JSON.stringify(first?.id)}, about ${orders.length === 1 ? `order ${orders[0]}` : `${orders.length} orders`}.`;
  return [
    finding("nonce_reused", {
      appid: first?.appid ?? null,
      mch_order_no: orders[0] ?? null,
      reason: "nonce_reused",
      detail,
      evidence: sorted
        .slice(0, MOST_EVIDENCE)
        .map((fact) => evidence(fact, `request about ${fact.about || "no order"}`)),
    }),
  ];
}

/** At most so many records are named as evidence. */
const MOST_EVIDENCE = 20;

const when = ({ at }: Fact): number => at ?? Number.POSITIVE_INFINITY;

function byTime(a: Fact, b: Fact): number {
  const difference = when(a) - when(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.offset - b.place.offset;
}

/** Whether one fact is certainly before another. */
const before = (a: Fact, b: Fact): boolean => a.at !== null && b.at !== null && a.at < b.at;

function evidence(fact: Fact, says: string): Evidence {
  return { ...fact.place, at: isoTime(fact.at), says };
}

function report(kind: FindingKind, reason: string, detail: string, facts: readonly Fact[]): Finding {
  const [first] = facts;
  const paid = facts.find(({ total_fee }) => total_fee !== "");
  return finding(kind, {
    appid: first?.appid ?? null,
    mch_order_no: first?.id ?? null,
    total_fee: paid?.total_fee ?? null,
    fee_type: paid?.fee_type ?? null,
    reason,
    detail,
    evidence: facts.slice(0, MOST_EVIDENCE).map((fact) => evidence(fact, wordsOf(fact))),
  });
}

function wordsOf(fact: Fact): string {
  if (fact.says.startsWith("cancel")) return `cancel answered code ${fact.says.slice(7)}`;
  if (fact.says === "nothing") return `request of ${fact.time_stamp}`;
  return `${fact.form === "webhook" ? "webhook" : "signed answer"} ${fact.says}`;
}

/** Cancelled and later paid (CXL-007), or paid and then reported as cancelled (CXL-003): the money to give back. */
function cancelAndPayment(
  paid: readonly Fact[],
  cancels: readonly Fact[],
  closed: readonly Fact[],
  refunds: readonly Fact[],
): readonly Finding[] {
  const [firstPaid] = paid;
  const ends = [...cancels, ...closed].sort(byTime);
  const [firstEnd] = ends;
  if (!firstPaid || !firstEnd) return [];
  const after = ends.filter((end) => before(firstPaid, end));
  const late = firstEnd.at === null || firstPaid.at === null || !before(firstPaid, firstEnd);
  const amount = `${firstPaid.total_fee} ${firstPaid.fee_type}`.trim();
  const refunded = refunds.length > 0 ? " A refund is in the log." : "";
  if (late) {
    const lastPaid = paid.find((one) => !before(one, firstEnd)) ?? firstPaid;
    const order = !before(firstEnd, firstPaid)
      ? "cancelled, and paid (the log does not say which came first)"
      : "cancelled and later paid";
    const paidAt = isoTime(lastPaid.at) ?? lastPaid.time_end;
    const detail = `The order was ${order}: ${amount} to give back${paidAt === "" ? "" : `, paid by ${paidAt}`}.${refunded}`;
    const reason = refunds.length > 0 ? "refunded" : "not_refunded";
    return [report("cancelled_then_paid", reason, detail, [firstEnd, lastPaid, ...refunds])];
  }
  const [reported] = after;
  if (!reported) return [];
  const detail = `The order was paid (${amount}), and later reported as cancelled.${refunded}`;
  return [
    report(
      "paid_reported_cancelled",
      reported.says.startsWith("cancel") ? "cancel_answer" : "closed",
      detail,
      [firstPaid, reported, ...refunds],
    ),
  ];
}

/** A cancel that was refused while a payment was in progress, and the payment that came then (CXL-005). */
function refusedThenPaid(
  paid: readonly Fact[],
  failed: readonly Fact[],
  alreadyPaid: readonly Fact[],
  open: readonly Fact[],
): readonly Finding[] {
  const progress = alreadyPaid.filter((refusal) => open.some((answer) => before(refusal, answer)));
  for (const refusal of [...failed, ...progress].sort(byTime)) {
    const payment = paid.find((one) => !before(one, refusal));
    if (!payment || paid.some((one) => before(one, refusal))) continue;
    const detail = `A cancel was refused (code ${refusal.says.slice(7)}), and then the order was paid: ${payment.total_fee} ${payment.fee_type}.`;
    return [report("refused_then_paid", refusal.says.replace(" ", "_"), detail, [refusal, payment])];
  }
  return [];
}

/** CLOSED without a cancel (CXL-001). Bare answers alone can't show it: a cancel would leave no trace in such a log. */
function closedWithoutCancel(
  all: readonly Fact[],
  closed: readonly Fact[],
  cancels: readonly Fact[],
): readonly Finding[] {
  const [first] = closed;
  if (!first || cancels.length > 0 || !all.some(({ form }) => form === "exchange")) return [];
  if (all.some(({ says }) => says === "SUCCESS")) return [];
  const detail =
    "The order is CLOSED, and the log holds no cancel of it: it expired, or someone else cancelled it.";
  return [report("closed_without_cancel", "closed_without_cancel", detail, [first])];
}

/** Answers that can't all be true of one order. */
function contradictions(
  all: readonly Fact[],
  of: (...sayings: readonly Saying[]) => readonly Fact[],
): readonly Finding[] {
  const signed = all.filter(({ says, total_fee }) => total_fee !== "" && says !== "FAIL");
  for (const field of ["total_fee", "fee_type", "pay_mch_order_no"] as const) {
    const [first, ...rest] = signed.filter((fact) => fact[field] !== "");
    const other = rest.find((fact) => fact[field] !== first?.[field]);
    if (first && other) {
      const detail = `Signed answers disagree on ${field}: ${JSON.stringify(first[field])} and ${JSON.stringify(other[field])}.`;
      return [report("contradictory_answers", field, detail, [first, other])];
    }
  }
  const say = (reason: string, detail: string, a: Fact, b: Fact): readonly Finding[] => [
    report("contradictory_answers", reason, detail, [a, b]),
  ];
  const [paid] = of("SUCCESS", "REFUND");
  const openAfter = paid && of(...OPEN).find((fact) => before(paid, fact));
  if (paid && openAfter) {
    return say(
      "unpaid_after_paid",
      `The order was ${paid.says}, and a later signed answer says ${openAfter.says}.`,
      paid,
      openAfter,
    );
  }
  const [closed] = of("CLOSED");
  const reopened = closed && of(...OPEN).find((fact) => before(closed, fact));
  if (closed && reopened) {
    return say(
      "open_after_closed",
      `The order was CLOSED, and a later signed answer says ${reopened.says}.`,
      closed,
      reopened,
    );
  }
  const [cancel, again] = of("cancel 0");
  if (cancel && again) {
    return say(
      "cancelled_twice",
      "Two cancels of the order were answered with code 0; the second should get -5 (CXL-010).",
      cancel,
      again,
    );
  }
  const [unknown] = of("cancel -3");
  const known = unknown && signed.find((fact) => before(fact, unknown));
  if (unknown && known) {
    return say(
      "unknown_after_known",
      "A cancel was answered with -3 (no such order) after a signed answer about it.",
      known,
      unknown,
    );
  }
  return [];
}

/** Requests of an order whose time stamp goes back while the log's time goes on (REQ-007). */
function timeStamps(all: readonly Fact[]): readonly Finding[] {
  let latest: Fact | null = null;
  for (const fact of all) {
    if (fact.at === null || !/^\d{14}$/.test(fact.time_stamp)) continue;
    if (latest && before(latest, fact) && fact.time_stamp < latest.time_stamp) {
      const detail = `A request carries time_stamp ${fact.time_stamp}, an earlier one ${latest.time_stamp}.`;
      return [report("time_stamp_out_of_order", "time_stamp_out_of_order", detail, [latest, fact])];
    }
    if (!latest || fact.time_stamp > latest.time_stamp) latest = fact;
  }
  return [];
}
