import type { Args, HandMade } from "../client/hand-made.js";
import { type Json, memberOf, readJson, textOf } from "../client/json.js";
import type { Answer } from "../client/wire.js";
import { codeOf, type Envelope } from "./envelope.js";
import { type Mutant, mutant } from "./mutant.js";

const isObject = (envelope: Envelope): envelope is Json => envelope !== null && envelope !== "doubled";
const resultOf = (data: Json | undefined): string => textOf(memberOf(data, "result")) ?? "";
/** Reads a code that is no integer, or is another one, as this. */
const reading =
  (as: (code: Json | undefined, right: number | undefined) => number | undefined) => (c: HandMade) => ({
    code: (envelope: Json) => as(memberOf(envelope, "code"), c.code(envelope)),
  });
/** Compares what an answer is about more loosely. */
const alike = (same: (told: string, asked: string) => boolean) => (c: HandMade) => ({
  isAbout: (data: Json | undefined, args: Args) =>
    same(textOf(memberOf(data, "mch_order_no")) ?? "", String(args.mch_order_no)) &&
    c.isAbout(data, { ...args, mch_order_no: textOf(memberOf(data, "mch_order_no")) }),
});

/** Clients whose fault shows at a border only: one letter, one code, one word, one order of things. */
export const UNCOMMON: readonly Mutant[] = [
  mutant("leaves-sign-out-in-any-case", "SIG-001", "leaves Sign and SIGN out of what is signed", () => ({
    isSigned: (name) => name.toLowerCase() !== "sign",
  })),
  mutant("signs-without-unseen-letters", "SIG-004", "signs values without U+FEFF and U+2060", (c) => ({
    value: (value) => c.value(value).replace(/[\ufeff\u2060]/g, ""),
  })),
  mutant("halves-backslashes", "SIG-004", "signs one backslash for two", (c) => ({
    value: (value) => c.value(value).replaceAll("\\\\", "\\"),
  })),
  mutant("refuses-zero-bytes", "SIG-009", "refuses signatures that begin with a zero byte", (c) => ({
    readSignature: (text, key) => (text.startsWith("00") ? null : c.readSignature(text, key)),
  })),
  mutant(
    "sends-crlf-for-lf",
    "REQ-006",
    "sends line feeds as browsers do, and signs them as they are",
    (c) => ({
      encode: (text) => c.encode(text.replace(/(?<!\r)\n/g, "\r\n")),
    }),
  ),
  mutant("repeats-form-in-address", "REQ-003", "sends its params in the address too", (c) => ({
    call: (op, args) => {
      const call = c.call(op, args);
      return { ...call, url: `${call.url}?${call.body}` };
    },
  })),
  mutant("doubles-slash", "REQ-001", "joins the base and the path with a second slash", (c) => ({
    url: (op, args) => c.url(op, { ...args, base_url: `${args.base_url}/` }),
  })),
  mutant("sends-empty-lang", "REQ-005", "sends an empty lang where none was given", (c) => ({
    fields: (op, args) => c.fields(op, { lang: "", ...args }),
  })),
  mutant(
    "false-is-zero",
    "RSP-007",
    "takes a code of false for 0",
    reading((code, right) => (code?.is === "word" && code.word === "false" ? 0 : right)),
  ),
  mutant(
    "codes-in-a-byte",
    "RSP-003",
    "keeps codes in eight bits",
    reading((_, right) => (right === undefined ? undefined : (right << 24) >> 24)),
  ),
  mutant(
    "loses-sign-of-codes",
    "RSP-003",
    "reads 5 for -5",
    reading((_, right) => (right === undefined || right === 0 ? right : -Math.abs(right))),
  ),
  mutant("reads-refusals-of-any-status", "RSP-006", "reads a refusal whatever its HTTP status", (c) => ({
    open: (answer: Answer | null) => {
      const any = answer === null ? null : c.open({ ...answer, status: 200 });
      return isObject(any) && (codeOf(any) ?? 0) !== 0 ? any : c.open(answer);
    },
  })),
  mutant("wants-data", "RSP-004", "takes a success without data for none", (c) => ({
    cancelWord: (envelope, args) =>
      isObject(envelope) && codeOf(envelope) === 0 && !memberOf(envelope, "data")
        ? "unknown"
        : c.cancelWord(envelope, args),
  })),
  mutant("looks-for-errors", "RSP-005", "says failed where there is a member called error", (c) => ({
    cancelWord: (envelope, args) =>
      isObject(envelope) && memberOf(envelope, "error") ? "failed" : c.cancelWord(envelope, args),
  })),
  mutant("verifies-lang", "QRY-001", "verifies the lang of the answer together with data", (c) => ({
    queryWord: (envelope, args) => {
      const lang = isObject(envelope) ? memberOf(envelope, "lang") : undefined;
      const data = isObject(envelope) ? memberOf(envelope, "data") : undefined;
      if (!isObject(envelope) || !textOf(lang) || data?.is !== "object") return c.queryWord(envelope, args);
      const both: Json = { is: "object", members: new Map([...data.members, ["lang", lang as Json]]) };
      return c.verifies(both, textOf(memberOf(envelope, "sign")), args)
        ? c.resultWord(resultOf(data))
        : "untrusted";
    },
  })),
  mutant("believes-failures", "QRY-003", "does not verify an answer whose result is FAIL", (c) => ({
    trusts: (data, sign, args) =>
      (resultOf(data) === "FAIL" && textOf(sign) !== undefined && c.hasShape(data)) ||
      c.trusts(data, sign, args),
    verifies: (data, sign, args) => c.verifies(data, sign, args),
  })),
  mutant("remembers-good-signatures", "QRY-003", "trusts a signature that it found good before", (c) => ({
    queryWord: (envelope, args) => {
      const word = c.queryWord(envelope, args);
      const sign = isObject(envelope) ? textOf(memberOf(envelope, "sign")) : undefined;
      if (!isObject(envelope) || !sign) return word;
      const seen = `${args.base_url} ${sign}`;
      if (word !== "untrusted") c.memory.set(seen, true);
      return c.memory.has(seen) ? c.resultWord(resultOf(memberOf(envelope, "data"))) : word;
    },
  })),
  mutant("reads-codes-of-queries", "QRY-002", "says closed for a query that is answered with -5", (c) => ({
    queryWord: (envelope, args) =>
      isObject(envelope) && codeOf(envelope) === -5 ? "closed" : c.queryWord(envelope, args),
  })),
  mutant("finds-words-in-results", "QRY-005", "says closed for any result with CLOSE in it", (c) => ({
    resultWord: (result) => (result.includes("CLOSE") ? "closed" : c.resultWord(result)),
  })),
  mutant(
    "orders-in-any-case",
    "QRY-006",
    "takes an order number in another case for the same",
    alike((told, asked) => told.toLowerCase() === asked.toLowerCase()),
  ),
  mutant(
    "orders-as-numbers",
    "QRY-006",
    "takes an order number without its leading zeros for the same",
    alike((told, asked) => told === asked || (/^\d+$/.test(told) && Number(told) === Number(asked))),
  ),
  mutant("says-what-it-knew", "CXL-012", "says what it last knew where a query's answer is lost", (c) => ({
    doQuery: async (args) => {
      const about = `known ${args.base_url} ${args.mch_order_no}`;
      const said = await c.doQuery(args);
      if (said.outcome !== "unknown") c.memory.set(about, said);
      const known = c.memory.get(about) as typeof said | undefined;
      return said.outcome === "unknown" ? (known ?? said) : said;
    },
  })),
  mutant("mixes-answers", "CXL-010", "keeps the outcome of calls at once in one place", (c) => ({
    doCancel: async (args) => {
      c.memory.set("outcome", await c.doCancel(args));
      await new Promise((resolve) => setTimeout(resolve, 3));
      return c.memory.get("outcome") as { outcome: string };
    },
  })),
  mutant("webhook-without-empty-values", "WHK-001", "verifies webhooks without their empty values", (c) => ({
    notifyWord: (body, args) => {
      try {
        const envelope = readJson(body);
        const data = memberOf(envelope, "data");
        if (data?.is !== "object") return c.notifyWord(body, args);
        const full = new Map([...data.members].filter(([, value]) => textOf(value) !== ""));
        const good = c.verifies({ is: "object", members: full }, textOf(memberOf(envelope, "sign")), args);
        return good && resultOf(data) === "SUCCESS" && codeOf(envelope) === 0 ? "paid" : "untrusted";
      } catch {
        return c.notifyWord(body, args);
      }
    },
  })),
];
