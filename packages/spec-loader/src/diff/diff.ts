import type { Specs } from "../model.js";
import type { Change } from "./change.js";
import { schemaChanges } from "./schemas.js";
import { codeChanges, outcomeChanges, protocolChanges, requirementChanges, stateChanges } from "./tables.js";

/** What changed between two revisions of the specs, and whom each change breaks. */
export function diffSpecs(old: Specs, now: Specs): readonly Change[] {
  return [
    requirementChanges,
    codeChanges,
    stateChanges,
    outcomeChanges,
    protocolChanges,
    schemaChanges,
  ].flatMap((changes) => changes(old, now));
}
