import { describe, expect, it } from "vitest";
import { Plan } from "../src/plan.js";

describe("a run is planned by how fast the client is", () => {
  it("a quick client is shown all, by one adapter, and no time is said", () => {
    const plan = new Plan();
    expect([plan.share(0), plan.share(150), plan.aboutMs(150), plan.workers]).toEqual([1, 1, null, 1]);
  });

  it("a slow one is shown the more samples the more adapters there are", () => {
    const shares = [1, 2, 4].map((workers) => new Plan({ workers }).share(1500));
    expect(shares.map((share) => share.toFixed(3))).toEqual(["0.100", "0.154", "0.211"]);
  });

  it("says how long the run may take: not less than the first of each kind takes", () => {
    const about = (meanMs: number, workers: number) => new Plan({ workers }).aboutMs(meanMs) ?? 0;
    expect([about(200, 1), about(1500, 1), about(1500, 2)].map((ms) => Math.round(ms / 1000))).toEqual([
      130, 390, 285,
    ]);
  });

  it("a part of the checks leaves more time for each, and so does a longer budget", () => {
    expect([new Plan({ checks: 3 }).share(1500), new Plan({ checks: 90 }).share(1500)]).toEqual([1, 0.1]);
    const long = new Plan({ budgetMs: 600_000 });
    expect([long.share(1500), long.share(750)]).toEqual([0.5, 1]);
  });
});
