import { expect, it } from "vitest";
import { inProcess, runChecks } from "../src/index.js";

it("Ctrl-C, which ends the client too, leaves no failure behind", async () => {
  const interrupt = new AbortController();
  const client = inProcess({
    cancel: () => {
      interrupt.abort();
      throw new Error("ended by SIGINT");
    },
  });
  const report = await runChecks(client, { only: ["CXL"], signal: interrupt.signal });
  expect(report.conforms).toBe(false);
  expect(report.evidence.filter(({ verdict }) => verdict === "fail")).toEqual([]);
  expect(report.notRun).toContain("cxl-001");
});
