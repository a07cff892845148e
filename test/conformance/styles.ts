import { Agent } from "node:http";
import type { ClientObject } from "@ksherproof/harness";
import type { Args, HandMade } from "./client/hand-made.js";
import { memberOf, textOf } from "./client/json.js";
import { only, operationsOf, type Patch, patched } from "./client/operations.js";

/** A correct client of a style of its own. */
export interface Style {
  readonly id: string;
  readonly says: string;
  readonly client: () => ClientObject;
  /** It leaves its answers to its caller: some requirements are not its own. */
  readonly raw?: true;
}

const style = (id: string, says: string, patch: Patch): Style => ({
  id,
  says,
  client: () => operationsOf(id, () => patched(patch)),
});
const part = (id: string, says: string, ...ops: Parameters<typeof only>[1]): Style => ({
  id,
  says,
  client: () =>
    only(
      operationsOf(id, () => patched(() => ({}))),
      ops,
    ),
});
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const keptAlive = new Agent({ keepAlive: true });

/** Hands the parsed answer through, whatever the status, and judges nothing. */
function raw(id: string): ClientObject {
  const object = operationsOf(id, () => patched(() => ({})));
  const client = patched(() => ({}));
  const through = (op: "create" | "cancel" | "query") => async (args: Args) => {
    const answer = await client.exchange(op, args);
    try {
      return { response: answer && (JSON.parse(answer.body.toString("utf8")) as unknown) };
    } catch {
      return { response: null };
    }
  };
  return { ...object, create: through("create"), cancel: through("cancel"), query: through("query") };
}

const confirming = (c: HandMade): Partial<HandMade> => ({
  doCancel: async (args) => {
    const outcome = c.cancelWord(c.open(await c.exchange("cancel", args)), args);
    const state = await c.confirm(args);
    return { outcome: outcome === "unknown" && state === "closed" ? "already_cancelled" : outcome };
  },
});

/** Confirms by a query, and tells of a payment that the query shows, whatever the cancel said. */
const queryDecides = (c: HandMade): Partial<HandMade> => ({
  doCancel: async (args) => {
    const outcome = c.cancelWord(c.open(await c.exchange("cancel", args)), args);
    return { outcome: (await c.confirm(args)) === "paid" ? "already_paid" : outcome };
  },
});

