import { describe, expect, it } from "vitest";
import { Bench, Shared } from "../src/bench.js";
import type { ClientUnderTest } from "../src/index.js";
import { Plan, type PlanOptions } from "../src/plan.js";
import { Stage } from "../src/stage.js";
import { newStageKeys } from "../src/stage-keys.js";

const keys = newStageKeys();

/** A bench with a client that takes so many milliseconds a call; what it answers is not asked here. */
async function benchOf(
  meansMs: readonly number[],
  plan: PlanOptions = {},
): Promise<{ bench: Bench; shared: Shared }> {
  const means = [...meansMs];
  const hello = { name: "x", ops: [], concurrent: true, tls: false };
  const client = { hello, meanMs: () => (means.length > 1 ? means.shift() : means[0]) };
  const stage = await Stage.open(1, undefined, keys);
  await stage.close();
  const shared = new Shared(new Plan(plan));
  return {
    bench: new Bench(client as unknown as ClientUnderTest, stage, { seed: 1, runs: 1, shared }),
    shared,
  };
}

const HUNDRED = Array.from({ length: 100 }, (_, i) => i);

describe("what a client is shown depends on how fast it is", () => {
  it("a client whose run is over in time is shown everything", async () => {
    const { bench, shared } = await benchOf([150]);
    expect([...bench.thin(HUNDRED)]).toEqual(HUNDRED);
    expect(shared.samples).toEqual({ shown: 100, spared: 0 });
  });

  it("a slow one is shown its share, spread over all, and the first of each kind", async () => {
    const { bench, shared } = await benchOf([1600]);
    expect([...bench.thin(HUNDRED)]).toEqual([0, 21, 31, 42, 53, 63, 74, 85, 95]);
    expect(shared.samples).toEqual({ shown: 9, spared: 91 });
    expect([...bench.thin(["a", "a", "b", "a", "b", "c"], (kind) => kind)]).toEqual(["a", "b", "c"]);
    expect([...bench.thin([1, 2])]).toEqual([1]);
  });

  it("a client that turns out to be slow is spared from then on", async () => {
    const { bench } = await benchOf([...Array.from({ length: 50 }, () => 0), 200_000]);
    expect([...bench.thin(HUNDRED)]).toEqual(HUNDRED.slice(0, 50));
  });
});
