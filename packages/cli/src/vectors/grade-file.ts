import { UsageError } from "@ksherproof/core";
import { allVectors, ofProfile, type Profile } from "@ksherproof/vectors";
import { type Fault, gradeResult, type Layer } from "./grade.js";
import type { PortResult } from "./result-lines.js";

/** What `vectors check --json` prints (specs/schemas/cli-vectors-check.schema.json). */
export interface GradeReport {
  readonly conforms: boolean;
  readonly profile: Profile;
  readonly vectors: number;
  readonly answered: number;
  readonly passed: number;
  readonly failed: number;
  readonly not_answered: number;
  /** Answers that said nothing that could be graded. */
  readonly empty: readonly string[];
  readonly layers: Readonly<Record<string, { readonly right: number; readonly wrong: number }>>;
  readonly faults: readonly Fault[];
}

const LAYERS: readonly Layer[] = ["refused", "canonical", "digest", "signature", "valid", "outcome"];

/** Grades a port's results; nothing answered is nothing passed. Throws `UsageError` for an id that no vector has. */
export function gradeResults(results: readonly PortResult[], profile: Profile, name: string): GradeReport {
  const every = allVectors();
  const byId = new Map(every.map((vector) => [vector.test.id, vector]));
  const binding = new Set(ofProfile(every, profile));
  const counts = new Map(LAYERS.map((layer) => [layer, { right: 0, wrong: 0 }]));
  const faults: Fault[] = [];
  const empty: string[] = [];
  let answered = 0;
  for (const result of results) {
    const vector = byId.get(result.id);
    if (!vector) {
      throw new UsageError("vector_unknown", `${name}:${result.line}: There is no vector ${result.id}.`, {
        hint: "Ids are permanent: is it of a newer version? `ksherproof vectors export --format jsonl` gives them all.",
      });
    }
    if (!binding.has(vector)) continue;
    answered += 1;
    const { right, fault } = gradeResult(vector, result);
    for (const layer of right) tally(counts, layer).right += 1;
    if (fault) {
      tally(counts, fault.layer).wrong += 1;
      faults.push(fault);
    } else if (right.length === 0) empty.push(result.id);
  }
  const failed = faults.length;
  return {
    conforms: failed === 0 && empty.length === 0 && answered > 0,
    profile,
    vectors: binding.size,
    answered,
    passed: answered - failed - empty.length,
    failed,
    not_answered: binding.size - answered,
    empty,
    layers: Object.fromEntries([...counts].filter(([, { right, wrong }]) => right + wrong > 0)),
    faults,
  };
}

function tally(counts: Map<Layer, { right: number; wrong: number }>, layer: Layer) {
  const known = counts.get(layer) ?? { right: 0, wrong: 0 };
  counts.set(layer, known);
  return known;
}
