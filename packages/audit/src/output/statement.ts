import { fingerprint } from "@ksherproof/core";
import type { KeyRing, RingKey } from "../record/key-ring.js";
import { isoTime } from "../record/time.js";
import type { AuditReport } from "./report.js";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "https://ksherproof.dev/attestation/audit/v1";

/** A key as a statement names it. */
export interface StatedKey {
  readonly of: "gateway" | "merchant";
  readonly name: string;
  readonly bits: number;
  readonly fingerprint_sha256: string;
  readonly from: string | null;
  readonly until: string | null;
  /** Answers that this key verified; null for a merchant's key. */
  readonly records: number | null;
}

/** An in-toto statement about an audit (specs/schemas/audit-statement.schema.json). */
export interface AuditStatement {
  readonly _type: typeof STATEMENT_TYPE;
  /** The inputs, by the SHA-256 of their bytes as they were read. */
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: typeof PREDICATE_TYPE;
  readonly predicate: {
    readonly tool: { readonly name: "ksherproof"; readonly version: string };
    readonly finished_at: string;
    readonly records: AuditReport["records"];
    readonly orders: AuditReport["orders"];
    readonly findings: AuditReport["findings"];
    readonly keys: readonly StatedKey[];
    readonly inputs: AuditReport["inputs"];
  };
}

/** States what an audit found. Every input of the report must carry its digest. */
export function statementOf(
  report: AuditReport,
  ring: KeyRing,
  tool: { readonly version: string; readonly finishedAt: Date },
): AuditStatement {
  const { records, orders, findings, inputs } = report;
  const stated = (of: StatedKey["of"], { name, key, from, until }: RingKey, uses: number | null) => ({
    of,
    name,
    bits: key.bits,
    fingerprint_sha256: fingerprint(key),
    from: isoTime(from),
    until: isoTime(until),
    records: uses,
  });
  return {
    _type: STATEMENT_TYPE,
    subject: inputs.map(({ file, sha256 = "" }) => ({ name: file, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      tool: { name: "ksherproof", version: tool.version },
      finished_at: tool.finishedAt.toISOString(),
      records,
      orders,
      findings,
      keys: [
        ...ring.gateway.map((key, i) => stated("gateway", key, report.keys[i]?.records ?? 0)),
        ...ring.merchant.map((key) => stated("merchant", key, null)),
      ],
      inputs,
    },
  };
}

/** The statement in an opened envelope; null where the payload is not such a statement. */
export function readStatement(payload: string): AuditStatement | null {
  let value: Partial<AuditStatement> | null;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  const right =
    value?._type === STATEMENT_TYPE &&
    value.predicateType === PREDICATE_TYPE &&
    Array.isArray(value.subject) &&
    typeof value.predicate === "object";
  return right ? (value as AuditStatement) : null;
}

/** How the files at hand compare to what a statement is about. */
export interface SubjectCheck {
  readonly name: string;
  /** `same`: there with these bytes; `missing`: no file with this digest; `unknown`: a file that the statement does not name. */
  readonly state: "same" | "missing" | "unknown";
  readonly sha256: string;
}

/** Compares files with a statement's subjects by digest: what a file is called does not matter. */
export function checkSubjects(
  subjects: AuditStatement["subject"],
  files: readonly { readonly name: string; readonly sha256: string }[],
): readonly SubjectCheck[] {
  const there = new Set(files.map(({ sha256 }) => sha256));
  const named = new Set(subjects.map(({ digest }) => digest.sha256));
  return [
    ...subjects.map(({ name, digest: { sha256 } }) => ({
      name,
      state: there.has(sha256) ? ("same" as const) : ("missing" as const),
      sha256,
    })),
    ...files
      .filter(({ sha256 }) => !named.has(sha256))
      .map(({ name, sha256 }) => ({ name, state: "unknown" as const, sha256 })),
  ];
}
