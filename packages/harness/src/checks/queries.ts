import type { Fault } from "@ksherproof/gateway";
import { type Bench, learnedByAsking } from "../bench.js";
import type { Evidence } from "../evidence.js";
import { QUERY, QUERY_RESULTS } from "../protocol.js";
import type { Check } from "./check.js";
import { withoutControl } from "./questions.js";

/** Whether a genuine answer was trusted in this run: without it, `untrusted` shows nothing (the positive control). */
export async function trusts(bench: Bench): Promise<boolean> {
  const shown = bench.evidences.all.filter(
    ({ check, requirement }) => check === "trust" && requirement === "QRY-001",
  );
  if (shown.length > 0) return shown.some(({ verdict }) => verdict === "pass");
  // `--only` may have left the check of genuine answers out.
  const one = bench.aside().open("trust", "QRY-001");
  one.scene.create("Q1");
  const { outcome } = await one.call("query", "Q1");
  return outcome === "unpaid" || outcome === "pending";
}

/** One answer that nobody may trust. */
export type Row = readonly [
  requirement: string,
  why: string,
  fault: Fault,
  /** What a failure rests on, and what else than `untrusted` may be said of it. */
  more?: Partial<Evidence> & { readonly also?: readonly string[] },
];

/** A reader that holds answers to their types may fail before it comes to the signature: either word is defensible. */
export const UNREADABLE = { also: ["unknown"] };

const SIGNATURES: readonly Row[] = [
  ...(["missing", "empty", "null", "odd", "short", "long", "not_hex", "zeros", "other_key"] as const).map(
    (how): Row => [
      "QRY-002",
      `a signature that is ${how === "other_key" ? "a stranger's" : how.replace("_", " ")}`,
      { kind: "signature", how },
      { trusted: how, ...(how === "null" ? UNREADABLE : {}) },
    ],
  ),
  ["QRY-002", "a signature over other data", { kind: "signature", how: "other_data" }],
  [
    "QRY-001",
    "a signature over the whole body",
    { kind: "signature", how: "whole_body" },
    { trusted: "whole_body" },
  ],
  [
    "QRY-008",
    "the merchant's own signature",
    { kind: "signature", how: "merchant_key" },
    { trusted: "merchant_key" },
  ],
];

const CHANGES: readonly Row[] = [
  // One may look at the signature of some results only: at those that count as payments.
  ...QUERY_RESULTS.filter(({ result }) => result !== "NOTPAY").map(
    ({ result }): Row => ["QRY-003", `result changed to ${result}`, { kind: "edit_data", set: { result } }],
  ),
  ["QRY-003", "total_fee changed", { kind: "edit_data", set: { total_fee: 1 } }],
  ["QRY-003", "total_fee changed to 0", { kind: "edit_data", set: { total_fee: 0 } }],
  ["QRY-003", "fee_type changed", { kind: "edit_data", set: { fee_type: "USD" } }],
  ["QRY-003", "a value emptied", { kind: "edit_data", set: { fee_type: "" } }],
  ["QRY-003", "a space added", { kind: "edit_data", set: { fee_type: "THB " } }, { rests: ["SIG-004"] }],
  [
    "QRY-003",
    "a value in lower case",
    { kind: "edit_data", set: { fee_type: "thb" } },
    { rests: ["SIG-004"] },
  ],
  ["QRY-003", "a member added", { kind: "edit_data", set: { extra: "x" } }, { rests: ["QRY-004"] }],
  [
    "QRY-003",
    "an empty member added",
    { kind: "edit_data", set: { extra: "" } },
    { rests: ["SIG-005", "QRY-004"] },
  ],
  ["QRY-003", "a member removed", { kind: "edit_data", remove: ["attach"] }],
  ["QRY-003", "an empty member removed", { kind: "edit_data", remove: ["openid"] }, { rests: ["SIG-005"] }],
  ["QRY-003", "a member renamed", { kind: "edit_data", rename: { attach: "attache" } }],
  ["QRY-003", "ids filled in", { kind: "edit_data", set: { ksher_order_no: "900", channel: "card" } }],
];

