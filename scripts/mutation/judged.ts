// What the judgement of a run is measured by (`pnpm mutate --clients judged`): everything that the checks show of some wrong
// clients and of a correct one is gathered once, before anything is changed, and judged again for each mutant.
import { CHECKS, inProcess, judge, ofTheFirst, REQUIREMENT_IDS } from "@ksherproof/harness";
import { Bench, Shared } from "../../packages/harness/src/bench.js";
import { causes } from "../../packages/harness/src/cause.js";
import { type Evidence, WorkersEvidences } from "../../packages/harness/src/evidence.js";
import { Stage } from "../../packages/harness/src/stage.js";
import { atOnce } from "../../test/conformance/hold.js";
import { MUTANTS } from "../../test/conformance/mutants/all.js";
import { STYLES } from "../../test/conformance/styles.js";
import { type ClientCase, LEFT_OUT, must, shownBy, vectorKeys, wrong } from "./clients.js";

/** These wait for time-outs, or take long: what they show is not among what is judged. */
const SPARED = ["timeouts", "retrying", "sequences"];
const RAN = CHECKS.filter(({ id }) => !SPARED.includes(id));
/** So many times it is kept that a check shows a requirement to hold. */
const MOST = 5;
/** Requirements that none of these checks shows. */
const UNSHOWN = ["RSP-008", "RTY-001", "RTY-002", "CXL-005"];

const seenBy = (id: string): number => shownBy.get(id)?.length ?? 0;
/** For every other requirement the wrong client that most checks see: most of what they show is an effect. */
const chosen = [...new Set(MUTANTS.map(({ requirement }) => requirement))]
  .filter((id, i) => !UNSHOWN.includes(id) && i % 2 === 0)
  .flatMap((id) =>
    MUTANTS.filter((one) => one.requirement === id && !LEFT_OUT.includes(one.id))
      .sort((a, b) => seenBy(b.id) - seenBy(a.id))
      .slice(0, 1),
  );

/** All that is shown, before it is known what is a cause and what its effect. */
async function gather(
  client: Parameters<typeof inProcess>[0],
  output = () => "",
): Promise<readonly Evidence[]> {
  const stage = await Stage.open(7, undefined, vectorKeys());
  try {
    const shared = new Shared();
    const evidences = new WorkersEvidences(shared.evidences);
    const bench = new Bench({ ...inProcess(client), output }, stage, { seed: 7, runs: 1, shared, evidences });
    for (const check of RAN) {
      evidences.during = check.id;
      await check.run(bench);
    }
    return fewer(shared.evidences.all);
  } finally {
    await stage.close();
  }
}

/** Of what holds, which is thousands of times the same, only some. */
function fewer(all: readonly Evidence[]): readonly Evidence[] {
  const counts = new Map<string, number>();
  return all.filter(({ verdict, requirement, check, during }) => {
    const kind = [verdict, requirement, check, during].join();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return verdict !== "pass" || (counts.get(kind) ?? 0) <= MOST;
  });
}

const CLIENT = {
  ops: ["canonicalize", "sign", "verify", "create", "cancel", "query", "notify"],
  tls: true,
  ran: new Set(RAN.map(({ id }) => id)),
};

/** What a run would say: what failed, and what waits for what. */
function judged(evidence: readonly Evidence[]) {
  const found = causes(evidence);
  const all = REQUIREMENT_IDS.map((id) => judge(id, found, CLIENT)).map((one, _, every) =>
    ofTheFirst(one, every),
  );
  const failed = all.filter(({ verdict }) => verdict === "fail");
  const waiting = all.filter(({ verdict, cause }) => verdict === "not_exercised" && cause !== null);
  return {
    failed: failed.map(({ requirement }) => requirement.id),
    waitsFor: [...new Set(waiting.map(({ cause }) => cause))],
  };
}

/** Gathers what is shown, and gives a case for each client: one bug reads as one bug, and what waits, waits for it. */
export async function judgedCases(): Promise<readonly ClientCase[]> {
  const shown = await gather(STYLES[0]?.client() ?? {});
  const correct = async () => must(judged(shown), { failed: [], waitsFor: [] });
  const made = chosen.map((mutant) => async (): Promise<readonly ClientCase[]> => {
    const { object, output } = wrong(mutant);
    const evidence = await gather(object, output);
    const { failed, waitsFor } = judged(evidence);
    const expected = { failed: [mutant.requirement], waitsFor };
    // On a machine that stands still for seconds a time-out may look like a fault.
    if (failed.join() !== mutant.requirement) return [];
    return [{ name: `judged: ${mutant.id}`, run: async () => must(judged(evidence), expected) }];
  });
  return [{ name: "judged: plain", run: correct }, ...(await atOnce(12, made)).flat()];
}
