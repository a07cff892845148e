// What scripts/kill-matrix.mjs needs, in one file.
export { atOnce } from "./hold.js";
export { ALL_MUTANTS, holdMutant, killOf, matrixPage } from "./matrix.js";
