import type { Fault } from "./fault.js";

/** When faults happen: to calls of an endpoint, an order, or both; to the nth of them on, so many times. */
export interface FaultRule {
  /** `/cancel_order`; any endpoint where it is not given. */
  readonly endpoint?: string;
  readonly mch_order_no?: string;
  /** The first call that fits and is hit, from 1; 1 where it is not given. */
  readonly nth?: number;
  /** How many calls in a row are hit; 1 where it is not given, 0 for all from then on. */
  readonly times?: number;
  readonly faults: readonly Fault[];
}

/** Faults by schedule: each call takes those of the rules that it fits. */
export interface FaultSchedule {
  /** Adds rules; they count calls from now on. */
  add(...rules: readonly FaultRule[]): void;
  clear(): void;
  /** The faults of the next call, and counts it. */
  next(call: { readonly endpoint: string; readonly mch_order_no: string | undefined }): readonly Fault[];
  readonly rules: readonly FaultRule[];
}

/** A schedule of faults. */
export function createSchedule(...rules: readonly FaultRule[]): FaultSchedule {
  let entries: { readonly rule: FaultRule; seen: number }[] = [];
  const schedule: FaultSchedule = {
    add(...more) {
      entries.push(...more.map((rule) => ({ rule, seen: 0 })));
    },
    clear() {
      entries = [];
    },
    next({ endpoint, mch_order_no }) {
      const faults: Fault[] = [];
      for (const entry of entries) {
        const { rule } = entry;
        if (rule.endpoint !== undefined && rule.endpoint !== endpoint) continue;
        if (rule.mch_order_no !== undefined && rule.mch_order_no !== mch_order_no) continue;
        entry.seen += 1;
        const first = rule.nth ?? 1;
        const times = rule.times ?? 1;
        if (entry.seen >= first && (times === 0 || entry.seen < first + times)) faults.push(...rule.faults);
      }
      return faults;
    },
    get rules() {
      return entries.map(({ rule }) => rule);
    },
  };
  schedule.add(...rules);
  return schedule;
}
