import type { Fault } from "@ksherproof/gateway";
import { type Bench, learnedByAsking } from "../bench.js";
import type { Evidence } from "../evidence.js";
import { QUERY, QUERY_RESULTS } from "../protocol.js";
import type { Check } from "./check.js";
import { withoutControl } from "./questions.js";

/** Whether a genuine answer was trusted in this run: without it, `untrusted` shows nothing (the positive control). */
export function trusts(bench: Bench): boolean {
  return bench.evidences.all.some(
    ({ check, verdict, requirement }) => check === "trust" && verdict === "pass" && requirement === "QRY-001",
  );
}

/** QRY-005: each documented result, and others. */
export const results: Check = {
  id: "results",
  title: "each documented result gives its outcome, another one is unknown",
  requirements: ["QRY-005"],
  needs: ["query"],
  async run(bench) {
    const known = QUERY_RESULTS.map(({ result, outcome }) => [result, outcome] as const);
    const others = ["success", "Closed", "PAID", "", "CANCELLED", "SUCCESS ", "NOT_PAY"].map(
      (result) => [result, "unknown"] as const,
    );
    for (const [result, outcome] of bench.thin([...known, ...others], ([, outcome]) => outcome)) {
      const one = bench.open("results", "QRY-005");
      one.scene.create("Q1");
      const edited = { kind: "edit_data", set: { result }, sign: "fresh" } as const;
      one.scene.fault(QUERY, edited);
      const called = await one.call("query", "Q1");
      one.expect(
        called,
        [outcome, ...learnedByAsking(called)],
        `A trusted result ${JSON.stringify(result)} is ${outcome}.`,
      );
    }
    const code = bench.open("results", "QRY-005", { settings: { unknownOrder: "code" } });
    code.expect(await code.call("query", "NONE"), ["not_found"], "Code -3 is not_found.");
    const signed = bench.open("results", "QRY-005", { settings: { unknownOrder: "signed_fail" } });
    signed.expect(await signed.call("query", "NONE"), ["not_found"], "A signed FAIL is not_found.");
  },
};

type Row = readonly [
  requirement: string,
  why: string,
  fault: Fault,
  /** What a failure rests on, and what else than `untrusted` may be said of it. */
  more?: Partial<Evidence> & { readonly also?: readonly string[] },
];

/** A reader that holds answers to their types may fail before it comes to the signature: either word is defensible. */
const UNREADABLE = { also: ["unknown"] };

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
  ["QRY-003", "result changed", { kind: "edit_data", set: { result: "SUCCESS" } }],
  ["QRY-003", "total_fee changed", { kind: "edit_data", set: { total_fee: 1 } }],
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
  ["QRY-003", "a member renamed", { kind: "edit_data", rename: { attach: "attache" } }],
  ["QRY-003", "ids filled in", { kind: "edit_data", set: { ksher_order_no: "900", channel: "card" } }],
];

const HARDENED: readonly Row[] = [
  [
    "QRY-006",
    "another order, genuinely signed",
    { kind: "edit_data", set: { mch_order_no: "OTHER" }, sign: "fresh" },
  ],
  [
    "QRY-006",
    "another merchant, genuinely signed",
    { kind: "edit_data", set: { appid: "mch99999" }, sign: "fresh" },
  ],
  [
    "QRY-007",
    "result and time_end merged across their border",
    { kind: "signature", how: "border_shift", member: "result" },
    UNREADABLE,
  ],
  [
    "QRY-007",
    "attach and cash_fee merged across their border",
    { kind: "signature", how: "border_shift", member: "attach" },
    UNREADABLE,
  ],
  [
    "QRY-007",
    "a documented member left out before signing",
    { kind: "edit_data", remove: ["time_end"], sign: "fresh" },
    UNREADABLE,
  ],
  [
    "QRY-007",
    "an amount that is a text",
    { kind: "edit_data", set: { total_fee: "2000x" }, sign: "fresh" },
    UNREADABLE,
  ],
  ...(
    [
      "short_padding",
      "trailing_bytes",
      "other_hash",
      "no_null",
      "zero_padding",
      "block_type_2",
      "not_below_modulus",
    ] as const
  ).map(
    (forgery): Row => [
      "QRY-009",
      `a forged signature (${forgery})`,
      { kind: "signature", how: "forged_padding", forgery },
      { trusted: forgery },
    ],
  ),
  [
    "SEC-005",
    "a member of data that stands twice, the wrong one last",
    { kind: "duplicate_member", where: "data", member: "result", value: "SUCCESS", last: true },
    { trusted: "doubled", ...UNREADABLE },
  ],
  [
    "SEC-005",
    "a member of data that stands twice, the wrong one first",
    { kind: "duplicate_member", where: "data", member: "result", value: "SUCCESS" },
    { trusted: "doubled", ...UNREADABLE },
  ],
];

async function untrusted(bench: Bench, check: Check, rows: readonly Row[]): Promise<void> {
  if (!trusts(bench)) return withoutControl(bench, check);
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
  run: (bench) => untrusted(bench, tampered, [...SIGNATURES, ...CHANGES]),
};

/** QRY-006, QRY-007, QRY-009, SEC-005: genuine signatures over the wrong thing. */
export const hardened: Check = {
  id: "hardened-queries",
  title: "other orders, merged fields, forged encodings and doubled members are untrusted",
  requirements: ["QRY-006", "QRY-007", "QRY-009", "SEC-005"],
  needs: ["query"],
  hardening: true,
  async run(bench) {
    await untrusted(bench, hardened, HARDENED);
    const one = bench.open("hardened-queries", "SEC-005");
    one.scene.create("Q1");
    one.scene.fault(QUERY, { kind: "proto" });
    one.expect(
      await one.call("query", "Q1"),
      ["unpaid", "pending"],
      "Members called __proto__ and constructor do no harm.",
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
    if (!trusts(bench)) return withoutControl(bench, queryAnswers);
    const same = ["unpaid", "pending"];
    const rows: readonly (readonly [string, string, Fault, readonly string[]])[] = [
      ["RSP-006", "HTTP 500 with a valid body", { kind: "status", status: 500, body: "valid" }, ["unknown"]],
      ["RSP-006", "HTTP 502 with HTML", { kind: "status", status: 502, body: "html" }, ["unknown"]],
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
