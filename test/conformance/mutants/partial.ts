import { memberOf, textOf } from "../client/json.js";
import { send } from "../client/wire.js";
import { type Mutant, mutant } from "./mutant.js";

const unescaped = (text: string): string => text.replaceAll("&amp;", "&").replaceAll("&lt;", "<");
const latin1 = (text: string): Buffer =>
  Buffer.from([...text].map((one) => (one <= "\xff" ? one : "?")).join(""), "latin1");
/** A whole number as it is written plainly: what JavaScript's objects put before all other names. */
const isIndex = (name: string): boolean => /^(0|[1-9][0-9]{0,8})$/.test(name);

/** Clients that do most things right: the fault is in one operation, one kind of value or one answer. */
export const PARTIAL: readonly Mutant[] = [
  mutant("signs-unescaped-html", "SIG-004", "signs & for &amp; in a value", (c) => ({
    value: (value) => unescaped(c.value(value)),
  })),
  mutant("signs-ascii-only", "SIG-006", "signs the text without what is not ASCII", (c) => ({
    bytes: (text) => c.bytes(text.replace(/[^\0-\x7f]/g, "")),
  })),
  mutant("verifies-latin1", "SIG-006", "signs UTF-8 and verifies Latin-1", (c) => ({
    rsaVerify: (message, signature, key) => c.rsaVerify(latin1(message.toString("utf8")), signature, key),
  })),
  mutant(
    "integer-names-first",
    "SIG-002",
    "puts names that are integers first (a JavaScript object)",
    (c) => ({
      order: (pairs) => {
        const ordered = c.order(pairs);
        const first = ordered.filter(([name]) => isIndex(name)).sort(([a], [b]) => Number(a) - Number(b));
        return [...first, ...ordered.filter(([name]) => !isIndex(name))];
      },
    }),
  ),
  mutant("pads-order-number", "REQ-010", "fills the order number up to twelve characters", () => ({
    orderNumber: (number) => number.padEnd(12),
  })),
  mutant("trims-in-create", "REQ-010", "trims the order number where it creates", (c) => ({
    business: (op, args) =>
      c
        .business(op, args)
        .map(([name, value]) =>
          op === "create" && name === "mch_order_no" ? [name, value.trim()] : [name, value],
        ),
  })),
  mutant("sends-nothing", "REQ-001", "throws before it sends anything", () => ({
    exchange: () => Promise.reject(new TypeError("undefined is not a function")),
  })),
  mutant("waits-for-queries", "RSP-008", "has a time-out for cancels, and none for queries", (c) => ({
    call: (op, args) => (op === "query" ? { ...c.call(op, args), timeoutMs: 0 } : c.call(op, args)),
  })),
  mutant("cuts-codes-to-32-bits", "RSP-003", "cuts a code to 32 bits: 2^32 is 0", (c) => ({
    code: (envelope) => {
      const code = c.code(envelope);
      return code === undefined ? undefined : code | 0;
    },
  })),
  mutant("verifies-payments-only", "QRY-002", "verifies an answer only where it says paid", (c) => ({
    verifies: (data, signature, args) =>
      textOf(memberOf(data, "result")) !== "SUCCESS" || c.verifies(data, signature, args),
  })),
  mutant(
    "retries-with-old-signature",
    "RTY-002",
    "retries with a new nonce and the signature it had",
    (c) => ({
      exchange: async (op, args) => {
        const call = c.call(op, args);
        const answer = await send(call);
        if (answer !== null) return answer;
        const [signature = ""] = /sign=[0-9a-f]+/.exec(String(call.body)) ?? [];
        const again = c.call(op, args);
        return send({ ...again, body: String(again.body).replace(/sign=[0-9a-f]+/, signature) });
      },
    }),
  ),
  mutant("time-end-is-paid", "QRY-005", "says paid where an answer tells the time of a payment", (c) => ({
    queryWord: (envelope, args) => {
      const word = c.queryWord(envelope, args);
      const data = envelope === null || envelope === "doubled" ? undefined : memberOf(envelope, "data");
      const paid = textOf(memberOf(data, "time_end")) ?? "";
      return paid !== "" && word !== "untrusted" && word !== "refunded" ? "paid" : word;
    },
  })),
  mutant(
    "unknown-for-query-codes",
    "QRY-005",
    "says unknown for a query that is answered with code -3",
    (c) => ({
      queryWord: (envelope, args) => {
        const refused = envelope !== null && envelope !== "doubled" && c.code(envelope) === -3;
        return refused ? "unknown" : c.queryWord(envelope, args);
      },
    }),
  ),
];
