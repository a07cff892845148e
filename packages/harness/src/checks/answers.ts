import { type Fault, startServer, textAnswer } from "@ksherproof/gateway";
import { type Bench, describeReply, GRACE_MS } from "../bench.js";
import { CANCEL, CANCEL_CODES } from "../protocol.js";
import type { Check } from "./check.js";

/** One spoiled answer to a cancel: what a correct client makes of it. */
interface Row {
  readonly requirement: string;
  readonly why: string;
  readonly fault: Fault;
  /** What the client may say; a lost answer that it asked for again may also be what the gateway then said. */
  readonly outcomes: readonly string[];
}

const lost = ["unknown"];
/** A client may retry a lost cancel by itself, or confirm it by a query; then it knows. */
const known = ["unknown", "already_cancelled", "cancelled"];

const row = (requirement: string, why: string, fault: Fault, outcomes: readonly string[] = lost): Row => ({
  requirement,
  why,
  fault,
  outcomes,
});
const html = { kind: "not_json", body: "html" } as const;

const UNREADABLE: readonly Row[] = [
  row("RSP-007", "an empty body", { kind: "empty" }),
  row("RSP-007", "a body that is cut short", { kind: "truncate" }),
  row("RSP-007", "a body that is cut before its last character", { kind: "truncate", at: 20 }),
  row("RSP-007", "HTML", html),
  row("RSP-007", "plain text", { kind: "not_json", body: "text" }),
  row("RSP-007", "a JSON list", { kind: "not_json", body: "array" }),
  row("RSP-007", "a JSON string", { kind: "not_json", body: "string" }),
  row("RSP-007", "a JSON number", { kind: "not_json", body: "number" }),
  row("RSP-007", "JSON null", { kind: "not_json", body: "null" }),
  row("RSP-007", "a code that is a string", { kind: "code", as: "string" }),
  row("RSP-007", "a code with a fraction", { kind: "code", as: "float" }),
  row("RSP-007", "no code", { kind: "code", as: "missing" }),
  row("RSP-007", "a code of null", { kind: "code", as: "null" }),
  row("RSP-007", "a code of false", { kind: "code", as: "boolean" }),
  row("RSP-003", "an undocumented code", { kind: "code", as: "undocumented", value: -7 }),
  row("RSP-003", "an undocumented code above 0", { kind: "code", as: "undocumented", value: 1 }),
  row("RSP-003", "an undocumented large code", { kind: "code", as: "undocumented", value: 200 }),
  row("RSP-003", "an undocumented code of -100", { kind: "code", as: "undocumented", value: -100 }),
];

const STATUSES: readonly Row[] = [
  ...[400, 401, 403, 404, 429, 500, 502, 503, 504].map((status) =>
    row("RSP-006", `HTTP ${status} with a valid body`, { kind: "status", status, body: "valid" }),
  ),
  ...[201, 202, 203, 206].map((status) =>
    row("RSP-006", `HTTP ${status} with a valid body`, { kind: "status", status, body: "valid" }),
  ),
  row("RSP-006", "HTTP 500 with HTML", { kind: "status", status: 500, body: "html" }),
  row("RSP-006", "HTTP 502 with JSON", { kind: "status", status: 502, body: "json" }),
  row("RSP-006", "HTTP 503 with nothing", { kind: "status", status: 503, body: "empty" }),
];

const BROKEN: readonly Row[] = [
  row("RSP-009", "a connection closed before the answer", { kind: "drop_after_commit", how: "close" }),
  row("RSP-009", "a connection reset before the answer", { kind: "drop_after_commit", how: "reset" }),
  row("RSP-009", "a connection reset before the gateway acted", { kind: "drop_before_commit", how: "reset" }),
  row("RSP-009", "a connection closed in the middle of the body", { kind: "close_mid_body" }),
  row("RSP-009", "a connection reset in the middle of the body", { kind: "reset_mid_body" }),
];

const TOLERATED: readonly Row[] = [
  row("RSP-004", "messages in another language", { kind: "messages", as: "other_language" }, ["cancelled"]),
  row("RSP-004", "messages that are empty", { kind: "messages", as: "empty" }, ["cancelled"]),
  row("RSP-004", "messages that are missing", { kind: "messages", as: "missing" }, ["cancelled"]),
  row("RSP-004", "messages exchanged", { kind: "messages", as: "swapped" }, ["cancelled"]),
  row("RSP-004", "the messages of a failure", { kind: "messages", as: "of_failure" }, ["cancelled"]),
  row("RSP-005", "members that are not documented", { kind: "extra_members" }, ["cancelled"]),
  row("RSP-010", "chunks of one byte", { kind: "chunks", sizes: [1] }, ["cancelled"]),
  row("RSP-010", "chunks of two bytes", { kind: "chunks", sizes: [2] }, ["cancelled"]),
  row("RSP-010", "chunks of five bytes", { kind: "chunks", sizes: [5, 7, 1] }, ["cancelled"]),
];

async function one(
  bench: Bench,
  check: string,
  { requirement, why, fault, outcomes }: Row,
  timeoutMs = 5000,
): Promise<void> {
  const made = bench.open(check, requirement, { timeoutMs });
  made.scene.create("R1");
  made.scene.fault(CANCEL, fault);
  const called = await made.call("cancel", "R1");
  const retried = called.exchanges.length > 1;
  const may =
    retried || called.every.length > called.exchanges.length
      ? [...new Set([...outcomes, ...known])]
      : outcomes;
  made.expect(called, may, `A cancel answered with ${why} is ${outcomes.join(" or ")}.`);
}

