import { REQUIREMENTS, type Requirement } from "@ksherproof/spec";

export type { Requirement };

/** A requirement by id. Throws `RangeError` for an id that the specs do not have. */
export function requirementOf(id: string): Requirement {
  const found = REQUIREMENTS[id];
  if (!found) throw new RangeError(`The specs have no requirement ${id}.`);
  return found;
}

/** Every id, in the specs' order. */
export const REQUIREMENT_IDS: readonly string[] = Object.keys(REQUIREMENTS);

/** How much a run asks for; each level takes in the ones before it. */
export type Level = "must" | "should" | "hardening";

/** Whether a requirement belongs to a level. Hardening is ours and is never mixed into the documented verdict. */
export function belongs({ level, basis }: Requirement, asked: Level): boolean {
  if (basis === "hardening") return asked === "hardening" && level !== "may";
  if (level === "must") return true;
  return level === "should" && asked !== "must";
}
