// node scripts/kill-matrix.mjs: writes docs/reference/kill-matrix.md anew. Needs `pnpm build` first; takes some minutes.
// Without it the test of test/conformance says where the page and the run differ.
import { writeFileSync } from "node:fs";
import { imported } from "./conformance-bundle.mjs";
import { root } from "./steps.mjs";

const { ALL_MUTANTS, atOnce, holdMutant, killOf, matrixPage } = await imported("kill-matrix");
const kills = await atOnce(
  3,
  ALL_MUTANTS.map((mutant) => async () => killOf(mutant, await holdMutant(mutant))),
);
const survivors = kills.filter(({ by }) => by.length === 0).map(({ mutant }) => mutant.id);
writeFileSync(`${root}docs/reference/kill-matrix.md`, matrixPage(kills));
process.stdout.write(
  `${kills.length - survivors.length} of ${kills.length} killed${survivors.length > 0 ? `; alive: ${survivors.join(", ")}` : ""}\n`,
);
process.exitCode = survivors.length === 0 ? 0 : 1;
