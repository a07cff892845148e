import { fingerprint } from "@ksherproof/core";
import type { AuditedInput } from "../audit-options.js";
import type { Counts } from "../engine/chunk.js";
import { FINDING_KINDS, type Finding, type FindingKind, finding } from "../record/finding.js";
import type { KeyRing } from "../record/key-ring.js";

/** What `audit --json` prints (specs/schemas/audit-report.schema.json). */
export interface AuditReport {
  readonly records: Counts;
  /** Null where the orders were not judged. */
  readonly orders: { readonly total: number; readonly with_findings: number } | null;
  /** Findings by kind; kinds without any are left out. */
  readonly findings: Readonly<Partial<Record<FindingKind, number>>>;
  readonly keys: readonly {
    readonly name: string;
    readonly bits: number;
    readonly fingerprint_sha256: string;
    readonly records: number;
    readonly weak: boolean;
  }[];
  readonly inputs: readonly {
    readonly file: string;
    readonly format: string;
    readonly compression: string;
    readonly bytes: number;
    readonly records: number;
    /** Of the bytes as they are on disk, in hex; where it was asked for. */
    readonly sha256?: string;
  }[];
}

/** A tally as it is kept on disk. */
export interface TallyState {
  readonly counts: readonly (readonly [FindingKind, number])[];
  readonly kept: readonly (readonly [FindingKind, readonly Finding[]])[];
}

/** Counts findings, and keeps the first ones of each kind; memory does not grow with their number. */
export class FindingTally {
  readonly counts: Map<FindingKind, number>;
  private readonly kept: Map<FindingKind, Finding[]>;
  private ordersWithFindings = 0;
  private lastOrder = "";
  private readonly keep: number;

  /** `state`: of an audit that was stopped before its orders were judged. */
  constructor(state: TallyState | null = null, keep = 10) {
    this.keep = keep;
    this.counts = new Map(state?.counts);
    this.kept = new Map(state?.kept.map(([kind, list]) => [kind, [...list]]));
  }

  get state(): TallyState {
    return { counts: [...this.counts], kept: [...this.kept] };
  }

  add(found: Finding): void {
    this.counts.set(found.kind, (this.counts.get(found.kind) ?? 0) + 1);
    if (found.evidence.length > 0 && found.kind !== "nonce_reused") this.order(found);
    const kept = this.kept.get(found.kind);
    if (!kept) this.kept.set(found.kind, [found]);
    else if (kept.length < this.keep) kept.push(found);
  }

  /** One finding of each kind, the worst kinds first; where there is room, a second one of each, and so on. */
  get worst(): readonly Finding[] {
    const kinds = [...this.kept.values()].sort(([a], [b]) => (a && b ? weight(b) - weight(a) : 0));
    const rounds = Array.from({ length: this.keep }, (_, i) => kinds.flatMap((list) => list.slice(i, i + 1)));
    return rounds.flat().slice(0, this.keep);
  }

  /** Findings of one order come one after the other. */
  private order({ appid, mch_order_no }: Finding): void {
    const order = `${appid}\u0000${mch_order_no}`;
    if (order !== this.lastOrder) this.ordersWithFindings += 1;
    this.lastOrder = order;
  }

  get orders(): number {
    return this.ordersWithFindings;
  }
}

/** Money first, then by level. */
function weight({ kind, level }: Finding): number {
  const money = kind === "cancelled_then_paid" || kind === "paid_reported_cancelled" ? 10 : 0;
  return money + (level === "error" ? 2 : level === "warning" ? 1 : 0);
}

/** A key of the report. */
export type ReportKey = AuditReport["keys"][number];

/** The gateway keys of a ring with the records that each verified. */
export function reportKeys(ring: KeyRing, uses: readonly number[]): readonly ReportKey[] {
  return ring.gateway.map(({ name, key }, i) => ({
    name,
    bits: key.bits,
    fingerprint_sha256: fingerprint(key),
    records: uses[i] ?? 0,
    weak: key.bits < 2048,
  }));
}

/** One finding for each key under 2048 bits that verified records (SEC-006). */
export function weakKeyFindings(keys: readonly ReportKey[]): readonly Finding[] {
  return keys
    .filter(({ weak, records }) => weak && records > 0)
    .map(({ name, bits, records }) => {
      const detail = `${records === 1 ? "1 record is" : `${records} records are`} signed with ${name}, a key of ${bits} bits: weak proof of who signed them.`;
      return finding("weak_key", { reason: `bits_${bits}`, detail });
    });
}

/** What a report is made of, beside its findings. */
export interface ReportParts {
  readonly records: Counts;
  readonly orders: number | null;
  readonly keys: readonly ReportKey[];
  readonly inputs: readonly AuditedInput[];
}

/** The report of an audit. */
export function reportOf(parts: ReportParts, tally: FindingTally): AuditReport {
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[];
  const { records, orders, keys, inputs } = parts;
  return {
    records: { ...records },
    orders: orders === null ? null : { total: orders, with_findings: tally.orders },
    findings: Object.fromEntries(
      kinds.flatMap((kind) => (tally.counts.has(kind) ? [[kind, tally.counts.get(kind)]] : [])),
    ),
    keys,
    inputs: inputs.map(({ file, format, compression, bytes, records: count, sha256 }) => ({
      file,
      format,
      compression,
      bytes,
      records: count,
      ...(sha256 === null ? {} : { sha256 }),
    })),
  };
}
