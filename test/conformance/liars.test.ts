import type { ClientObject } from "@ksherproof/harness";
import { CHECKS } from "@ksherproof/harness";
import { describe, expect, it } from "vitest";
import { HandMade } from "./client/hand-made.js";
import { operationsOf } from "./client/operations.js";
import { having, hold } from "./hold.js";

const OPS = ["canonicalize", "sign", "verify", "create", "cancel", "query", "notify"] as const;
type Said = Record<string, unknown>;
const saying = (name: string, say: (op: string, args: Said) => unknown): ClientObject => ({
  name,
  ...Object.fromEntries(OPS.map((op) => [op, (args: Said) => say(op, args)])),
});

/** Clients that do nothing, and say something. None of them may earn a pass for what it did not do. */
const LIARS: readonly (readonly [string, ClientObject])[] = [
  ["dead: never answers", saying("dead", () => new Promise(() => undefined))],
  ["echo: gives its arguments back", saying("echo", (_, args) => args)],
  [
    "refuses everything",
    saying("refuser", () => {
      throw new Error("no");
    }),
  ],
  [
    "says unknown, untrusted and invalid to everything, without a request",
    saying("unknown-sayer", (op) => ({
      outcome: op === "notify" ? "untrusted" : "unknown",
      valid: false,
      reply: "",
      canonical: "",
      sign: "",
    })),
  ],
  [
    "recites the happy words, without a request",
    saying("reciter", (op) => ({
      outcome: { create: "created", cancel: "cancelled", query: "paid", notify: "paid" }[op],
      valid: true,
      reply: '{"result": "SUCCESS", "msg": "OK"}',
      canonical: "a=1",
      sign: "00",
      response: { code: 0 },
    })),
  ],
  [
    "answers from the words of its request",
    saying("guesser", (_, args) => ({
      outcome: /NONE/.test(String(args.mch_order_no)) ? "not_found" : "cancelled",
    })),
  ],
];

describe("liars earn nothing", () => {
  it.concurrent.each(LIARS)(
    "%s",
    async (_, liar) => {
      const report = await hold(liar, { level: "hardening", runs: 1 });
      expect(having(report, "pass")).toEqual([]);
      expect(report.conforms).toBe(false);
    },
    180_000,
  );

  it("one that asks the gateway and says unknown to every answer passes nothing that rests on an answer", async () => {
    const client = new HandMade();
    const unknown = (op: "cancel" | "query" | "create") => async (args: Said) => {
      await client.exchange(op, args);
      return { outcome: "unknown" };
    };
    const report = await hold(
      {
        name: "asks",
        cancel: unknown("cancel"),
        query: unknown("query"),
        create: unknown("create"),
      },
      { runs: 1 },
    );
    const passed = having(report, "pass");
    expect(passed.filter((id) => /^(RSP|QRY|CXL-00|CXL-01[01]|RTY-001|WHK)/.test(id))).toEqual([]);
    expect(report.conforms).toBe(false);
  });

  it("one that refuses every signature passes nothing by refusing the wrong ones", async () => {
    const suspicious = operationsOf("suspicious", () =>
      Object.assign(new HandMade(), { verifies: () => false }),
    );
    const report = await hold(suspicious, { level: "hardening", runs: 1, only: ["QRY", "WHK", "SEC-005"] });
    expect(having(report, "pass")).toEqual([]);
  });

  it("every check is worth something to nobody who offers nothing", async () => {
    const report = await hold({ name: "nothing" }, { runs: 1 });
    expect(report.conforms).toBe(false);
    expect(having(report, "pass")).toEqual([]);
    expect(CHECKS.length).toBeGreaterThan(30);
  });
});
