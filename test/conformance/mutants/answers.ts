import { memberOf, textOf } from "../client/json.js";
import { codeOf, type Envelope, messageOf } from "./envelope.js";
import { type Mutant, mutant } from "./mutant.js";

/** A cancel's word with some words put in the place of others. */
const words =
  (changes: Readonly<Record<string, string>>) => (c: { cancelWord: (e: Envelope, a: never) => string }) => ({
    cancelWord: (envelope: Envelope, args: unknown) => {
      const word = c.cancelWord(envelope, args as never);
      return changes[word] ?? word;
    },
  });

/** Clients that read a documented answer of a cancel wrongly. */
export const ANSWERS: readonly Mutant[] = [
  mutant("reads-no-answer", "RSP-001", "sends all that it should, and reads no answer at all", () => ({
    open: () => null,
  })),
  mutant("wants-signed-success", "RSP-001", "takes a success without sign for untrusted", (c) => ({
    cancelWord: (envelope, args) =>
      codeOf(envelope) === 0 && envelope !== null && envelope !== "doubled" && !memberOf(envelope, "sign")
        ? "unknown"
        : c.cancelWord(envelope, args),
  })),
  mutant("wants-object-data", "RSP-001", "throws where data is a text", (c) => ({
    cancelWord: (envelope, args) => {
      if (
        codeOf(envelope) === 0 &&
        envelope !== "doubled" &&
        memberOf(envelope ?? undefined, "data")?.is === "text"
      )
        throw new TypeError("string indices must be integers");
      return c.cancelWord(envelope, args);
    },
  })),
  mutant(
    "swaps-paid-and-cancelled",
    "RSP-002",
    "takes -4 for -5 and -5 for -4",
    words({ already_paid: "already_cancelled", already_cancelled: "already_paid" }),
  ),
  mutant("failed-for-paid", "RSP-002", "says failed for -4", words({ already_paid: "failed" })),
  mutant("failed-is-cancelled", "RSP-002", "says cancelled for -6", words({ failed: "cancelled" })),
  mutant("swaps-rejected-and-signature", "RSP-002", "takes -1 for -2", words({ rejected: "bad_signature" })),
  mutant(
    "not-found-is-cancelled",
    "RSP-002",
    "says already_cancelled for -3",
    words({ not_found: "already_cancelled" }),
  ),
  mutant(
    "any-refusal-failed",
    "RSP-002",
    "says failed for every refusal",
    words({
      rejected: "failed",
      bad_signature: "failed",
      not_found: "failed",
      already_paid: "failed",
      already_cancelled: "failed",
    }),
  ),
  mutant("other-codes-failed", "RSP-003", "says failed for every code that it does not know", (c) => ({
    cancelWord: (envelope, args) => {
      const code = codeOf(envelope);
      return code !== undefined && (code > 0 || code < -6) ? "failed" : c.cancelWord(envelope, args);
    },
  })),
  mutant("positive-codes-succeed", "RSP-003", "says cancelled for every code from 0 up", (c) => ({
    cancelWord: (envelope, args) =>
      (codeOf(envelope) ?? -1) >= 0 ? "cancelled" : c.cancelWord(envelope, args),
  })),
  mutant("status-in-200-succeeds", "RSP-003", "says cancelled for a code of 200", (c) => ({
    cancelWord: (envelope, args) => (codeOf(envelope) === 200 ? "cancelled" : c.cancelWord(envelope, args)),
  })),
  mutant("reads-message", "RSP-004", "says cancelled where the message says success", (c) => ({
    cancelWord: (envelope, args) =>
      /操作成功|success/i.test(messageOf(envelope)) ? "cancelled" : c.cancelWord(envelope, args),
  })),
  mutant("reads-failure-message", "RSP-004", "says failed where the message says failure", (c) => ({
    cancelWord: (envelope, args) =>
      /失败|fail/i.test(messageOf(envelope)) && codeOf(envelope) === 0
        ? "failed"
        : c.cancelWord(envelope, args),
  })),
  mutant("wants-message", "RSP-004", "says unknown where msg is missing or empty", (c) => ({
    cancelWord: (envelope, args) =>
      envelope !== null && envelope !== "doubled" && !textOf(memberOf(envelope, "msg"))
        ? "unknown"
        : c.cancelWord(envelope, args),
  })),
  mutant("wants-documented-data", "RSP-004", "says cancelled only where data is 取消成功", (c) => ({
    cancelWord: (envelope, args) =>
      codeOf(envelope) === 0 &&
      envelope !== null &&
      envelope !== "doubled" &&
      textOf(memberOf(envelope, "data")) !== "取消成功"
        ? "unknown"
        : c.cancelWord(envelope, args),
  })),
  mutant("refuses-unknown-members", "RSP-005", "refuses members that are not documented", (c) => ({
    cancelWord: (envelope, args) =>
      envelope !== null &&
      envelope !== "doubled" &&
      envelope.is === "object" &&
      [...envelope.members.keys()].some(
        (name) => !["code", "msg", "message", "data", "sign", "lang"].includes(name),
      )
        ? "unknown"
        : c.cancelWord(envelope, args),
  })),
];
