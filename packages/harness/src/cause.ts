import type { Evidence } from "./evidence.js";

/** Groups in the order in which they rest on each other: a request that is wrong spoils all that follows. */
const ORDER = ["SIG", "REQ", "QRY", "RSP", "RTY", "WHK", "CXL", "SEC"];

/**
 * Finds failures that another failure explains. Where an exchange was refused for a signature or form that broke
 * SIG-003, the outcomes that followed from that refusal are its effects: they point to it, and do not count as failures
 * of their own. A client with one bug then reads as one bug.
 */
export function causes(all: readonly Evidence[]): readonly Evidence[] {
  const fails = all.filter(({ verdict }) => verdict === "fail");
  if (fails.length < 2) return all;
  return all.map((one) => {
    if (one.verdict !== "fail") return one;
    const root = fails.find((other) => other !== one && explains(other, one));
    return root ? { ...one, verdict: "caused" as const, cause: root.requirement } : one;
  });
}

/** Whether one failure is the reason of another. */
function explains(root: Evidence, effect: Evidence): boolean {
  if (root.requirement === effect.requirement) return false;
  // One signature mistake shows under canonicalize, sign, verify and on the wire: the doctor names the same one.
  const named = root.explanation?.mistakes[0]?.requirement;
  const same = effect.explanation?.mistakes[0];
  if (same && named === same.requirement && root.requirement === named) return effect.requirement !== named;
  if (effect.check === "wire" || root.check !== "wire") return false;
  const shared = root.exchanges.some(
    (exchange) => exchange.refusal !== null && effect.exchanges.includes(exchange),
  );
  return (
    shared && ORDER.indexOf(root.requirement.slice(0, 3)) <= ORDER.indexOf(effect.requirement.slice(0, 3))
  );
}
