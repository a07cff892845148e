import type { Counts } from "../../engine/chunk.js";
import type { OrderListener } from "../../order/reduce.js";
import type { Fact, Saying } from "../../record/fact.js";
import type { Finding, FindingKind } from "../../record/finding.js";
import { PlaceSeries, type PlaceSeriesState, TimeSeries, type TimeSeriesState } from "./series.js";

/** Findings of each kind that the page shows, and orders whose life it draws. */
const FINDINGS_OF_A_KIND = 50;
const LIVES_OF_A_KIND = 6;
/** Events of a life that are kept, at most. */
const MOST_EVENTS = 200;

/** What answers come to, in the order in which the chart stacks them. */
export const OUTCOMES = [
  "paid",
  "refunded",
  "open",
  "closed",
  "cancelled",
  "cancel refused",
  "failed",
] as const;

/** How signed answers fared. */
export const VERDICTS = ["valid", "invalid", "missing"] as const;

const OUTCOME_OF: Readonly<Partial<Record<Saying, number>>> = {
  SUCCESS: 0, REFUND: 1, NOTPAY: 2, PENDING: 2, USERPAYING: 2, NOTSURE: 2, PAYERROR: 2, CLOSED: 3, "cancel 0": 4,
  "cancel -5": 4, "cancel -4": 5, "cancel -6": 5, "cancel -1": 6, "cancel -2": 6, "cancel -3": 6, FAIL: 6,
}; // biome-ignore format: a table

const BAD: Readonly<Partial<Record<FindingKind, number>>> = {
  signature_invalid: 1, duplicate_member: 1, key_period: 1, shape: 1, signature_missing: 2,
}; // biome-ignore format: a table

/** An order with findings, and all that the log says of it. */
export interface Life {
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
}

/** What a page gathered from records, as it is kept on disk. */
export interface PageState {
  readonly verdicts: TimeSeriesState;
  readonly places: PlaceSeriesState;
  readonly findings: readonly (readonly [FindingKind, readonly Finding[]])[];
}

/** Gathers what the page shows while the audit runs; memory does not grow with the log. */
export class PageSample {
  readonly outcomes = new TimeSeries(OUTCOMES.length);
  readonly verdicts = new TimeSeries(VERDICTS.length);
  readonly places = new PlaceSeries();
  /** Sums to give back, by currency, in its smallest unit. */
  readonly money = new Map<string, bigint>();
  private readonly findings = new Map<FindingKind, Finding[]>();
  private readonly lives = new Map<FindingKind, Life[]>();

  readonly orders: OrderListener = {
    fact: (says, _, at) => {
      const outcome = OUTCOME_OF[says];
      if (outcome === undefined) return;
      this.outcomes.add(at, outcome);
      if (!says.startsWith("cancel")) this.verdicts.add(at, 0);
    },
    group: (facts, findings) => this.group(facts, findings),
  };

  finding(found: Finding): void {
    const kept = this.findings.get(found.kind) ?? [];
    if (kept.length === 0) this.findings.set(found.kind, kept);
    if (kept.length < FINDINGS_OF_A_KIND) kept.push(found);
    const bad = BAD[found.kind];
    if (bad !== undefined && found.at !== null) this.verdicts.add(Date.parse(found.at), bad);
    if (owed(found)) {
      const currency = found.fee_type || "?";
      this.money.set(currency, (this.money.get(currency) ?? 0n) + amountOf(found));
    }
  }

  get state(): PageState {
    const { verdicts, places } = this;
    return { verdicts: verdicts.state, places: places.state, findings: [...this.findings] };
  }

  /** Goes on from the state of an audit that was stopped before its orders were judged. */
  restore({ verdicts, places, findings }: PageState): void {
    this.verdicts.restore(verdicts);
    this.places.restore(places);
    for (const [kind, list] of findings) this.findings.set(kind, [...list]);
  }

  chunk({ valid, invalid, missing, unreadable }: Counts): void {
    this.places.add([valid, invalid + unreadable, missing]);
  }

  /** The findings that the page lists, kind by kind. */
  listed(): readonly Finding[] {
    return [...this.findings.values()].flat();
  }

  /** The orders whose lives are drawn, each once, those with most money first. */
  drawn(): readonly Life[] {
    const lives = [...new Set([...this.lives.values()].flat())];
    const rank = ({ findings }: Life): number => (findings.some(owed) ? 1 : 0);
    return lives.sort((a, b) => rank(b) - rank(a) || compare(worth(b), worth(a)));
  }

  private group(facts: readonly Fact[], findings: readonly Finding[]): void {
    if (facts[0]?.of !== "order") return;
    const life = { facts: facts.slice(0, MOST_EVENTS), findings };
    for (const { kind } of findings) {
      const kept = [...(this.lives.get(kind) ?? []), life].sort((a, b) => compare(worth(b), worth(a)));
      this.lives.set(kind, kept.slice(0, LIVES_OF_A_KIND));
    }
  }
}

/** Whether a finding is of money that is to be given back, and was not yet. */
function owed({ kind, reason }: Finding): boolean {
  return kind === "paid_reported_cancelled" || (kind === "cancelled_then_paid" && reason !== "refunded");
}

function amountOf({ total_fee }: Finding): bigint {
  return /^\d{1,30}$/.test(total_fee ?? "") ? BigInt(total_fee ?? 0) : 0n;
}

function worth({ findings }: Life): bigint {
  return findings.map(amountOf).sort(compare).at(-1) ?? 0n;
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