/** RSP-001, RSP-002: each documented answer, from an order that earns it. */
export const codes: Check = {
  id: "codes",
  title: "each documented code gives its outcome",
  requirements: ["RSP-001", "RSP-002"],
  needs: ["cancel"],
  async run(bench) {
    for (const { code, outcome } of CANCEL_CODES) {
      for (const lang of [undefined, "en", "th"]) {
        const made = bench.open(
          "codes",
          code === 0 ? "RSP-001" : "RSP-002",
          lang === undefined ? {} : { lang },
        );
        made.scene.create("R1");
        if (code !== 0) made.scene.fault(CANCEL, { kind: "code", as: "undocumented", value: code });
        if (code !== 0)
          made.scene.hook(CANCEL, "before", () =>
            made.scene.gateway.customer.payByLink({ appid: made.scene.appid, mch_order_no: "R1" }),
          );
        const called = await made.call("cancel", "R1");
        made.expect(called, [outcome], `Code ${code} is ${outcome}.`);
      }
    }
  },
};

/** RSP-003, RSP-006, RSP-007: answers that are no answers. */
export const unreadable: Check = {
  id: "unreadable",
  title: "what is not the documented answer is unknown, and the client survives it",
  requirements: ["RSP-003", "RSP-006", "RSP-007"],
  needs: ["cancel"],
  async run(bench) {
    for (const made of [...UNREADABLE, ...STATUSES]) await one(bench, "unreadable", made);
  },
};

/** RSP-004 over refusals: their code decides too, whatever the messages say. */
export const tolerated: Check = {
  id: "tolerated",
  title: "the code decides: messages, extra members and chunks change nothing",
  requirements: ["RSP-004", "RSP-005", "RSP-010"],
  needs: ["cancel"],
  async run(bench) {
    for (const made of TOLERATED) await one(bench, "tolerated", made);
    for (const as of ["of_success", "empty", "missing", "other_language"] as const) {
      const made = bench.open("tolerated", "RSP-004");
      made.scene.fault(CANCEL, { kind: "messages", as });
      const called = await made.call("cancel", "NONE");
      made.expect(called, ["not_found"], "Code -3 is not_found, whatever its messages say.");
    }
    const made = bench.open("tolerated", "RSP-010");
    made.scene.fault(CANCEL, { kind: "chunks", sizes: [1] });
    made.expect(
      await made.call("cancel", "NONE"),
      ["not_found"],
      "A refusal in chunks of one byte reads as the same refusal.",
    );
  },
};

/** RSP-009: connections that break. */
export const brokenConnections: Check = {
  id: "broken-connections",
  title: "a connection that is refused, reset or closed early is unknown",
  requirements: ["RSP-009"],
  needs: ["cancel"],
  async run(bench) {
    for (const made of BROKEN) await one(bench, "broken-connections", made);
    const made = bench.open("broken-connections", "RSP-009", { baseUrl: await nobodyListens() });
    made.tell("gateway", "does not listen");
    const called = await made.call("cancel", "R1");
    if (called.outcome === "unknown") made.pass("RSP-009", "A refused connection is unknown.", called);
    else
      made.fail("RSP-009", "A refused connection is unknown.", called, {
        expected: "unknown",
        got: called.outcome ?? describeReply(called),
      });
  },
};

/** An address at which nothing listens. */
async function nobodyListens(): Promise<string> {
  const server = await startServer({ route: () => ({ answer: textAnswer(404, "text/plain", "") }) });
  await server.close();
  return `${server.url}/api`;
}

/** RSP-008: time-outs, in silence and in a trickle. */
export const timeouts: Check = {
  id: "timeouts",
  title: "a time-out is unknown, within timeout_ms and a second",
  requirements: ["RSP-008"],
  needs: ["cancel"],
  async run(bench) {
    const timeoutMs = 700;
    const rows: readonly Row[] = [
      row("RSP-008", "silence after the request", { kind: "drop_after_commit", how: "hang" }),
      row("RSP-008", "silence, and no cancel", { kind: "drop_before_commit", how: "hang" }),
      row("RSP-008", "a trickle of one byte each 60 ms", { kind: "trickle", bytesPerTick: 1, tickMs: 60 }),
      row("RSP-008", "an answer that comes too late", { kind: "delay", ms: 3200 }),
    ];
    for (const { requirement, why, fault, outcomes } of rows) {
      const made = bench.open("timeouts", requirement, { timeoutMs });
      made.scene.create("R1");
      made.scene.fault(CANCEL, fault);
      const called = await made.call("cancel", "R1");
      const allowed = called.every.length > 1 ? known : outcomes;
      if (!made.expect(called, allowed, `A cancel answered with ${why} is ${outcomes[0]}.`)) continue;
      const tries = Math.max(1, called.every.length);
      const most = timeoutMs * tries + GRACE_MS + 400;
      if (called.reply.elapsedMs > most) {
        const got = `${Math.round(called.reply.elapsedMs)} ms`;
        made.fail(requirement, `With ${why} the call took longer than timeout_ms and a second.`, called, {
          expected: `at most ${most} ms`,
          got,
        });
      }
    }
    const made = bench.open("timeouts", "RSP-008", { timeoutMs: 6000 });
    made.scene.create("R1");
    made.scene.fault(CANCEL, { kind: "delay", ms: 1200 });
    made.expect(
      await made.call("cancel", "R1"),
      ["cancelled"],
      "An answer within the time-out is taken: the control of this check.",
    );
  },
};
