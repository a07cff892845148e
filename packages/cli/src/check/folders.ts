import { join } from "node:path";

/** Where failures are kept, below the working directory. */
export const FAILURES = join(".ksherproof", "failures");

/** Where promoted failures go, to be committed. */
export const SCENARIOS = "ksherproof-scenarios";
