import type { Believed } from "@ksherproof/client";
import { parseEnvelope, type Rejection } from "@ksherproof/core";
import type { CancelOutcome, CreateOutcome, QueryOutcome } from "@ksherproof/spec";

/** One call as `--json` shows it. */
export interface CallReport {
  readonly outcome: string;
  /** Why, where the outcome is `unknown` or `untrusted`. */
  readonly because: Rejection | null;
  readonly http_status: number | null;
  /** The answer as JSON; null where there was none or it is none. */
  readonly response: unknown;
}

/** What a call came to, for programs. */
export function callReport({ outcome, because, answer }: Believed<string>): CallReport {
  return { outcome, because, http_status: answer?.status ?? null, response: jsonOf(answer?.body) };
}

/** A body that holds a name twice, or is too odd to be read, is shown as none: what it says is not certain. */
function jsonOf(body: Uint8Array | undefined): unknown {
  if (!body) return null;
  const text = new TextDecoder().decode(body);
  return parseEnvelope(text).ok ? (JSON.parse(text) as unknown) : null;
}

const CANCEL: Readonly<Record<CancelOutcome, string>> = {
  cancelled: "the gateway has cancelled the order (code 0)",
  already_cancelled: "the order was cancelled before (code -5)",
  already_paid: "money was taken, nothing is cancelled (code -4)",
  not_found: "there is no such order (code -3)",
  bad_signature: "the gateway does not accept the signature (code -2)",
  rejected: "the gateway does not accept the merchant or a field (code -1)",
  failed: "it is not cancelled; query the order (code -6)",
  unknown: "no trustworthy answer came: the order may or may not be cancelled; query it",
};

const QUERY: Readonly<Record<QueryOutcome, string>> = {
  paid: "the order is paid",
  closed: "the order is closed; a QR code saved before may still be paid",
  unpaid: "the order is open and not paid",
  pending: "a payment is under way",
  failed: "a payment failed",
  refunded: "the money was given back",
  not_found: "there is no such order",
  untrusted: "the answer's signature or subject is wrong: believe nothing in it",
  unknown: "no trustworthy answer came",
};

const CREATE: Readonly<Record<CreateOutcome, string>> = {
  created: "the order is there",
  rejected: "the gateway does not make the order",
  unknown: "no trustworthy answer came: the order may or may not be there",
};

const WORDS = { cancel: CANCEL, query: QUERY, pay: CREATE } as const;

/** An outcome in words for people. */
export function sentence(command: keyof typeof WORDS, outcome: string, because: Rejection | null): string {
  const words = (WORDS[command] as Readonly<Record<string, string>>)[outcome] ?? "";
  const why = because ? ` ${because.detail}${because.requirement ? ` (${because.requirement})` : ""}` : "";
  return `${words}.${why}`;
}

/** 0 where it is done or known, 3 where nothing is known, 1 where the gateway said no or cannot be believed. */
export function exitCode(command: keyof typeof WORDS, outcome: string): number {
  if (outcome === "unknown") return 3;
  const good = {
    cancel: ["cancelled", "already_cancelled"],
    query: ["paid", "closed", "unpaid", "pending", "failed", "refunded"],
    pay: ["created"],
  }[command];
  return good.includes(outcome) ? 0 : 1;
}