/** Holds a client to rows of answers: each is untrusted. */
export async function untrusted(bench: Bench, check: Check, rows: readonly Row[]): Promise<void> {
  if (!(await trusts(bench))) return withoutControl(bench, check);
  for (const [requirement, why, fault, { also = [], ...more } = {}] of bench.thin(rows, ([id]) => id)) {
    const one = bench.open(check.id, requirement);
    one.scene.create("Q1", { attach: "note" });
    one.scene.fault(QUERY, fault);
    const called = await one.call("query", "Q1");
    const detail = `An answer with ${why} is ${["untrusted", ...also].join(" or ")}.`;
    one.expect(called, ["untrusted", ...also, ...learnedByAsking(called)], detail, requirement, more);
  }
}

/** QRY-001, QRY-002, QRY-003, QRY-008: what is not the gateway's word is untrusted. */
export const tampered: Check = {
  id: "tampered",
  title: "answers that were changed, or not signed by the gateway, are untrusted",
  requirements: ["QRY-001", "QRY-002", "QRY-003", "QRY-008"],
  needs: ["query"],
  async run(bench) {
    await untrusted(bench, tampered, [...SIGNATURES, ...CHANGES]);
    if (!(await trusts(bench))) return;
    // The same signature, which was genuine a moment ago, over data that is no longer the same.
    const one = bench.open("tampered", "QRY-003");
    one.scene.create("Q1");
    const good = await one.call("query", "Q1");
    if (!one.expect(good, ["unpaid", "pending"], "A genuine answer is trusted: the control.", "QRY-003"))
      return;
    one.scene.fault(QUERY, { kind: "edit_data", set: { result: "SUCCESS" } });
    const called = await one.call("query", "Q1");
    one.expect(
      called,
      ["untrusted", ...learnedByAsking(called)],
      "A signature that was seen before is no proof.",
      "QRY-003",
      { rests: ["QRY-002"] },
    );
  },
};

/** RSP-006 to RSP-010 for queries: answers that are no answers. */
export const queryAnswers: Check = {
  id: "query-answers",
  title: "a query whose answer cannot be read is unknown",
  requirements: ["RSP-006", "RSP-007", "RSP-009", "RSP-010"],
  needs: ["query"],
  async run(bench) {
    if (!(await trusts(bench))) return withoutControl(bench, queryAnswers);
    const same = ["unpaid", "pending"];
    const rows: readonly (readonly [string, string, Fault, readonly string[]])[] = [
      ["RSP-006", "HTTP 500 with a valid body", { kind: "status", status: 500, body: "valid" }, ["unknown"]],
      ["RSP-006", "HTTP 502 with HTML", { kind: "status", status: 502, body: "html" }, ["unknown"]],
      ["RSP-006", "HTTP 404 with HTML", { kind: "status", status: 404, body: "html" }, ["unknown"]],
      ["RSP-006", "HTTP 403 with nothing", { kind: "status", status: 403, body: "empty" }, ["unknown"]],
      ["RSP-007", "an empty body", { kind: "empty" }, ["unknown"]],
      ["RSP-007", "HTML", { kind: "not_json", body: "html" }, ["unknown"]],
      ["RSP-007", "a body that is cut short", { kind: "truncate" }, ["unknown"]],
      ["RSP-009", "a connection reset in the middle of the body", { kind: "reset_mid_body" }, ["unknown"]],
      [
        "RSP-009",
        "a connection closed before the answer",
        { kind: "drop_after_commit", how: "close" },
        ["unknown"],
      ],
      ["RSP-010", "chunks of seven bytes", { kind: "chunks", sizes: [7] }, same],
      ["RSP-010", "chunks of eleven and thirteen bytes", { kind: "chunks", sizes: [11, 13] }, same],
    ];
    for (const [requirement, why, fault, outcomes] of bench.thin(rows, ([id]) => id)) {
      const one = bench.open("query-answers", requirement);
      one.scene.create("Q1", { attach: "ชำระ 测试 😀" });
      one.scene.fault(QUERY, fault);
      const called = await one.call("query", "Q1");
      one.expect(
        called,
        [...outcomes, ...learnedByAsking(called)],
        `A query answered with ${why} is ${outcomes.join(" or ")}.`,
      );
    }
  },
};
