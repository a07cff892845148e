import { CHECKS } from "./checks/all.js";
import { consequence, MEANINGS } from "./consequence.js";
import type { Evidence } from "./evidence.js";
import { requirementOf } from "./requirements.js";
import { sharedMistakes } from "./shared-mistake.js";

/** Groups in the order in which they rest on each other: a request that is wrong spoils all that follows. */
const ORDER = ["SIG", "REQ", "QRY", "RSP", "RTY", "WHK", "CXL", "SEC"];

/**
 * Finds failures that another failure explains. They point to it, and do not count as failures of their own: a client
 * with one bug then reads as one bug.
 */
export function causes(evidence: readonly Evidence[]): readonly Evidence[] {
  return toTheFirst(explained(withoutWorthless(evidence)));
}

function explained(all: readonly Evidence[]): readonly Evidence[] {
  const fails = all.filter(({ verdict }) => verdict === "fail");
  if (fails.length < 2) return all;
  const failed = new Map<string, Evidence[]>();
  for (const one of fails) failed.set(one.requirement, [...(failed.get(one.requirement) ?? []), one]);
  const readings = firstOfEach(fails, ({ reading }) => reading);
  // An error that a must shows is laid to no should, whose sample is odder than what the must is about.
  const musts = fails.filter(({ requirement }) => requirementOf(requirement).level === "must");
  const errors = new Map([...firstOfEach(fails, errorOf), ...firstOfEach(musts, errorOf)]);
  const shared = sharedMistakes(fails);
  const found = new Map<Evidence, Evidence>();
  for (const one of fails) {
    const cause =
      shared.get(one) ??
      sameSignatureMistake(one, fails) ??
      refusedRequest(one, fails) ??
      earlier(one, readings.get(one.reading ?? "")) ??
      earlier(one, errors.get(errorOf(one) ?? "")) ??
      (one.rests ?? [])
        .flatMap((id) => failed.get(id) ?? [])
        .find((root) => root.requirement !== one.requirement) ??
      consequence(one, failed, all) ??
      notLater(one, errors.get(errorOf(one) ?? ""));
    if (cause) found.set(one, cause);
  }
  return all.map((one) => {
    const root = rootOf(one, found);
    if (root.requirement === one.requirement) return one;
    return { ...one, verdict: "caused" as const, cause: root.requirement };
  });
}

/**
 * What waits for a requirement that itself waits for another waits for that other one. Where all wait and nothing failed,
 * the most basic of them stands as the failure: a run that does not conform says why.
 */
function toTheFirst(all: readonly Evidence[]): readonly Evidence[] {
  const failed = new Set(all.flatMap((one) => (one.verdict === "fail" ? [one.requirement] : [])));
  const waits = new Map<string, string>();
  const waiting = all.filter(({ verdict, cause }) => verdict === "caused" && cause !== undefined);
  for (const { requirement, cause = "" } of waiting)
    if (!failed.has(requirement)) waits.set(requirement, cause);
  if (failed.size === 0 && waiting.length > 0) {
    const basic = waiting.reduce((first, next) => (before(next, first) ? next : first));
    const { cause: _, ...stands } = basic;
    return toTheFirst(all.map((one) => (one === basic ? { ...stands, verdict: "fail" } : one)));
  }
  const firstOf = (id: string): string => {
    const seen = new Set([id]);
    let at = id;
    for (let next = waits.get(at); next !== undefined && !seen.has(next); next = waits.get(at)) {
      seen.add(next);
      at = next;
    }
    return at;
  };
  return all.map((one) =>
    one.verdict === "caused" && one.cause !== undefined ? { ...one, cause: firstOf(one.cause) } : one,
  );
}

/**
 * Follows causes to the first of all. Where failures explain each other in a ring, the most basic of the ring is the first:
 * of what went wrong, something must stand.
 */
