// One table, long because there are many faults; nothing else is in this file but the look-up into it.
import type { CancelOutcome, CreateOutcome, QueryOutcome } from "@ksherproof/spec";
import { type Fault, type FaultKind, FORGERIES } from "./fault.js";

/**
 * What a correct client may say of an answer with the fault. `same`: what it says of the answer without the fault;
 * `stale`: what it says of the older answer; `any`: every reading is defensible.
 */
export type Expected = CancelOutcome | QueryOutcome | CreateOutcome | "same" | "stale" | "any";

/** Where a fault acts: before the gateway acts, between that and the answer, in the answer, on the wire, at the listener. */
export type FaultStage = "before_commit" | "after_commit" | "answer" | "wire" | "listener";

/** One fault, or one variant of it, with what it means and which outcomes it leaves for a correct client. */
export interface FaultRow {
  /** `signature/upper`: the kind, and what tells its variants apart. */
  readonly id: string;
  readonly kind: FaultKind;
  readonly example: Fault;
  readonly stage: FaultStage;
  readonly means: string;
  /** The requirement that the fault exercises. */
  readonly requirement: string;
  readonly cancel: readonly Expected[];
  readonly query: readonly Expected[];
}

const row = (
  id: string,
  example: Fault,
  stage: FaultStage,
  requirement: string,
  means: string,
  cancel: readonly Expected[],
  query: readonly Expected[] = cancel,
): FaultRow => ({ id, kind: example.kind, example, stage, requirement, means, cancel, query });

const UNKNOWN = ["unknown"] as const;
const SAME = ["same"] as const;
const EITHER = ["same", "unknown"] as const;
const UNTRUSTED = ["untrusted"] as const;

