import { memberOf, readJson, textOf } from "../client/json.js";
import { codeOf } from "./envelope.js";
import { type Mutant, mutant } from "./mutant.js";

/** Clients that take for an answer what is none: other statuses, other bodies, lost, late and torn ones. */
export const NO_ANSWERS: readonly Mutant[] = [
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
