import type { Evidence } from "./evidence.js";

/** The checks that say what each answer means; what is misread there is misread everywhere. */
export const MEANINGS: ReadonlySet<string> = new Set(["codes", "results"]);

/** The failure of a client that makes nothing of any answer, the plainest of each kind among them: it reads none. */
function nothingRead(
  failed: ReadonlyMap<string, readonly Evidence[]>,
  all: readonly Evidence[],
): Evidence | undefined {
  const read = all.some(
    ({ check, verdict, got }) => MEANINGS.has(check) && verdict === "pass" && got !== "unknown",
  );
  return read ? undefined : failed.get("RSP-001")?.find(({ check }) => MEANINGS.has(check));
}

/** Whether two answers of a client are the same: the same word, or an error each, whatever its message says. */
function alike(one: string | undefined, other: string | undefined): boolean {
  const error = /^\w+: error /;
  return (
    one !== undefined && other !== undefined && (one === other || (error.test(one) && error.test(other)))
  );
}

/** A code beyond 64 bits becomes 0 where any value is cast to an integer (RSP-007). */
const isHuge = ({ exchanges }: Evidence): boolean =>
  exchanges.some(({ faults }) => faults.some((fault) => fault.kind === "code" && fault.as === "huge_number"));

/** A request signed over a wrong text that no known mistake gives, and that nothing else is known of. */
const isUnnamedText = ({ check, explanation, canonical }: Evidence): boolean =>
  (check === "wire" || (check === "sign" && canonical === undefined)) &&
  explanation?.verdict === "other_text" &&
  explanation.mistakes.length === 0;

/** The same mistake as `canonicalize` or `sign` has shown it already, over fewer params. */
function textWithoutNetwork(failed: ReadonlyMap<string, readonly Evidence[]>): Evidence | undefined {
  return [...failed.values()]
    .flat()
    .find(({ check, explanation }) => isStatic(check) && explanation?.verdict === "other_text");
}

const isStatic = (check: string): boolean => check === "canonicalize" || check === "sign";

/** What follows from another failure by what the requirements say. */
export function consequence(
  effect: Evidence,
  failed: ReadonlyMap<string, readonly Evidence[]>,
  all: readonly Evidence[],
): Evidence | undefined {
  const first = (id: string, holds: (root: Evidence) => boolean = () => true): Evidence | undefined =>
    failed.get(id)?.find(holds);
  const trustsAll = first("QRY-002", ({ trusted }) => trusted === "zeros" || trusted === "other_key");
  if (isUnnamedText(effect)) return textWithoutNetwork(failed);
  switch (effect.requirement) {
    case "REQ-002":
      // A request that is no POST has no form to be of a type.
      return first("REQ-001", ({ exchanges }) =>
        exchanges.some(
          (exchange) => exchange.request.method !== "POST" && effect.exchanges.includes(exchange),
        ),
      );
    case "REQ-006":
      // The gateway created the order; it is its answer that was not read.
      return effect.reading?.startsWith("create 0 ") === true ? nothingRead(failed, all) : undefined;
    case "RSP-002":
    case "QRY-005":
      return nothingRead(failed, all);
    case "QRY-003": {
      // Where most changes go unnoticed, it is the signature that is not looked at.
      const count = (wanted: Evidence["verdict"]): number =>
        all.filter(
          ({ requirement, verdict, check }) =>
            requirement === "QRY-003" && verdict === wanted && check === effect.check,
        ).length;
      const takesNone = trustsAll ?? first("QRY-002", ({ trusted }) => trusted === "missing");
      return takesNone ?? (count("pass") > count("fail") ? undefined : first("QRY-002"));
    }
    case "QRY-001":
    case "QRY-008":
    case "QRY-009":
    case "SEC-005":
      return effect.trusted === undefined ? undefined : trustsAll;
    case "WHK-001":
      if (effect.trusted === undefined) return undefined;
      return (
        trustsAll ??
        first("QRY-002", ({ trusted }) => trusted === effect.trusted) ??
        (effect.trusted === "merchant_key" ? first("QRY-008") : undefined)
      );
    case "WHK-003":
    case "WHK-004":
      return first("WHK-002", ({ got }) => got === effect.got);
    case "REQ-009":
      return first("REQ-008");
    case "RTY-002":
      return first("REQ-008");
    case "RSP-003":
    case "RSP-006":
    case "RSP-007": {
      // One word for all that is no answer is one bug, and a broken connection is the plainest of it.
      const lost = first("RSP-009", ({ got }) => alike(got, effect.got));
      return lost ?? (isHuge(effect) ? first("RSP-007", ({ got }) => got === effect.got) : undefined);
    }
    case "RSP-008":
      return first("RSP-009", ({ got }) => got === effect.got);
    default:
      return undefined;
  }
}
