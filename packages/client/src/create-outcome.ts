import {
  type Answer,
  type Judged,
  member,
  openAnswer,
  reject,
  stringOf,
  type Verifier,
  verifyEnvelope,
} from "@ksherproof/core";
import { CREATE_CODES, type CreateOutcome } from "@ksherproof/spec";

/** What the caller may believe after a create: `created` only with a signed payment link; a known refusal is `rejected`. */
export function createOutcome(
  answer: Answer,
  verifier: Verifier,
): Judged<CreateOutcome> & { readonly payContent: string | null } {
  const opened = openAnswer(answer);
  if (!opened.ok) return { outcome: "unknown", because: opened.rejection, envelope: null, payContent: null };
  const envelope = opened.value;
  const say = (
    outcome: CreateOutcome,
    because: Judged<CreateOutcome>["because"],
    payContent: string | null,
  ) => ({
    outcome,
    because,
    envelope,
    payContent,
  });
  const { code } = envelope;
  if (code !== 0) {
    const refused = CREATE_CODES.some((entry) => entry.code === code);
    if (refused) return say("rejected", null, null);
    const found = code === undefined ? "none" : String(code);
    return say(
      "unknown",
      reject("undocumented_code", "RSP-003", `Expected a known code, found ${found}.`).rejection,
      null,
    );
  }
  const signed = verifyEnvelope(envelope, "all", verifier);
  if (!signed.ok) return say("unknown", signed.rejection, null);
  const link = stringOf(member(envelope.data, "pay_content"));
  if (link !== undefined && link !== "") return say("created", null, link);
  const missing = reject("pay_content_missing", "RSP-007", "The signed data has no pay_content.", {
    field: "pay_content",
  });
  return say("unknown", missing.rejection, null);
}
