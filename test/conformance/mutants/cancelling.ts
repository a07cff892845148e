import type { Args, HandMade } from "../client/hand-made.js";
import { type Call, send } from "../client/wire.js";
import { type Mutant, mutant } from "./mutant.js";

const key = (kind: string, args: Args): string => `${kind} ${args.base_url} ${args.mch_order_no}`;
/** Remembers what a query said, once it said one of these words, and answers from memory from then on. */
const remembering =
  (...words: readonly string[]) =>
  (c: HandMade) => ({
    doQuery: async (args: Args) => {
      const known = c.memory.get(key("query", args));
      if (typeof known === "string") return { outcome: known };
      const told = await c.doQuery(args);
      if (words.includes(told.outcome)) c.memory.set(key("query", args), told.outcome);
      return told;
    },
  });

/** Clients that get the life of an order wrong, or the way in which a lost answer is followed up. */
export const CANCELLING: readonly Mutant[] = [
  mutant("closed-is-unknown", "QRY-005", "says unknown for CLOSED", (c) => ({
    resultWord: (result) => (result === "CLOSED" ? "unknown" : c.resultWord(result)),
  })),
  mutant(
    "closed-for-ever",
    "CXL-007",
    "once an order was closed, says closed whatever the gateway says",
    (c) => ({
      doQuery: async (args) => {
        const { outcome } = await c.doQuery(args);
        if (outcome === "closed") c.memory.set(key("closed", args), true);
        return { outcome: c.memory.has(key("closed", args)) && outcome === "paid" ? "closed" : outcome };
      },
    }),
  ),
  mutant(
    "cancelled-for-ever",
    "CXL-007",
    "once it cancelled an order, says closed whatever the gateway says",
    (c) => ({
      doCancel: async (args) => {
        const told = await c.doCancel(args);
        if (told.outcome === "cancelled") c.memory.set(key("cancelled", args), true);
        return told;
      },
      doQuery: async (args) => {
        const { outcome } = await c.doQuery(args);
        return { outcome: c.memory.has(key("cancelled", args)) && outcome === "paid" ? "closed" : outcome };
      },
    }),
  ),
  mutant(
    "caches-every-query",
    "CXL-012",
    "keeps what a query said and does not ask again",
    remembering("paid", "closed", "unpaid", "pending", "failed", "refunded", "not_found"),
  ),
  mutant(
    "caches-final-queries",
    "CXL-012",
    "does not ask again once an order was closed or paid",
    remembering("paid", "closed"),
  ),
  mutant("caches-unpaid", "CXL-012", "answers from memory once an order was unpaid twice", (c) => ({
    doQuery: async (args) => {
      const times = Number(c.memory.get(key("unpaid", args)) ?? 0);
      if (times === 2) return { outcome: "unpaid" };
      const told = await c.doQuery(args);
      if (told.outcome === "unpaid") c.memory.set(key("unpaid", args), times + 1);
      return told;
    },
  })),
  mutant("open-after-own-cancel", "CXL-001", "says unpaid for an order that it has just cancelled", (c) => ({
    doCancel: async (args) => {
      const told = await c.doCancel(args);
      if (told.outcome === "cancelled") c.memory.set(key("cancelled", args), true);
      return told;
    },
    doQuery: async (args) => {
      const told = await c.doQuery(args);
      const own = c.memory.delete(key("cancelled", args));
      return own && told.outcome === "closed" ? { outcome: "unpaid" } : told;
    },
  })),
  mutant("expired-is-cancelled", "CXL-005", "says cancelled for -6 where the query says closed", (c) => ({
    doCancel: async (args) => {
      const { outcome } = await c.doCancel(args);
      return {
        outcome: outcome === "failed" && (await c.confirm(args)) === "closed" ? "cancelled" : outcome,
      };
    },
  })),
  mutant("caches-cancel", "CXL-012", "does not ask again once it cancelled an order", (c) => ({
    doCancel: async (args) => {
      if (c.memory.has(key("cancelled", args))) return { outcome: "already_cancelled" };
      const told = await c.doCancel(args);
      if (told.outcome === "cancelled") c.memory.set(key("cancelled", args), true);
      return told;
    },
  })),
  mutant("cancelled-twice", "CXL-002", "says cancelled for an order that it finds cancelled", (c) => ({
    doCancel: async (args) => {
      const told = await c.doCancel(args);
      const before = c.memory.has(key("cancelled", args));
      if (told.outcome === "cancelled") c.memory.set(key("cancelled", args), true);
      return told.outcome === "already_cancelled" && before ? { outcome: "cancelled" } : told;
    },
  })),
  mutant("joins-concurrent-cancels", "CXL-010", "sends one request for cancels that run at once", (c) => {
    const running = new Map<string, Promise<{ outcome: string }>>();
    return {
      doCancel: (args) => {
        const name = key("cancel", args);
        const found = running.get(name) ?? c.doCancel(args).finally(() => running.delete(name));
        running.set(name, found);
        return found;
      },
    };
  }),
  mutant("locks-concurrent-cancels", "CXL-010", "refuses a cancel while another one runs", (c) => {
    const running = new Set<string>();
    return {
      doCancel: async (args) => {
        const name = key("cancel", args);
        if (running.has(name)) return { outcome: "failed" };
        running.add(name);
        return c.doCancel(args).finally(() => running.delete(name));
      },
    };
  }),
  mutant(
    "checks-before-cancel",
    "CXL-011",
    "cancels only where a query said so a moment before, and believes that",
    (c) => ({
      doCancel: async (args) => {
        const before = await c.confirm(args);
        const told = await c.doCancel(args);
        return before === "unpaid" && told.outcome === "already_paid" ? { outcome: "cancelled" } : told;
      },
    }),
  ),
  mutant("retries-paid", "CXL-003", "cancels again where an order was paid, and then says failed", (c) => ({
    doCancel: async (args) => {
      const told = await c.doCancel(args);
      if (told.outcome !== "already_paid") return told;
      c.memory.set(key("tries", args), Number(c.memory.get(key("tries", args)) ?? 0) + 1);
      return Number(c.memory.get(key("tries", args))) > 1 ? { outcome: "failed" } : told;
    },
  })),
  mutant("card-in-progress-is-cancelled", "RSP-002", "cancels at once after a query said pending", (c) => ({
    doCancel: async (args) => {
      const { outcome } = await c.doCancel(args);
      return {
        outcome: outcome === "failed" && (await c.confirm(args)) === "pending" ? "cancelled" : outcome,
      };
    },
  })),
  mutant("not-found-is-done", "RSP-002", "says cancelled where the gateway knows no such order", (c) => ({
    doCancel: async (args) => {
      const { outcome } = await c.doCancel(args);
      return {
        outcome: outcome === "not_found" && (await c.confirm(args)) === "not_found" ? "cancelled" : outcome,
      };
    },
  })),
  mutant(
    "attempted-is-closed",
    "CXL-004",
    "says closed for an order that is not there, once it tried to cancel it",
    (c) => ({
      doCancel: async (args) => {
        c.memory.set(key("tried", args), true);
        return c.doCancel(args);
      },
      doQuery: async (args) => {
        const told = await c.doQuery(args);
        return told.outcome === "not_found" && c.memory.has(key("tried", args))
          ? { outcome: "closed" }
          : told;
      },
    }),
  ),
  mutant(
    "failed-for-ever",
    "CXL-005",
    "once a cancel failed, says failed for that order whatever the gateway says",
    (c) => ({
      doCancel: async (args) => {
        const told = await c.doCancel(args);
        if (told.outcome === "failed") c.memory.set(key("failed", args), true);
        return c.memory.has(key("failed", args)) ? { outcome: "failed" } : told;
      },
    }),
  ),
  mutant(
    "says-cancelled-after-retry",
    "RTY-001",
    "retries a lost cancel and takes -5 for a failure",
    (c) => ({
      doCancel: async (args) => {
        const told = await c.doCancel(args);
        if (told.outcome === "unknown") c.memory.set(key("lost", args), true);
        return c.memory.has(key("lost", args)) && told.outcome === "already_cancelled"
          ? { outcome: "failed" }
          : told;
      },
    }),
  ),
  mutant(
    "retries-and-says-failed",
    "RTY-001",
    "retries at once, and takes the -5 of its retry for a failure",
    (c) => ({
      doCancel: async (args) => {
        const told = await c.doCancel(args);
        const again = told.outcome === "unknown" ? await c.doCancel(args) : told;
        return again !== told && again.outcome === "already_cancelled" ? { outcome: "failed" } : again;
      },
    }),
  ),
  mutant("keeps-request-for-retry", "RTY-002", "sends the same request again after a lost answer", (c) => ({
    exchange: async (op, args) => {
      const call = (c.memory.get(key(op, args)) as Call | undefined) ?? c.call(op, args);
      const answer = await send(call);
      if (answer === null) c.memory.set(key(op, args), call);
      else c.memory.delete(key(op, args));
      return answer;
    },
  })),
  mutant("signs-retry-once", "RTY-002", "retries at once with the same nonce and signature", (c) => ({
    exchange: async (op, args) => {
      const call = c.call(op, args);
      return (await send(call)) ?? send(call);
    },
  })),
  mutant("never-confirms", "RTY-003", "tells its caller unknown or failed without a query", (c) => ({
    doCancel: async (args) => ({ outcome: c.cancelWord(c.open(await c.exchange("cancel", args)), args) }),
  })),
  mutant("confirms-failed-only", "RTY-003", "queries after failed, not after a lost answer", (c) => ({
    doCancel: async (args) => {
      const outcome = c.cancelWord(c.open(await c.exchange("cancel", args)), args);
      if (outcome === "failed") await c.confirm(args);
      return { outcome };
    },
  })),
];
