import { Bench } from "./bench.js";
import type { FailureBundle } from "./bundle.js";
import { CHECKS } from "./checks/all.js";
import type { Check } from "./checks/check.js";
import { isPlayable, playOn } from "./replay.js";

/**
 * A promoted failure as a check of its own: it plays the failure's commands; where they hold keys of their run, it runs
 * the check that had found it, at the seed at which it had.
 */
export function checkOf(bundle: FailureBundle): Check {
  const { id, requirement, failure, seed, runs } = bundle;
  return {
    id: `scenario-${id}`,
    title: `scenario ${id}: ${failure.detail}`,
    requirements: [requirement.id],
    needs: [],
    supplements: true,
    async run({ client, stage, shared, evidences }) {
      const bench = new Bench(client, stage, { seed, runs, shared, evidences });
      if (isPlayable(bundle)) await playOn(bench, bundle);
      else await CHECKS.find((check) => check.id === failure.during)?.run(bench);
    },
  };
}
