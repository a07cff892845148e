import { describe, expect, it } from "vitest";
import { type ChildEnd, toldOutcome } from "../../src/index.js";

const end = (stdout: string, code = 0): ChildEnd => ({
  code,
  signal: null,
  timedOut: false,
  elapsedMs: 1,
  stdout,
  stderr: "",
});

describe("what a client told its caller", () => {
  it.each([
    ["cancel", "cancelled\n", { outcome: "cancelled", by: "word" }],
    ["cancel", "log line\nresult: Already_Cancelled.", { outcome: "already_cancelled", by: "word" }],
    ["query", '{"outcome":"closed","raw":{"code":0}}', { outcome: "closed", by: "word" }],
    ["cancel", 'sending\n{"code":-4,"msg":"x"}\n', { outcome: "already_paid", by: "answer" }],
    ["cancel", '{"code":99}', { outcome: "unknown", by: "answer" }],
    ["query", '{"code":0,"data":{"result":"SUCCESS"}}', { outcome: "paid", by: "answer" }],
    ["query", '{"code":-3}', { outcome: "not_found", by: "answer" }],
    ["query", "the order is paid or closed", null],
    ["cancel", "uncancelled", null],
    ["cancel", "closed", null],
    ["cancel", "", null],
  ] as const)("%s: %j is read as %j", (op, stdout, told) => {
    expect(toldOutcome(op, end(stdout), [])).toEqual(told);
  });

  it("a table decides before anything else, for the outcomes of the operation only", () => {
    const table = [
      ["closed", { exit: [0] }],
      ["already_paid", { exit: [4] }],
      ["cancelled", { exit: [0], stdout: { contains: ["done"] } }],
    ] as const;
    expect(toldOutcome("cancel", end("failed", 4), table)).toEqual({ outcome: "already_paid", by: "table" });
    expect(toldOutcome("cancel", end("done: failed"), table)).toEqual({ outcome: "cancelled", by: "table" });
  });

  it("a process that failed without a word told its caller not to believe anything", () => {
    expect(toldOutcome("query", end("", 1), [])).toEqual({ outcome: "unknown", by: "failure" });
  });
});
