import { FACT_TEXTS, type Fact } from "../record/fact.js";

/**
 * The facts without those that inputs hold twice because they overlap, as the exports of two days do: of facts that are the
 * same to the millisecond, those of one input, the one that has the most of them. Facts without a time are all kept, and so
 * is what one input has twice: that was sent twice.
 */
export function withoutOverlap(facts: readonly Fact[]): readonly Fact[] {
  const [first] = facts;
  if (facts.every(({ place }) => place.file === first?.place.file)) return facts;
  const alike = new Map<string, Map<string, Fact[]>>();
  const kept: Fact[] = [];
  for (const fact of facts) {
    if (fact.at === null) kept.push(fact);
    else {
      const key = JSON.stringify([fact.at, fact.says, fact.form, ...FACT_TEXTS.map((name) => fact[name])]);
      const files = alike.get(key) ?? new Map<string, Fact[]>();
      alike.set(key, files);
      const held = files.get(fact.place.file) ?? [];
      files.set(fact.place.file, held);
      held.push(fact);
    }
  }
  for (const files of alike.values()) {
    const lists = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
    for (const fact of lists.reduce((a, b) => (b.length > a.length ? b : a))) kept.push(fact);
  }
  return kept;
}
