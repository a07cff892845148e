import type { Exchange } from "@ksherproof/gateway";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/evidence.js";
import { failureOf, fingerprintOf } from "../../src/report/failure.js";

const plain: Evidence = {
  requirement: "CXL-003",
  check: "cxl-003",
  verdict: "fail",
  detail: "It says cancelled.",
  expected: "already_paid",
  got: "cancelled",
  story: [],
  exchanges: [],
};

const exchange = (startedAt: number, endedAt: number | null, body: string, answer: string | null): Exchange =>
  ({
    startedAt,
    endedAt,
    request: { method: "POST", target: "/api/cancel_order", rawHeaders: [], body: Buffer.from(body) },
    sent: answer === null ? null : { status: 200, body: Buffer.from(answer) },
    faults: [{ kind: "drop" }],
    ending: "sent",
  }) as unknown as Exchange;

describe("the fingerprint of a failure", () => {
  it("is the same whatever the numbers, and another for another way of failing", () => {
    const print = fingerprintOf(plain);
    expect(print).toMatch(/^[0-9a-f]{12}$/);
    expect(fingerprintOf({ ...plain, detail: "else", story: [{ who: "client", what: "x" }] })).toBe(print);
    for (const other of [
      { requirement: "CXL-004" },
      { check: "other" },
      { expected: "paid" },
      { got: "closed" },
    ])
      expect(fingerprintOf({ ...plain, ...other })).not.toBe(print);
    const numbered = (n: string): string => fingerprintOf({ ...plain, got: `says ${n} times` });
    expect(numbered("17")).toBe(numbered("4"));
    expect(numbered("17")).not.toBe(print);
  });

  it("takes a text of 60 characters, and leaves out longer ones", () => {
    const got = (text: string): string => fingerprintOf({ ...plain, got: text });
    expect(got("x".repeat(60))).not.toBe(got("y".repeat(60)));
    expect(got("x".repeat(61))).toBe(got("y".repeat(61)));
  });

  it("is that of the signer's mistake, or of the verdict, where a signature was explained", () => {
    const of = (verdict: string, ids: readonly string[], got: string): string =>
      fingerprintOf({
        ...plain,
        got,
        explanation: { verdict, mistakes: ids.map((id) => ({ id })) } as never,
      });
    expect(of("other_text", ["a"], "1")).toBe(of("other_text", ["a"], "else"));
    expect(of("other_text", ["a"], "1")).not.toBe(of("other_text", ["b"], "1"));
    expect(of("other_text", [], "1")).not.toBe(of("wrong_key", [], "1"));
  });
});

describe("the document of a failure", () => {
  it("counts time from the first exchange, in tenths of a millisecond, and cuts long bodies", () => {
    const long = "a".repeat(4097);
    const { wire } = failureOf(
      { ...plain, exchanges: [exchange(1000, 1000.26, "a=1", "{}"), exchange(1002.04, null, long, null)] },
      "again",
    );
    expect(wire[0]).toMatchObject({ at_ms: 0, took_ms: 0.3, method: "POST", path: "/api/cancel_order" });
    expect(wire[0]).toMatchObject({ request: "a=1", status: 200, answer: "{}", faults: [{ kind: "drop" }] });
    expect(wire[1]).toMatchObject({ at_ms: 2, took_ms: null, status: null, answer: "" });
    expect(wire[1]?.request).toBe(`${"a".repeat(4096)} ... (4097 bytes)`);
    expect(
      failureOf({ ...plain, exchanges: [exchange(0, 1, "a".repeat(4096), "")] }, "").wire[0]?.request,
    ).toHaveLength(4096);
  });

  it("says what to do again: the commands, or the one question of a static check", () => {
    const commands = [{ do: "cancel" }] as never;
    const params = { a: "1" };
    expect(failureOf({ ...plain, commands }, "").commands).toBe(commands);
    expect(failureOf(plain, "").commands).toEqual([]);
    const asked = (check: string, data: unknown): unknown =>
      failureOf({ ...plain, check, data, commands }, "").commands;
    expect(asked("canonicalize", { params })).toEqual([{ do: "canonicalize", params }]);
    expect(asked("sign", { params })).toEqual([{ do: "sign", params, bits: 1024 }]);
    expect(asked("sign", { params, bits: 512 })).toEqual([{ do: "sign", params, bits: 512 }]);
    expect(asked("sign", {})).toBe(commands);
    expect(asked("verify", { params })).toBe(commands);
  });

  it("has a place for everything, empty where nothing was seen", () => {
    expect(failureOf(plain, "again")).toMatchObject({
      expected: "already_paid",
      got: "cancelled",
      canonical: null,
      diagnosis: null,
      stderr: "",
      steps: null,
      data: null,
      scene: {},
      outcomes: [],
      during: "cxl-003",
      reproduce: "again",
    });
    const explanation = { verdict: "other_text", summary: "s", mistakes: [], canonical: "c" } as never;
    const full = {
      canonical: { right: "a", other: "b" },
      stderr: "e",
      data: { steps: [1] },
      during: "x",
      outcomes: ["y"],
    };
    expect(failureOf({ ...plain, ...full, explanation }, "")).toMatchObject({
      ...full,
      steps: [1],
      diagnosis: { verdict: "other_text", summary: "s", mistakes: [] },
    });
  });
});
