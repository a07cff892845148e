import type { OpName } from "./mutants/mutant.js";

/** A mutant that one check alone explains, with the operations that it then offers (all where none are given). */
export interface Alone {
  readonly mutant: string;
  readonly ops?: readonly OpName[];
}

/** For each check the mutant without which nobody would know that it is needed. */
export const ALONE: Readonly<Record<string, Alone>> = {
  canonicalize: { mutant: "joins-with-ampersand", ops: ["canonicalize"] },
  sign: { mutant: "hashes-sha1", ops: ["sign"] },
  "verify-genuine": { mutant: "capitalises-booleans", ops: ["verify"] },
  "verify-wrong": { mutant: "skips-when-sign-empty", ops: ["verify"] },
  "key-sizes": { mutant: "cannot-read-short-keys", ops: ["cancel"] },
  create: { mutant: "cuts-lines", ops: ["create"] },
  "order-numbers": { mutant: "trims-order-number", ops: ["cancel"] },
  lang: { mutant: "lang-as-locale", ops: ["query"] },
  nonces: { mutant: "nonce-of-four" },
  trust: { mutant: "capitalises-booleans", ops: ["query"] },
  results: { mutant: "notsure-is-failed" },
  tampered: { mutant: "skips-when-sign-empty", ops: ["query"] },
  codes: { mutant: "swaps-rejected-and-signature" },
  unreadable: { mutant: "takes-code-as-text" },
  tolerated: { mutant: "wants-message" },
  "broken-connections": { mutant: "throws-when-refused" },
  "query-answers": { mutant: "empty-query-is-untrusted" },
  "cxl-001": { mutant: "open-after-own-cancel" },
  "cxl-002": { mutant: "cancelled-twice" },
  "cxl-003": { mutant: "retries-paid" },
  "cxl-004": { mutant: "attempted-is-closed" },
  "cxl-005": { mutant: "failed-for-ever" },
  "cxl-007": { mutant: "closed-for-ever" },
  "cxl-010": { mutant: "joins-concurrent-cancels" },
  "cxl-011": { mutant: "checks-before-cancel" },
  "cxl-012": { mutant: "caches-unpaid" },
  retrying: { mutant: "says-cancelled-after-retry" },
  confirming: { mutant: "never-confirms" },
  webhooks: { mutant: "webhook-always-ok" },
  sequences: { mutant: "expired-is-cancelled" },
  timeouts: { mutant: "waits-for-ever" },
  "verify-forged": { mutant: "takes-other-hashes", ops: ["verify"] },
  "hardened-queries": { mutant: "any-merchant" },
  leaks: { mutant: "logs-private-key" },
  redirects: { mutant: "follows-redirects" },
  "large-answers": { mutant: "reads-without-end" },
  certificates: { mutant: "trusts-any-certificate" },
};
