import { runChecks } from "@ksherproof/harness";
import { describe, expect, it } from "vitest";
import { buildOrSkip, LANGUAGES, start } from "./ports.js";

describe.each(LANGUAGES)("the port in %s", (language) => {
  it("conforms at the level must, as a client under test", { timeout: 180_000 }, async (test) => {
    buildOrSkip(language, test);
    const client = await start(language);
    try {
      const report = await runChecks(client, { level: "must", seed: 20_260, runs: 4 });
      const notShown = report.requirements
        .filter(({ verdict }) => verdict !== "pass")
        .map(({ requirement, verdict, why }) => `${requirement.id} ${verdict}: ${why}`);
      expect(notShown).toEqual([]);
      expect(report.notRun).toEqual([]);
      expect(report.conforms).toBe(true);
    } finally {
      await client.close();
    }
  });
});
