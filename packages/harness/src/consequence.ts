import { canonicalText } from "@ksherproof/core";
import type { Evidence } from "./evidence.js";
import { paramsOf } from "./shared-mistake.js";

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

/** What makes a client take no genuine answer of some kind for good. */
const spoilsTrust = ({ requirement }: Evidence): boolean => /^(SIG-0|QRY-00[148])/.test(requirement);

/** A code beyond 64 bits becomes 0 where any value is cast to an integer (RSP-007). */
const isHuge = ({ exchanges }: Evidence): boolean =>
  exchanges.some(({ faults }) => faults.some((fault) => fault.kind === "code" && fault.as === "huge_number"));

/** A request signed over a wrong text that no known mistake gives, and that nothing else is known of. */
const isUnnamedText = ({ check, explanation, canonical }: Evidence): boolean =>
  (check === "wire" || (check === "sign" && canonical === undefined)) &&
  explanation?.verdict === "other_text" &&
  explanation.mistakes.length === 0;

const leavesOut = ({ explanation }: Evidence): boolean =>
  explanation?.mistakes.some(({ id }) => /_dropped$|^left_out_/.test(id)) === true;

/**
 * Whether a client that leaves pairs out for their names (SIG-001) is seen to keep empty values elsewhere, or leaves out
 * one of the same name here: it is the name that it goes by.
 */
function alsoLeavesOut(root: Evidence, effect: Evidence, all: readonly Evidence[]): boolean {
  if (!root.explanation?.mistakes.every(({ id }) => id.startsWith("left_out_"))) return false;
  const keepsEmpty = all.some(
    ({ requirement, verdict, check }) =>
      requirement === "SIG-005" && verdict === "pass" && check === effect.check,
  );
  const names = new Set(
    root.explanation.mistakes.flatMap(({ id }) => id.slice("left_out_".length).split("_and_")),
  );
  const others = new Map(paramsOf(effect).filter(([name]) => !names.has(name)));
  return keepsEmpty || canonicalText(others) === effect.canonical?.other;
}

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
    case "SIG-005":
      return leavesOut(effect) ? first("SIG-001", (root) => alsoLeavesOut(root, effect, all)) : undefined;
    case "REQ-002":
      // A request that is no POST has no form to be of a type.
      return first("REQ-001", ({ exchanges }) =>
        exchanges.some(
          (exchange) => exchange.request.method !== "POST" && effect.exchanges.includes(exchange),
        ),
      );
    case "REQ-006":
      // The gateway created the order; it is its answer that was not read, or not trusted.
      if (effect.reading?.startsWith("create 0 ") !== true) return undefined;
      return nothingRead(failed, all) ?? [...failed.values()].flat().find(spoilsTrust);
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
    case "WHK-002":
      // What has no signature is not looked at, and has nothing else that is looked for either.
      if (!effect.got?.startsWith("notify: error ")) return undefined;
      return trustsAll ?? first("QRY-002", ({ trusted }) => trusted === "missing");
    case "QRY-002": {
      // Where the same answer is untrusted as long as it says something else, it is the one result that is not verified.
      const elsewhere = all.some((one) => one.requirement === "QRY-002" && one.verdict === "pass");
      if (effect.check !== "sequences" || !elsewhere) return undefined;
      return first("QRY-003", ({ got }) => got === effect.got);
    }
    case "WHK-003":
    case "WHK-004":
      return first("WHK-002", ({ got }) => got === effect.got);
    case "REQ-009":
      return first("REQ-008");
    case "RTY-002":
      return first("REQ-008");
    case "RSP-005":
      // What says cancelled whatever the code is says so of any other code as well.
      if (effect.got === "cancelled") return first("RSP-003", ({ got }) => got === effect.got);
      // What reads no answer whose data is a text reads no refusal that has one either.
      return effect.got === "unknown" ? first("RSP-001", ({ got }) => got === effect.got) : undefined;
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
