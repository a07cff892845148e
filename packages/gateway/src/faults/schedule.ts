import type { CertificateFlaw } from "../authority.js";
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
  /** The certificate of the next TLS connection: rules with a `tls` fault count connections, not calls. */
  nextConnection(): CertificateFlaw | undefined;
  readonly rules: readonly FaultRule[];
}

/** A schedule of faults. */
export function createSchedule(...rules: readonly FaultRule[]): FaultSchedule {
  let entries: { readonly rule: FaultRule; seen: number; connections: number }[] = [];
  const schedule: FaultSchedule = {
    add(...more) {
      entries.push(...more.map((rule) => ({ rule, seen: 0, connections: 0 })));
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
        if (isHit(rule, entry.seen)) faults.push(...rule.faults);
      }
      return faults;
    },
    nextConnection() {
      let flaw: CertificateFlaw | undefined;
      for (const entry of entries) {
        const fault = entry.rule.faults.find((one) => one.kind === "tls");
        if (!fault) continue;
        entry.connections += 1;
        if (isHit(entry.rule, entry.connections)) flaw = fault.certificate;
      }
      return flaw;
    },
    get rules() {
      return entries.map(({ rule }) => rule);
    },
  };
  schedule.add(...rules);
  return schedule;
}

function isHit(rule: FaultRule, count: number): boolean {
  const first = rule.nth ?? 1;
  const times = rule.times ?? 1;
  return count >= first && (times === 0 || count < first + times);
}
