import type { FoundVector } from "@ksherproof/vectors";

/** What `vectors stats --json` prints (specs/schemas/cli-vectors-stats.schema.json). */
export interface VectorStats {
  readonly vectors: number;
  readonly files: Readonly<Record<string, number>>;
  readonly results: Readonly<Record<string, number>>;
  readonly profiles: Readonly<Record<string, number>>;
  readonly requirements: Readonly<Record<string, number>>;
  readonly flags: Readonly<Record<string, number>>;
}

/** Counts vectors by everything that they carry. */
export function statsOf(vectors: readonly FoundVector[]): VectorStats {
  const count = (namesOf: (vector: FoundVector) => readonly string[]): Readonly<Record<string, number>> => {
    const counts = new Map<string, number>();
    for (const name of vectors.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return {
    vectors: vectors.length,
    files: count(({ file }) => [file]),
    results: count((vector) => [vector.file === "outcome" ? vector.test.outcome : vector.test.result]),
    profiles: count(({ test }) => [test.profile]),
    requirements: count(({ test }) => test.requirements),
    flags: count(({ test }) => test.flags),
  };
}