function rootOf(effect: Evidence, found: ReadonlyMap<Evidence, Evidence>): Evidence {
  const way: Evidence[] = [];
  for (let at: Evidence | undefined = effect; at; at = found.get(at)) {
    const begin = way.indexOf(at);
    if (begin >= 0) return way.slice(begin).reduce(moreBasic);
    way.push(at);
  }
  return way.at(-1) ?? effect;
}

/** The more basic of two; of two that are alike, the one whose requirement comes first, whichever is asked about. */
function moreBasic(first: Evidence, next: Evidence): Evidence {
  if (before(next, first)) return next;
  return !before(first, next) && next.requirement < first.requirement ? next : first;
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
  const kept = all.filter(({ verdict, check }) => verdict !== "pass" || !worthless.has(check));
  const shown = new Set(
    kept.flatMap(({ requirement, verdict }) => (verdict === "pass" ? [requirement] : [])),
  );
  // What had nothing else to show for it waits for the signature to be looked at.
  return all.flatMap((one) => {
    if (one.verdict !== "pass" || !worthless.has(one.check)) return [one];
    if (shown.has(one.requirement)) return [];
    const cause = one.check === "webhooks" ? "WHK-001" : "QRY-002";
    return [{ ...one, verdict: "caused" as const, cause }];
  });
}

/**
 * One signature mistake shows under canonicalize, sign, verify and on the wire: the doctor names the same one. Of a pair of
 * mistakes that gives one text, the one that was seen alone elsewhere is the likelier.
 */
function sameSignatureMistake(effect: Evidence, fails: readonly Evidence[]): Evidence | undefined {
  const mistakes = effect.explanation?.mistakes ?? [];
  const [first] = mistakes;
  if (!first) return undefined;
  const root = (requirement: string): Evidence | undefined =>
    fails.find(
      (one) => one.requirement === requirement && one.explanation?.mistakes[0]?.requirement === requirement,
    );
  const alone = fails.find(
    ({ requirement, explanation }) =>
      explanation?.mistakes.length === 1 &&
      mistakes.some(({ id }) => id === explanation.mistakes[0]?.id) &&
      mistakes.length > 1 &&
      requirement !== effect.requirement,
  );
  return effect.requirement === first.requirement ? alone : (root(first.requirement) ?? alone);
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

const WITHOUT_NETWORK: ReadonlySet<string> = new Set([
  "canonicalize",
  "sign",
  "verify-genuine",
  "verify-wrong",
]);

/** How basic a failure is: what needs no gateway, the meaning of the answer itself, then plain answers, then those with a fault; earlier checks first. */
function rank({ check, exchanges }: Evidence): number {
  const at = CHECKS.findIndex(({ id }) => id === check);
  if (MEANINGS.has(check) || WITHOUT_NETWORK.has(check)) return at;
  return at + (exchanges.some(({ faults }) => faults.length > 0) ? 2000 : 1000);
}

const before = (root: Evidence, effect: Evidence): boolean => rank(root) < rank(effect);

const earlier = (effect: Evidence, root: Evidence | undefined): Evidence | undefined =>
  root && root.requirement !== effect.requirement && before(root, effect) ? root : undefined;

/** Of the same error, the first that was seen is as good a root as any where none is more basic. */
const notLater = (effect: Evidence, root: Evidence | undefined): Evidence | undefined =>
  root && root.requirement !== effect.requirement && !before(effect, root) ? root : undefined;

/** An error or end with which a client answers a call, whatever numbers are in it: the same one is one bug. */
function errorOf({ got }: Evidence): string | undefined {
  const error = /^\w+: (?:error \w+|broke): (.*)$/s.exec(got ?? "")?.[1];
  return error === undefined || error === "" ? undefined : error.replace(/\d+/g, "#");
}

/** Of the failures that are alike, the most basic. */
function firstOfEach(
  fails: readonly Evidence[],
  likeness: (one: Evidence) => string | undefined,
): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const one of fails) {
    const key = likeness(one);
    const first = key === undefined ? undefined : found.get(key);
    if (key !== undefined && (!first || before(one, first))) found.set(key, one);
  }
  return found;
}
