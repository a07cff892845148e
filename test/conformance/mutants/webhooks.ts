import { memberOf, textOf } from "../client/json.js";
import { type Mutant, mutant } from "./mutant.js";

const OK = '{"result": "SUCCESS", "msg": "OK"}';

/** Clients that get the webhook wrong. */
export const WEBHOOKS: readonly Mutant[] = [
  mutant("webhook-not-verified", "WHK-001", "does not verify webhooks", (c) => ({
    notifyWord: (body, args) => {
      try {
        const envelope = c.parse(body);
        return textOf(memberOf(memberOf(envelope, "data"), "result")) === "SUCCESS" ? "paid" : "unknown";
      } catch {
        return c.notifyWord(body, args);
      }
    },
  })),
  mutant(
    "webhook-not-verified-without-sign",
    "WHK-001",
    "verifies a webhook only where it has a sign",
    (c) => ({
      notifyWord: (body, args) => {
        const word = c.notifyWord(body, args);
        return word === "untrusted" && !/"sign":"[^"]/.test(body) && /"result":"SUCCESS"/.test(body)
          ? "paid"
          : word;
      },
    }),
  ),
  mutant(
    "webhook-decoded-as-form",
    "WHK-001",
    "decodes the body as a form first: + becomes a space",
    (c) => ({
      notifyWord: (body, args) => {
        try {
          return c.notifyWord(decodeURIComponent(body.replace(/\+/g, " ")), args);
        } catch {
          return "unknown";
        }
      },
    }),
  ),
  mutant("webhook-any-result-is-paid", "WHK-001", "says paid for every genuine webhook", (c) => ({
    notifyWord: (body, args) => {
      const word = c.notifyWord(body, args);
      return word === "unknown" && /"sign":"[0-9a-f]{64}/.test(body) ? "paid" : word;
    },
  })),
  mutant("webhook-always-ok", "WHK-002", "answers SUCCESS to everything", () => ({ reply: () => OK })),
  mutant("webhook-answers-plain-ok", "WHK-002", "answers OK and not the documented JSON", (c) => ({
    reply: (outcome) => (outcome === "paid" ? "OK" : c.reply(outcome)),
  })),
  mutant("webhook-answers-lower-case", "WHK-002", 'answers {"result": "success"}', (c) => ({
    reply: (outcome) => (outcome === "paid" ? '{"result": "success", "msg": "ok"}' : c.reply(outcome)),
  })),
  mutant("webhook-answers-nothing", "WHK-002", "answers an empty body", () => ({ reply: () => "" })),
  mutant("webhook-ok-when-unreadable", "WHK-002", "answers SUCCESS to what it cannot read", (c) => ({
    reply: (outcome) => (outcome === "unknown" ? OK : c.reply(outcome)),
  })),
  mutant(
    "webhook-of-cancelled-refused",
    "WHK-003",
    "refuses a payment of an order that it cancelled",
    (c) => ({
      doCancel: async (args) => {
        const told = await c.doCancel(args);
        if (told.outcome === "cancelled") c.memory.set(`cancelled ${args.mch_order_no}`, true);
        return told;
      },
      doNotify: (args) => {
        const number = /"mch_order_no":"([^"]*)"/.exec(String(args.body))?.[1];
        return c.memory.has(`cancelled ${number}`) ? { outcome: "unknown", reply: "" } : c.doNotify(args);
      },
    }),
  ),
  mutant("webhook-once-only", "WHK-004", "refuses a webhook that it has seen before", (c) => ({
    doNotify: (args) => {
      const seen = c.memory.has(String(args.body));
      c.memory.set(String(args.body), true);
      return seen ? { outcome: "unknown", reply: '{"result": "FAIL", "msg": "seen"}' } : c.doNotify(args);
    },
  })),
  mutant("webhook-once-per-order", "WHK-004", "refuses a second webhook for one order", (c) => ({
    doNotify: (args) => {
      const order = /"mch_order_no":("[^"]*")/.exec(String(args.body))?.[1] ?? "";
      const told = c.doNotify(args);
      if (told.outcome !== "paid") return told;
      const seen = c.memory.has(order);
      c.memory.set(order, true);
      return seen ? { outcome: "unknown", reply: '{"result": "FAIL", "msg": "seen"}' } : told;
    },
  })),
  mutant(
    "webhook-repeat-not-acknowledged",
    "WHK-004",
    "says paid again, but does not acknowledge a repeat",
    (c) => ({
      doNotify: (args) => {
        const told = c.doNotify(args);
        const seen = c.memory.has(String(args.body));
        c.memory.set(String(args.body), true);
        return seen && told.outcome === "paid"
          ? { ...told, reply: '{"result": "FAIL", "msg": "seen"}' }
          : told;
      },
    }),
  ),
];