/** Correct clients: each passes every requirement that it can show, whatever its style. */
export const STYLES: readonly Style[] = [
  style("plain", "as it comes", () => ({})),
  style(
    "lenient",
    "checks signatures only: no shape, any order, no size limit, doubled members as JSON.parse reads them",
    (c) => ({
      hasShape: () => true,
      isAbout: () => true,
      call: (op, args) => ({ ...c.call(op, args), most: 0 }),
    }),
  ),
  style("parsed", "verifies from parsed JSON: numbers go through doubles", (c) => ({
    signedText: (json) => (json.is === "number" ? String(Number(json.digits)) : c.signedText(json)),
  })),
  style("utf16", "orders names as JavaScript, Java and C# do by themselves", () => ({
    order: (pairs) => pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  })),
  style("slow", "takes 20 to 60 ms longer than it need", (c) => ({
    exchange: async (op, args) => {
      await sleep(20 + ((op.length * 7) % 40));
      return c.exchange(op, args);
    },
  })),
  style("confirms-always", "queries after every cancel", confirming),
  style(
    "query-decides",
    "queries after every cancel, and believes the query where it says paid",
    queryDecides,
  ),
  style("confirms-never", "never queries by itself", (c) => ({
    doCancel: async (args) => ({ outcome: c.cancelWord(c.open(await c.exchange("cancel", args)), args) }),
  })),
  style("queries-first", "queries before it cancels, and cancels whatever comes of it", (c) => ({
    doCancel: async (args) => {
      await c.confirm(args);
      return c.doCancel(args);
    },
  })),
  style(
    "asks-first",
    "queries before it cancels, and sends no cancel where it is told paid, closed or not there",
    (c) => ({
      doCancel: async (args) => {
        const state = await c.confirm(args);
        if (state === "paid") return { outcome: "already_paid" };
        if (state === "not_found") return { outcome: "not_found" };
        return state === "closed" ? { outcome: "already_cancelled" } : c.doCancel(args);
      },
    }),
  ),
  style("tells-what-it-learned", "queries after unknown and failed, and says what it was told", (c) => ({
    doCancel: async (args) => {
      const outcome = c.cancelWord(c.open(await c.exchange("cancel", args)), args);
      if (outcome !== "unknown" && outcome !== "failed") return { outcome };
      const told: Readonly<Record<string, string>> = {
        closed: "already_cancelled",
        paid: "already_paid",
        not_found: "not_found",
      };
      return { outcome: told[await c.confirm(args)] ?? outcome };
    },
  })),
  style("retries", "retries a lost answer once by itself, with a new request", (c) => ({
    exchange: async (op, args) => (await c.exchange(op, args)) ?? c.exchange(op, args),
  })),
  style(
    "retries-cancel-only",
    "retries a cancel that told it nothing, and believes the second answer",
    (c) => ({
      doCancel: async (args) => {
        const first = c.cancelWord(c.open(await c.exchange("cancel", args)), args);
        return first === "unknown" ? c.doCancel(args) : { outcome: first };
      },
    }),
  ),
  style("charset", "says charset=UTF-8 in its Content-Type", () => ({
    headers: () => ({ "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" }),
  })),
  style("shouts", "writes header names and the media type in capitals", () => ({
    headers: () => ({ "CONTENT-TYPE": "Application/X-WWW-Form-URLEncoded", ACCEPT: "*/*", "X-TRACE": "1" }),
  })),
  style("lang-always", "sends lang=en where no language was given", (c) => ({
    fields: (op, args) => c.fields(op, { lang: "en", ...args }),
  })),
  style("lang-never", "never sends lang", (c) => ({
    fields: (op, { lang: _, ...args }) => c.fields(op, args),
  })),
  style("version", "sends and signs version=3.0.0 and an empty operator_id", (c) => ({
    business: (op, args) => [...c.business(op, args), ["version", "3.0.0"], ["operator_id", ""]],
  })),
  style("percent-20", "writes a space as %20 and escapes in lower case", () => ({
    encode: (text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  })),
  style("escapes-all", "escapes every byte", () => ({
    encode: (text) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`).join(""),
  })),
  style("ampersand-at-the-end", "ends its form with an &, and puts sign first", (c) => ({
    body: (fields) => `${c.body(new Map([...fields].reverse()))}&`,
  })),
  style("kept-alive", "keeps one connection for all", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), agent: keptAlive }),
  })),
  style("chunked", "sends its form in chunks, without a length", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), chunked: true }),
  })),
  style("nonce-of-uuid", "makes its nonce of a UUID without dashes", () => ({
    nonce: () => crypto.randomUUID().replaceAll("-", ""),
  })),
  style("nonce-of-letters", "makes its nonce of 24 letters and digits", () => ({
    nonce: () =>
      [...crypto.getRandomValues(new Uint8Array(24))]
        .map((byte) => "abcdefghijkmnpqrstuvwxyzABCDEFGH"[byte % 32])
        .join(""),
  })),
  style("bangkok-time", "writes its time stamps in Bangkok time", () => ({
    timeStamp: () => new Date(Date.now() + 7 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14),
  })),
  style("typed", "reads answers into types: what does not fit is unknown before it is untrusted", (c) => ({
    queryWord: (envelope, args) => {
      if (envelope === null || envelope === "doubled" || c.code(envelope) !== 0)
        return envelope === "doubled" ? "unknown" : c.queryWord(envelope, args);
      const sign = memberOf(envelope, "sign");
      const data = memberOf(envelope, "data");
      const trusted = c.verifies(data, textOf(sign), args);
      if (sign !== undefined && sign.is !== "text") return "unknown";
      return trusted && !c.hasShape(data) ? "unknown" : c.queryWord(envelope, args);
    },
  })),
  style("untrusted-webhooks", "says untrusted for every webhook that it cannot read", (c) => ({
    notifyWord: (body, args) => (c.notifyWord(body, args) === "paid" ? "paid" : "untrusted"),
  })),
  {
    id: "raw",
    says: "hands the parsed answer through and judges nothing",
    client: () => raw("raw"),
    raw: true,
  },
  part("signs-only", "offers sign and verify only", "canonicalize", "sign", "verify"),
  part("cancels-only", "offers cancel only", "cancel"),
  part("queries-only", "offers query only", "query"),
  part("notified-only", "offers notify only", "notify"),
  part("cancels-and-queries", "offers cancel and query", "cancel", "query"),
  part("creates-and-cancels", "offers create and cancel", "create", "cancel"),
];
