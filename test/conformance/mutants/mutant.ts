import type { Patch } from "../client/operations.js";

/** A client with one fault: what it does wrong, and the requirement that a run must name. */
export interface Mutant {
  readonly id: string;
  readonly requirement: string;
  /** What it does, in one clause. */
  readonly says: string;
  readonly patch: Patch;
}

/** The operations of write-an-adapter.md. */
export type OpName = "canonicalize" | "sign" | "verify" | "create" | "cancel" | "query" | "notify";

/** One row of the catalogue. */
export function mutant(id: string, requirement: string, says: string, patch: Patch): Mutant {
  return { id, requirement, says, patch };
}
