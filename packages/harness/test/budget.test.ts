import { expect, it } from "vitest";
import { inProcess, runChecks } from "../src/index.js";

it("a check in whose course the time ran out is not taken for shown", async () => {
  const asked: string[] = [];
  const late = async (op: string): Promise<Record<string, never>> => {
    asked.push(op);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return {};
  };
  const client = inProcess({ canonicalize: () => late("canonicalize"), sign: () => late("sign") });
  const report = await runChecks(client, { only: ["SIG-002"], timeBudgetMs: 1000 });
  expect(asked).toEqual(["canonicalize"]);
  expect(report.notRun.slice(0, 2)).toEqual(["canonicalize", "sign"]);
  expect(report.conforms).toBe(false);
});
