import { integerOf, type Json, memberOf, readJson, textOf } from "../client/json.js";
import { type Mutant, mutant } from "./mutant.js";

type Envelope = Json | null | "doubled";
const messageOf = (envelope: Envelope): string =>
  envelope === null || envelope === "doubled"
    ? ""
    : `${textOf(memberOf(envelope, "msg")) ?? ""} ${textOf(memberOf(envelope, "message")) ?? ""}`;
const codeOf = (envelope: Envelope): number | undefined =>
  envelope === null || envelope === "doubled" ? undefined : integerOf(memberOf(envelope, "code"));
/** A cancel's word with some words put in the place of others. */
const words =
  (changes: Readonly<Record<string, string>>) => (c: { cancelWord: (e: Envelope, a: never) => string }) => ({
    cancelWord: (envelope: Envelope, args: unknown) => {
      const word = c.cancelWord(envelope, args as never);
      return changes[word] ?? word;
    },
  });

/** Clients that read a cancel's answer wrongly. */
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
  mutant("ignores-status", "RSP-006", "does not look at the HTTP status", (c) => ({
    open: (answer) => c.open(answer && { ...answer, status: 200 }),
  })),
  mutant("takes-any-2xx", "RSP-006", "takes every status from 200 to 299", (c) => ({
    open: (answer) => c.open(answer && { ...answer, status: answer.status < 300 ? 200 : answer.status }),
  })),
  mutant("client-errors-rejected", "RSP-006", "says rejected for HTTP 400 to 499", (c) => ({
    doCancel: async (args) => {
      const answer = await c.exchange("cancel", args);
      if (answer && answer.status >= 400 && answer.status < 500) return { outcome: "rejected" };
      const outcome = c.cancelWord(c.open(answer), args);
      if (outcome === "unknown" || outcome === "failed") await c.confirm(args);
      return { outcome };
    },
  })),
  mutant("server-errors-failed", "RSP-006", "says failed for HTTP 500 and above", (c) => ({
    doCancel: async (args) => {
      const answer = await c.exchange("cancel", args);
      const outcome = answer && answer.status >= 500 ? "failed" : c.cancelWord(c.open(answer), args);
      if (outcome === "unknown" || outcome === "failed") await c.confirm(args);
      return { outcome };
    },
  })),
  mutant("throws-on-html", "RSP-007", "throws on a body that is no JSON", (c) => ({
    open: (answer) => {
      if (answer?.status === 200) JSON.parse(answer.body.toString());
      return c.open(answer);
    },
  })),
  mutant("empty-is-success", "RSP-007", "takes an empty body for a success", (c) => ({
    open: (answer) =>
      answer?.status === 200 && answer.body.length === 0 ? readJson('{"code":0}') : c.open(answer),
  })),
  mutant("takes-code-as-text", "RSP-007", 'takes a code of "0" for 0', (c) => ({
    code: (envelope) => {
      const text = textOf(memberOf(envelope, "code"));
      return text === undefined ? c.code(envelope) : Number(text);
    },
  })),
  mutant(
    "code-loosely-zero",
    "RSP-007",
    "takes false, null or no code for 0 (== in PHP and JavaScript)",
    (c) => ({
      code: (envelope) => {
        const code = memberOf(envelope, "code");
        return envelope.is === "object" && (!code || (code.is === "word" && code.word !== "true"))
          ? 0
          : c.code(envelope);
      },
    }),
  ),
  mutant("cuts-fractions", "RSP-007", "takes a code of 0.5 for 0 (int())", (c) => ({
    code: (envelope) => {
      const code = memberOf(envelope, "code");
      return code?.is === "number" ? Math.trunc(Number(code.digits)) : c.code(envelope);
    },
  })),
  mutant("true-is-one", "RSP-007", "takes a code of true for success", (c) => ({
    code: (envelope) => {
      const code = memberOf(envelope, "code");
      return code?.is === "word" && code.word === "true" ? 0 : c.code(envelope);
    },
  })),
  mutant("reads-lists", "RSP-007", "takes the first member of a list for the answer", (c) => ({
    parse: (text) => {
      const json = c.parse(text);
      return json.is === "list" ? (json.items[0] ?? json) : json;
    },
  })),
  mutant("mends-cut-json", "RSP-007", "reads the code out of a body that is cut short", (c) => ({
    open: (answer) => {
      const found = answer?.status === 200 ? /"code":\s*(-?[0-9]+)/.exec(answer.body.toString()) : null;
      return c.open(answer) ?? (found ? readJson(`{"code":${found[1]}}`) : null);
    },
  })),
  mutant("waits-for-ever", "RSP-008", "has no time-out", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), timeoutMs: 0 }),
  })),
  mutant("times-silence-only", "RSP-008", "starts its time-out anew with each byte", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), idleTimeout: true }),
  })),
  mutant("seconds-for-milliseconds", "RSP-008", "waits five times as long as it was told", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), timeoutMs: 5 * Number(args.timeout_ms) }),
  })),
  mutant("time-out-is-failed", "RSP-008", "says failed after a time-out", (c) => ({
    doCancel: async (args) => {
      const began = performance.now();
      const { outcome } = await c.doCancel(args);
      return {
        outcome:
          outcome === "unknown" && performance.now() - began >= Number(args.timeout_ms) ? "failed" : outcome,
      };
    },
  })),
  mutant("lost-is-cancelled", "RSP-009", "says cancelled when the answer was lost", (c) => ({
    exchange: async (op, args) =>
      (await c.exchange(op, args)) ??
      (op === "cancel" ? { status: 200, headers: {}, body: Buffer.from('{"code":0}') } : null),
  })),
  mutant("throws-when-refused", "RSP-009", "throws where nobody listens", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), throwsRefused: true }),
  })),
  mutant(
    "empty-query-is-untrusted",
    "RSP-007",
    "says untrusted for a query that is answered with nothing",
    (c) => ({
      doQuery: async (args) => {
        const answer = await c.exchange("query", args);
        const empty = answer?.status === 200 && answer.body.length === 0;
        return { outcome: empty ? "untrusted" : c.queryWord(c.open(answer), args) };
      },
    }),
  ),
  mutant("throws-when-lost", "RSP-009", "throws when the connection breaks", (c) => ({
    exchange: async (op, args) => {
      const began = performance.now();
      const answer = await c.exchange(op, args);
      if (answer === null && performance.now() - began < Number(args.timeout_ms))
        throw new Error("ECONNRESET");
      return answer;
    },
  })),
  mutant("lost-is-failed", "RSP-009", "says failed when the connection breaks", (c) => ({
    doCancel: async (args) => {
      const began = performance.now();
      const answer = await c.exchange("cancel", args);
      const quick = performance.now() - began < Number(args.timeout_ms);
      const outcome = answer === null && quick ? "failed" : c.cancelWord(c.open(answer), args);
      if (outcome === "unknown" || outcome === "failed") await c.confirm(args);
      return { outcome };
    },
  })),
  mutant("no-answer-is-failed", "RSP-009", "says failed for all that is no answer", (c) => ({
    cancelWord: (envelope, args) =>
      envelope === null || codeOf(envelope) === undefined ? "failed" : c.cancelWord(envelope, args),
  })),
  mutant("casts-codes", "RSP-007", "casts whatever the code is to an integer (PHP)", (c) => ({
    code: (envelope) => {
      const code = memberOf(envelope, "code");
      if (envelope.is !== "object" || code?.is === "object" || code?.is === "list") return c.code(envelope);
      const number = code?.is === "number" ? Number(code.digits) : Number(textOf(code) ?? 0);
      return Math.abs(number) < 2 ** 63 ? Math.trunc(number) : 0;
    },
  })),
  mutant("reads-chunks-by-themselves", "RSP-010", "decodes each chunk by itself", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), chunkwise: true }),
  })),
  mutant("reads-one-chunk", "RSP-010", "reads the first chunk of an answer only", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), firstChunkOnly: true }),
  })),
];
