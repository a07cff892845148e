/** How bad a finding is: `note` is worth knowing, `warning` is to look at, `error` breaks trust or costs money. */
export type Level = "note" | "warning" | "error";

/** Every kind of finding: its level, the requirement behind it, and what it says in a few words. */
export const FINDING_KINDS = {
  unreadable: { level: "error", requirement: "RSP-007", says: "records that can't be read" },
  duplicate_member: { level: "error", requirement: "SEC-005", says: "records with a member twice" },
  signature_invalid: { level: "error", requirement: "QRY-002", says: "answers whose signature is wrong" },
  signature_missing: { level: "error", requirement: "QRY-002", says: "answers that should be signed and are not" },
  key_period: { level: "error", requirement: "QRY-008", says: "answers signed with a key outside its period" },
  shape: { level: "error", requirement: "QRY-007", says: "signed answers without the documented shape" },
  border_ambiguity: { level: "warning", requirement: "QRY-007", says: "signatures that stand for two messages" },
  other_order: { level: "error", requirement: "QRY-006", says: "answers replayed from another order" },
  other_merchant: { level: "error", requirement: "QRY-006", says: "answers about another merchant" },
  undocumented_code: { level: "warning", requirement: "RSP-003", says: "answers with a code that is not documented" },
  undocumented_result: { level: "warning", requirement: "QRY-005", says: "answers with a result that is not documented" },
  http_status: { level: "note", requirement: "RSP-006", says: "answers with an HTTP status other than 200" },
  request_shape: { level: "warning", requirement: "REQ-003", says: "requests without the documented shape" },
  request_signature: { level: "error", requirement: "SIG-001", says: "requests whose signature is wrong" },
  byte_order_mark: { level: "note", requirement: "SIG-006", says: "byte order marks before a record" },
  time_unreadable: { level: "warning", requirement: null, says: "records whose time can't be read" },
  input_unreadable: { level: "error", requirement: null, says: "inputs that can't be read to their end" },
  weak_key: { level: "note", requirement: "SEC-006", says: "keys under 2048 bits" },
  cancelled_then_paid: { level: "error", requirement: "CXL-007", says: "orders cancelled and later paid" },
  paid_reported_cancelled: { level: "error", requirement: "CXL-003", says: "orders paid and reported as cancelled" },
  refused_then_paid: { level: "warning", requirement: "CXL-005", says: "cancels refused, and paid afterwards" },
  closed_without_cancel: { level: "warning", requirement: "CXL-001", says: "orders closed without a cancel" },
  contradictory_answers: { level: "error", requirement: "CXL-011", says: "orders with contradictory answers" },
  nonce_reused: { level: "warning", requirement: "REQ-008", says: "nonces used more than once" },
  time_stamp_out_of_order: { level: "warning", requirement: "REQ-007", says: "requests whose time stamp runs backwards" },
} as const satisfies Readonly<
  Record<string, { readonly level: Level; readonly requirement: string | null; readonly says: string }>
>; // biome-ignore format: a table

export type FindingKind = keyof typeof FINDING_KINDS;

/** Where a record stands: the input, the line from 1 (for HAR the entry), and the byte offset in the decompressed input. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

/** One record that a finding about an order rests on. */
export interface Evidence extends Place {
  /** ISO 8601 in UTC, or null where the record has no time. */
  readonly at: string | null;
  readonly says: string;
}

/** One thing that the audit reports about one record, order, input or key. */
export interface Finding {
  readonly kind: FindingKind;
  readonly level: Level;
  readonly requirement: string | null;
  /** Where the record stands; null for findings about orders and keys. */
  readonly place: Place | null;
  /** The time of the record, ISO 8601 in UTC; null where it has none, and for findings about orders and keys. */
  readonly at: string | null;
  readonly appid: string | null;
  readonly mch_order_no: string | null;
  /** The amount at stake, as the signed answer has it, in the smallest unit. */
  readonly total_fee: string | null;
  readonly fee_type: string | null;
  /** A stable code of the reason: the doctor's verdict, a rejection's code. */
  readonly reason: string;
  /** One sentence for people. */
  readonly detail: string;
  readonly evidence: readonly Evidence[];
}

/** What is particular to a finding. */
export type FindingPart = Partial<Omit<Finding, "kind" | "level">> & Pick<Finding, "reason" | "detail">;

/** A finding with the level and the requirement of its kind. */
export function finding(kind: FindingKind, part: FindingPart): Finding {
  const { level, requirement } = FINDING_KINDS[kind];
  return {
    kind,
    level,
    requirement: part.requirement === undefined ? requirement : part.requirement,
    place: part.place ?? null,
    at: part.at ?? null,
    appid: part.appid ?? null,
    mch_order_no: part.mch_order_no ?? null,
    total_fee: part.total_fee ?? null,
    fee_type: part.fee_type ?? null,
    reason: part.reason,
    detail: part.detail,
    evidence: part.evidence ?? [],
  };
}

const RANK: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 };

/** Whether a level is at or above another. */
export function atLeast(level: Level, floor: Level): boolean {
  return RANK[level] >= RANK[floor];
}
