import type { Fact, Finding, Judgement, RecordVerdict } from "@ksherproof/audit/browser";
import type { Day } from "./log.js";

/** Counts, findings and facts of a log, as its records come. */
export class Tally {
  readonly counts: Record<RecordVerdict | "total", number> = {
    total: 0,
    valid: 0,
    invalid: 0,
    missing: 0,
    unsigned: 0,
    unreadable: 0,
  };
  readonly findings: Finding[] = [];
  readonly results = new Map<string, number>();
  private readonly facts = new Map<string, Fact[]>();
  private readonly byDay = new Map<string, { valid: number; bad: number; other: number }>();

  get total(): number {
    return this.counts.total;
  }

  add({ verdict, findings, facts }: Judgement): void {
    this.counts.total += 1;
    this.counts[verdict] += 1;
    this.findings.push(...findings);
    for (const fact of facts) {
      const key = JSON.stringify([fact.of, fact.appid, fact.id]);
      const group = this.facts.get(key);
      if (group) group.push(fact);
      else this.facts.set(key, [fact]);
    }
    const [about] = facts.filter(({ of }) => of === "order");
    if (!about) return;
    if (about.says !== "nothing") this.results.set(about.says, (this.results.get(about.says) ?? 0) + 1);
    this.count(about, verdict);
  }

  /** Facts by what they are about: an order, or a nonce. */
  groups(): readonly (readonly Fact[])[] {
    return [...this.facts.values()];
  }

  days(): readonly Day[] {
    return [...this.byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts }));
  }

  private count({ at, time_end }: Fact, verdict: RecordVerdict): void {
    const day = at === null ? time_end.slice(0, 10) : new Date(at).toISOString().slice(0, 10);
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) return;
    const counts = this.byDay.get(day) ?? { valid: 0, bad: 0, other: 0 };
    counts[verdict === "valid" ? "valid" : verdict === "unsigned" ? "other" : "bad"] += 1;
    this.byDay.set(day, counts);
  }
}
