// An adapter that earns nothing, in one way: node cheater.mjs MODE
import { createInterface } from "node:readline";

const [mode = "dead"] = process.argv.slice(2);
const ops = ["canonicalize", "sign", "verify", "create", "cancel", "query", "notify"];
const hello = { protocol: 1, name: mode, version: "1", language: "test", ops, concurrent: true, tls: true };

/** What a client that knows the documentation by heart would say, without doing any of it. */
const recited = {
  canonicalize: ({ params }) => ({ canonical: Object.entries(params).flat().join("=") }),
  sign: () => ({ sign: "ab".repeat(128) }),
  verify: () => ({ valid: true }),
  create: () => ({ outcome: "created", pay_content: "https://example.com/pay" }),
  cancel: ({ mch_order_no }) => ({ outcome: /none/i.test(mch_order_no) ? "not_found" : "cancelled" }),
  query: () => ({ outcome: "closed" }),
  notify: () => ({ outcome: "paid", reply: '{"result": "SUCCESS", "msg": "OK"}' }),
};
/** Says every word of the documentation in turn. */
const words = [
  "cancelled",
  "already_cancelled",
  "already_paid",
  "not_found",
  "failed",
  "unknown",
  "rejected",
];
let turn = 0;
const unknown = { verify: { valid: false }, canonicalize: { canonical: "" }, sign: { sign: "" } };

const modes = {
  dead: () => null,
  echo: (_, args) => ({ ok: args }),
  "refuses-all": (op) =>
    op === "verify" ? { ok: { valid: false } } : { error: { kind: "failed", message: "no" } },
  "unsupported-all": () => ({ error: { kind: "unsupported", message: "no" } }),
  "says-unknown": (op) => ({ ok: unknown[op] ?? { outcome: "unknown", reply: "" } }),
  "says-untrusted": (op) => ({ ok: unknown[op] ?? { outcome: "untrusted", reply: "" } }),
  "never-calls": (op, args) => ({ ok: recited[op](args) }),
  recites: (op, args) => {
    turn += 1;
    return { ok: op === "cancel" ? { outcome: words[turn % words.length] } : recited[op](args) };
  },
  "empty-ok": () => ({ ok: {} }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, op, args } = JSON.parse(line);
  const answer = op === "hello" ? { ok: hello } : modes[mode](op, args);
  if (answer) process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
}
process.exit(0);