/** Every fault and variant. What a create may say is what a cancel may say, `same` being the outcome of the create. */
// biome-ignore format: one row a line reads as the table that it is
export const FAULT_KINDS: readonly FaultRow[] = [
  row("delay/before_commit", { kind: "delay", ms: 300, point: "before_commit" }, "before_commit", "RSP-008", "the gateway is slow to act", EITHER),
  row("delay/after_commit", { kind: "delay", ms: 300 }, "after_commit", "RSP-008", "the gateway acts, then is slow to answer", EITHER),
  row("drop_before_commit/close", { kind: "drop_before_commit" }, "before_commit", "RSP-009", "the request is lost: the connection closes, nothing is done", UNKNOWN),
  row("drop_before_commit/reset", { kind: "drop_before_commit", how: "reset" }, "before_commit", "RSP-009", "the request is lost: the connection is reset, nothing is done", UNKNOWN),
  row("drop_before_commit/hang", { kind: "drop_before_commit", how: "hang" }, "before_commit", "RSP-008", "the request is lost in silence", UNKNOWN),
  row("drop_after_commit/close", { kind: "drop_after_commit" }, "after_commit", "RTY-001", "it is done, and the answer is lost: the connection closes", UNKNOWN),
  row("drop_after_commit/reset", { kind: "drop_after_commit", how: "reset" }, "after_commit", "RTY-001", "it is done, and the answer is lost: the connection is reset", UNKNOWN),
  row("drop_after_commit/hang", { kind: "drop_after_commit", how: "hang" }, "after_commit", "RSP-008", "it is done, and the answer never comes", UNKNOWN),
  row("reset_mid_body", { kind: "reset_mid_body" }, "wire", "RSP-009", "half of the body, then a reset", UNKNOWN),
  row("close_mid_body", { kind: "close_mid_body" }, "wire", "RSP-009", "half of the announced body, then an orderly close", UNKNOWN),
  row("trickle", { kind: "trickle", bytesPerTick: 16, tickMs: 5 }, "wire", "RSP-008", "the body trickles in", EITHER),
  row("chunks", { kind: "chunks", sizes: [1] }, "wire", "RSP-010", "every byte in a chunk of its own, so that UTF-8 characters are split", SAME),
  row("status/html", { kind: "status", status: 502, body: "html" }, "answer", "RSP-006", "an error status with a page", UNKNOWN),
  row("status/json", { kind: "status", status: 500, body: "json" }, "answer", "RSP-006", "an error status with other JSON", UNKNOWN),
  row("status/valid", { kind: "status", status: 503, body: "valid" }, "answer", "RSP-006", "an error status with the right body", UNKNOWN),
  row("status/empty", { kind: "status", status: 404, body: "empty" }, "answer", "RSP-006", "an error status with nothing", UNKNOWN),
  row("redirect", { kind: "redirect", to: "http://127.0.0.1:9/" }, "answer", "SEC-003", "a redirect to another origin, the right body with it", UNKNOWN),
  row("empty", { kind: "empty" }, "answer", "RSP-007", "an empty body", UNKNOWN),
  row("truncate", { kind: "truncate" }, "answer", "RSP-007", "a body cut short, whole as far as HTTP goes", UNKNOWN),
  row("not_json/html", { kind: "not_json", body: "html" }, "answer", "RSP-007", "a page", UNKNOWN),
  row("not_json/text", { kind: "not_json", body: "text" }, "answer", "RSP-007", "a word", UNKNOWN),
  row("not_json/array", { kind: "not_json", body: "array" }, "answer", "RSP-007", "the object in an array", UNKNOWN),
  row("not_json/string", { kind: "not_json", body: "string" }, "answer", "RSP-007", "the object as a JSON string", UNKNOWN),
  row("not_json/number", { kind: "not_json", body: "number" }, "answer", "RSP-007", "the number 0", UNKNOWN),
  row("not_json/null", { kind: "not_json", body: "null" }, "answer", "RSP-007", "null", UNKNOWN),
  row("not_json/bad_utf8", { kind: "not_json", body: "bad_utf8" }, "answer", "RSP-007", "bytes that are no UTF-8", EITHER, ["unknown", "same", "untrusted"]),
  row("not_json/two_values", { kind: "not_json", body: "two_values" }, "answer", "RSP-007", "the object twice", UNKNOWN),
  row("content_type/html", { kind: "content_type", value: "text/html" }, "answer", "RSP-004", "the right body under another media type", EITHER),
  row("content_type/missing", { kind: "content_type", value: null }, "answer", "RSP-004", "the right body under no media type", EITHER),
  row("gzip", { kind: "gzip" }, "answer", "RSP-007", "compressed, for clients that offer to take it", EITHER),
  row("gzip/unasked", { kind: "gzip", unasked: true }, "answer", "RSP-007", "compressed, though nobody offered to take it", EITHER),
  row("code/string", { kind: "code", as: "string" }, "answer", "RSP-007", 'the code as a string, "0"', UNKNOWN),
  row("code/float", { kind: "code", as: "float" }, "answer", "RSP-007", "a code that is no whole number", UNKNOWN),
  row("code/float_whole", { kind: "code", as: "float_whole" }, "answer", "RSP-007", "the code written 0.0, which some JSON parsers cannot tell from 0", ["unknown", "same"]),
  row("code/missing", { kind: "code", as: "missing" }, "answer", "RSP-007", "no code", UNKNOWN),
  row("code/null", { kind: "code", as: "null" }, "answer", "RSP-007", "a code of null", UNKNOWN),
  row("code/boolean", { kind: "code", as: "boolean" }, "answer", "RSP-007", "a code of true for 0, else false", UNKNOWN),
  row("code/huge_number", { kind: "code", as: "huge_number" }, "answer", "RSP-003", "a code beyond 64 bits", UNKNOWN),
  row("code/undocumented", { kind: "code", as: "undocumented" }, "answer", "RSP-003", "a code that is not documented", UNKNOWN),
  row("messages/swapped", { kind: "messages", as: "swapped" }, "answer", "RSP-004", "other texts in msg and message", SAME),
  row("messages/empty", { kind: "messages", as: "empty" }, "answer", "RSP-004", "empty messages", SAME),
  row("messages/missing", { kind: "messages", as: "missing" }, "answer", "RSP-004", "no messages", SAME),
  row("messages/other_language", { kind: "messages", as: "other_language" }, "answer", "RSP-004", "messages in Russian and Arabic", SAME),
  row("messages/of_success", { kind: "messages", as: "of_success" }, "answer", "RSP-004", "the messages of a success, whatever the code", SAME),
  row("messages/of_failure", { kind: "messages", as: "of_failure" }, "answer", "RSP-004", "the messages of a failure, whatever the code", SAME),
  row("extra_members/envelope", { kind: "extra_members" }, "answer", "RSP-005", "members that are not documented, in the envelope", SAME),
  row("extra_members/data", { kind: "extra_members", where: "data" }, "answer", "QRY-004", "members that are not documented, in data, signed", SAME),
  row("duplicate_member/code", { kind: "duplicate_member", member: "code", value: 0 }, "answer", "SEC-005", "a second code", ["any"], ["untrusted", "unknown", "same"]),
  row("duplicate_member/data", { kind: "duplicate_member", member: "result", where: "data", value: "CLOSED", last: true }, "answer", "SEC-005", "a second member in data, the signature over the first", SAME, UNTRUSTED),
  row("proto/envelope", { kind: "proto" }, "answer", "SEC-005", "__proto__, constructor and toString in the envelope", SAME),
  row("proto/data", { kind: "proto", where: "data" }, "answer", "SEC-005", "__proto__, constructor and toString in data, signed", SAME, ["same", "untrusted"]),
  row("signature/missing", { kind: "signature", how: "missing" }, "answer", "QRY-002", "no signature", SAME, UNTRUSTED),
  row("signature/empty", { kind: "signature", how: "empty" }, "answer", "QRY-002", "an empty signature", SAME, UNTRUSTED),
  row("signature/null", { kind: "signature", how: "null" }, "answer", "QRY-002", "null as the signature", SAME, UNTRUSTED),
  row("signature/odd", { kind: "signature", how: "odd" }, "answer", "QRY-002", "the last digit is lost", SAME, UNTRUSTED),
  row("signature/short", { kind: "signature", how: "short" }, "answer", "QRY-002", "the last byte is lost", SAME, UNTRUSTED),
  row("signature/long", { kind: "signature", how: "long" }, "answer", "QRY-002", "a byte too many", SAME, UNTRUSTED),
  row("signature/upper", { kind: "signature", how: "upper" }, "answer", "SIG-008", "the signature in upper case, which is valid", SAME),
  row("signature/not_hex", { kind: "signature", how: "not_hex" }, "answer", "QRY-002", "characters that are no hex digits", SAME, UNTRUSTED),
  row("signature/zeros", { kind: "signature", how: "zeros" }, "answer", "QRY-002", "zeros of the right length", SAME, UNTRUSTED),
  row("signature/other_key", { kind: "signature", how: "other_key" }, "answer", "QRY-008", "a signature by a key that nobody trusts", SAME, UNTRUSTED),
  row("signature/merchant_key", { kind: "signature", how: "merchant_key" }, "answer", "QRY-008", "a signature by the merchant's own key", SAME, UNTRUSTED),
  row("signature/other_order", { kind: "signature", how: "other_order" }, "answer", "QRY-006", "a valid answer about another order", SAME, UNTRUSTED),
  row("signature/other_merchant", { kind: "signature", how: "other_merchant" }, "answer", "QRY-006", "a valid answer about another merchant", SAME, UNTRUSTED),
  row("signature/other_data", { kind: "signature", how: "other_data" }, "answer", "QRY-003", "a genuine signature, over other data", SAME, UNTRUSTED),
  row("signature/whole_body", { kind: "signature", how: "whole_body" }, "answer", "QRY-001", "a genuine signature, over the whole body", SAME, UNTRUSTED),
  row("signature/border_shift", { kind: "signature", how: "border_shift" }, "answer", "QRY-007", "result swallows time_end: the signature still holds", SAME, UNTRUSTED),
  ...FORGERIES.map(
    (forgery) =>
      row(`signature/forged_padding/${forgery}`, { kind: "signature", how: "forged_padding", forgery }, "answer", "QRY-009", `an encoding that is not exact: ${forgery.replaceAll("_", " ")}`, SAME, UNTRUSTED),
  ),
  row("edit_data/value", { kind: "edit_data", set: { total_fee: 1 } }, "answer", "QRY-003", "a value of data changed after signing", SAME, UNTRUSTED),
  row("edit_data/type", { kind: "edit_data", set: { total_fee: 12.5 } }, "answer", "QRY-003", "a type in data changed after signing", SAME, UNTRUSTED),
  row("edit_data/added", { kind: "edit_data", set: { refund_fee: 1 } }, "answer", "QRY-003", "a member added to data after signing", SAME, UNTRUSTED),
  row("edit_data/removed", { kind: "edit_data", remove: ["openid"] }, "answer", "QRY-003", "a member taken out of data after signing", SAME, UNTRUSTED),
  row("edit_data/renamed", { kind: "edit_data", rename: { openid: "open_id" } }, "answer", "QRY-003", "a member of data renamed after signing", SAME, UNTRUSTED),
  row("edit_data/fresh", { kind: "edit_data", set: { result: "SETTLED" }, sign: "fresh" }, "answer", "QRY-005", "data changed and signed again: here a result that is not documented", SAME, UNKNOWN),
  row("stale", { kind: "stale" }, "answer", "CXL-012", "the first answer to the same call for the same order is given again", ["stale"]),
  row("huge/blanks", { kind: "huge", bytes: 100_000_000 }, "wire", "SEC-004", "100 MB: blanks after the answer", EITHER),
  row("huge/message", { kind: "huge", bytes: 100_000_000, pad: "message" }, "wire", "SEC-004", "100 MB: one long text in the answer", EITHER),
  row("tls/untrusted", { kind: "tls", certificate: "untrusted" }, "listener", "SEC-002", "a certificate that nobody vouches for", UNKNOWN),
  row("tls/expired", { kind: "tls", certificate: "expired" }, "listener", "SEC-002", "a certificate whose time is over", UNKNOWN),
  row("tls/misnamed", { kind: "tls", certificate: "misnamed" }, "listener", "SEC-002", "a certificate for another host", UNKNOWN),
];

