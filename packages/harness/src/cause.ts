import { CHECKS } from "./checks/all.js";
import type { Evidence } from "./evidence.js";

/** Groups in the order in which they rest on each other: a request that is wrong spoils all that follows. */
const ORDER = ["SIG", "REQ", "QRY", "RSP", "RTY", "WHK", "CXL", "SEC"];

/**
 * Finds failures that another failure explains. They point to it, and do not count as failures of their own: a client
 * with one bug then reads as one bug.
 */
export function causes(evidence: readonly Evidence[]): readonly Evidence[] {
  const all = withoutWorthless(evidence);
  const fails = all.filter(({ verdict }) => verdict === "fail");
  if (fails.length < 2) return all;
  const failed = new Map<string, Evidence[]>();
  for (const one of fails) failed.set(one.requirement, [...(failed.get(one.requirement) ?? []), one]);
  const readings = rootReadings(fails);
  return all.map((one) => {
    if (one.verdict !== "fail") return one;
    const cause =
      sameSignatureMistake(one, fails) ??
      refusedRequest(one, fails) ??
      readings
        .get(one.reading ?? "")
        ?.find((root) => root.requirement !== one.requirement && before(root, one)) ??
      (one.rests ?? [])
        .flatMap((id) => failed.get(id) ?? [])
        .find((root) => root.requirement !== one.requirement) ??
      consequence(one, failed, all);
    return cause ? { ...one, verdict: "caused" as const, cause: cause.requirement } : one;
  });
}

/**
 * Leaves out what is worth nothing: a client that takes any signature for good shows nothing by taking a genuine one, in
 * answers as in webhooks.
 */
function withoutWorthless(all: readonly Evidence[]): readonly Evidence[] {
  const takesAny = (requirement: string): boolean =>
    all.some(
      (one) =>
        one.requirement === requirement &&
        one.verdict === "fail" &&
        (one.trusted === "zeros" || one.trusted === "other_key"),
    );
  const worthless = new Set([
    ...(takesAny("QRY-002") ? ["verify-genuine", "trust"] : []),
    ...(takesAny("WHK-001") ? ["webhooks"] : []),
  ]);
  return all.filter(({ verdict, check }) => verdict !== "pass" || !worthless.has(check));
}

/** One signature mistake shows under canonicalize, sign, verify and on the wire: the doctor names the same one. */
function sameSignatureMistake(effect: Evidence, fails: readonly Evidence[]): Evidence | undefined {
  const same = effect.explanation?.mistakes[0]?.requirement;
  if (same === undefined || effect.requirement === same) return undefined;
  return fails.find(
    (root) => root.requirement === same && root.explanation?.mistakes[0]?.requirement === same,
  );
}

/** An exchange that was refused for its signature or form: what followed from the refusal is its effect. */
function refusedRequest(effect: Evidence, fails: readonly Evidence[]): Evidence | undefined {
  if (effect.check === "wire") return undefined;
  const refused = effect.exchanges.filter(({ refusal }) => refusal !== null);
  if (refused.length === 0) return undefined;
  return fails.find(
    (root) =>
      root.check === "wire" &&
      root.requirement !== effect.requirement &&
      ORDER.indexOf(root.requirement.slice(0, 3)) <= ORDER.indexOf(effect.requirement.slice(0, 3)) &&
      root.exchanges.some((exchange) => refused.includes(exchange)),
  );
}

/** The requirements that say what each answer means; what is misread there is misread everywhere. */
const MEANINGS: ReadonlySet<string> = new Set(["codes", "results"]);

/** How basic a failure is: the meaning of the answer itself, then plain answers, then those with a fault; earlier checks first. */
function rank({ check, exchanges }: Evidence): number {
  const at = CHECKS.findIndex(({ id }) => id === check);
  if (MEANINGS.has(check)) return at;
  return at + (exchanges.some(({ faults }) => faults.length > 0) ? 2000 : 1000);
}

const before = (root: Evidence, effect: Evidence): boolean => rank(root) < rank(effect);

/** The failures with each misreading, the most basic first. */
function rootReadings(fails: readonly Evidence[]): ReadonlyMap<string, readonly Evidence[]> {
  const found = new Map<string, Evidence[]>();
  for (const one of fails)
    if (one.reading !== undefined) found.set(one.reading, [...(found.get(one.reading) ?? []), one]);
  for (const [reading, list] of found) found.set(reading, list.sort((a, b) => rank(a) - rank(b)).slice(0, 1));
  return found;
}

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

/** What follows from another failure by what the requirements say. */
function consequence(
  effect: Evidence,
  failed: ReadonlyMap<string, readonly Evidence[]>,
  all: readonly Evidence[],
): Evidence | undefined {
  const first = (id: string, holds: (root: Evidence) => boolean = () => true): Evidence | undefined =>
    failed.get(id)?.find(holds);
  const trustsAll = first("QRY-002", ({ trusted }) => trusted === "zeros" || trusted === "other_key");
  switch (effect.requirement) {
    case "REQ-006":
      // The gateway created the order; it is its answer that was not read.
      return effect.reading?.startsWith("create 0 ") === true ? nothingRead(failed, all) : undefined;
    case "RSP-002":
    case "QRY-005":
      return nothingRead(failed, all);
    case "QRY-003": {
      // Where most changes go unnoticed, it is the signature that is not looked at.
      const count = (wanted: Evidence["verdict"]): number =>
        all.filter(({ requirement, verdict }) => requirement === "QRY-003" && verdict === wanted).length;
      return count("pass") > count("fail") ? undefined : first("QRY-002");
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
