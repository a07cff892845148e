import { inProcess, newStageKeys } from "@ksherproof/harness";
import { describe, expect, it } from "vitest";
import { Bench } from "../../packages/harness/src/bench.js";
import type { SequenceStep } from "../../packages/harness/src/checks/sequence-steps.js";
import { play, sequences } from "../../packages/harness/src/checks/sequences.js";
import type { Evidence } from "../../packages/harness/src/evidence.js";
import { Stage } from "../../packages/harness/src/stage.js";
import { operationsOf, patched } from "./client/operations.js";
import { MUTANTS } from "./mutants/all.js";

const keys = newStageKeys();

/** Lets the generator look for a sequence that goes wrong with a mutant, and hands it and the bench on. */
async function story(
  id: string,
  seed: number,
  look: (steps: readonly SequenceStep[], failure: Evidence, bench: Bench) => Promise<void>,
): Promise<void> {
  const mutant = MUTANTS.find((one) => one.id === id);
  if (!mutant) throw new Error(`no mutant ${id}`);
  const stage = await Stage.open(seed, undefined, keys);
  try {
    const client = inProcess(operationsOf(id, () => patched(mutant.patch)));
    const bench = new Bench(client, stage, { seed, runs: 400 });
    await sequences.run(bench);
    const failure = bench.evidences.all.find(({ verdict }) => verdict === "fail");
    expect(failure?.requirement, "the generator found it").toBe(mutant.requirement);
    if (!failure) return;
    await look((failure.data as { readonly steps: readonly SequenceStep[] }).steps, failure, bench);
  } finally {
    await stage.close();
  }
}

const NAMES: readonly (readonly [string, number])[] = [
  ["closed-for-ever", 5],
  ["caches-final-queries", 5],
  ["expired-is-cancelled", 5],
  ["ignores-status", 5],
  ["skips-when-sign-missing", 5],
];

describe("the smallest sequence that breaks a requirement", () => {
  it.each(NAMES)("%s: goes wrong again, and without any one of its steps goes right", async (id, seed) => {
    await story(id, seed, async (steps, _, bench) => {
      expect(await play(bench.aside(), steps), JSON.stringify(steps)).toBe(false);
      for (const without of steps.keys()) {
        const fewer = steps.filter((_, at) => at !== without);
        expect(await play(bench.aside(), fewer), `without step ${without} of ${JSON.stringify(steps)}`).toBe(
          true,
        );
      }
    });
  });

  it("reads as what happened", async () => {
    await story("closed-for-ever", 5, async (steps, failure) => {
      expect(steps.map(({ step }) => step)).toEqual(["saveQr", "cancel", "query", "payByQr", "query"]);
      const told = failure.story.map(({ who, what }) => `${who}: ${what}`);
      expect(told[0]).toBe("merchant: has created order SEQ-1");
      expect(told).toContain("customer: saves the QR code");
      expect(told).toContain("customer: pays with the saved QR code");
      expect(told.at(-2)).toContain("result SUCCESS");
      expect(told.at(-1)).toBe('client: says "closed"');
      expect(failure).toMatchObject({ expected: "paid", got: "closed" });
    });
  });
});