/** The row of a fault: that of its variant, else the first of its kind. */
export function faultRow(fault: Fault): FaultRow {
  const variant = `${fault.kind}/${variantOf(fault)}`;
  const found =
    FAULT_KINDS.find(({ id }) => id === variant) ?? FAULT_KINDS.find(({ kind }) => kind === fault.kind);
  if (found) return found;
  throw new Error(`no row for the fault ${fault.kind}`);
}

function variantOf(fault: Fault): string {
  switch (fault.kind) {
    case "delay":
      return fault.point ?? "after_commit";
    case "drop_before_commit":
    case "drop_after_commit":
      return fault.how ?? "close";
    case "status":
      return fault.body;
    case "not_json":
      return fault.body ?? "html";
    case "content_type":
      return fault.value === null ? "missing" : "html";
    case "gzip":
      return fault.unasked ? "unasked" : "";
    case "code":
    case "messages":
      return fault.as;
    case "extra_members":
    case "proto":
      return fault.where ?? "envelope";
    case "duplicate_member":
      return fault.where === "data" ? "data" : "code";
    case "signature":
      return fault.how === "forged_padding" ? `${fault.how}/${fault.forgery ?? "short_padding"}` : fault.how;
    case "edit_data":
      return fault.sign === "fresh" ? "fresh" : "value";
    case "huge":
      return fault.pad ?? "blanks";
    case "tls":
      return fault.certificate;
    case "reset_mid_body":
    case "close_mid_body":
    case "trickle":
    case "chunks":
    case "redirect":
    case "empty":
    case "truncate":
    case "stale":
      return "";
  }
}
