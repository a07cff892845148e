import type { Bench, Case } from "../bench.js";
import { toldBy } from "../called.js";
import { CANCEL, CANCEL_CODES } from "../protocol.js";
import { act, begin, check, ORDER } from "./cancelling.js";

export const cxl010 = check("CXL-010", "of cancels at once each is reported as it was", async (bench) => {
  for (const _ of bench.thin([1, 2])) {
    const one = begin(bench, "CXL-010");
    await together(one, ORDER, 3, "Of cancels at once one is cancelled, the others already_cancelled.");
  }
  for (const _ of bench.thin([1, 2])) await manyAtOnce(bench);
});

/** What a cancel gives for orders in each state, each of a merchant of its own. */
const STATES: readonly (readonly [number: string, outcome: string, before: (one: Case) => void])[] = [
  ["AT-ONCE-1", "cancelled", (one) => one.scene.create("AT-ONCE-1")],
  [
    "AT-ONCE-2",
    "already_paid",
    (one) => {
      one.scene.create("AT-ONCE-2");
      act(one, "payByLink", "AT-ONCE-2");
    },
  ],
  ["AT-ONCE-3", "not_found", () => undefined],
  [
    "AT-ONCE-4",
    "failed",
    (one) => {
      one.scene.create("AT-ONCE-4");
      act(one, "startCard", "AT-ONCE-4");
    },
  ],
  ["AT-ONCE-5", "cancelled", (one) => one.scene.create("AT-ONCE-5")],
];

/** Cancels of orders in every state at once: no call may end with the answer to another (CXL-010). */
async function manyAtOnce(bench: Bench): Promise<void> {
  await Promise.all(
    STATES.map(async ([number, outcome, before]) => {
      const one = bench.open("cxl-010", "CXL-010");
      before(one);
      one.tell("merchant", "cancels orders in other states at the same time");
      const called = await one.call("cancel", number);
      const why = `Of cancels of several orders at once, this one is ${outcome}.`;
      one.expect(called, [outcome], why, "CXL-010", { rests: ["CXL-003", "CXL-004", "CXL-005"] });
    }),
  );
}

/** Cancels at once: the client's words must be the gateway's codes, each as often (CXL-010). */
export async function together(one: Case, order: string, count: number, why: string): Promise<boolean> {
  const before = one.scene.exchanges.length;
  const all = await Promise.all(Array.from({ length: count }, () => one.call("cancel", order)));
  const asked = one.scene.exchanges.slice(before).filter(({ endpoint }) => endpoint === CANCEL);
  const answered = asked.map(({ event }) => wordOf(event?.code)).sort();
  const said = all.map(({ outcome }) => outcome ?? "nothing").sort();
  const [first] = all;
  if (!first) return true;
  const broke = all.find(({ reply }) => reply.kind === "broken");
  if (broke && asked.length < count)
    return one.expect(broke, ["cancelled", "already_cancelled"], why, "CXL-010");
  // Calls that asked first and were told how the order stands needed no cancel of their own.
  const told = one.scene.exchanges.slice(before).flatMap((exchange) => toldBy(exchange));
  const learned = common(without(said, answered), told);
  const spared = Math.max(0, count - asked.length);
  answered.push(...learned.slice(0, spared));
  // After -6 a client that asks may say what it was told (RTY-003).
  for (const word of learned.slice(spared)) {
    const at = answered.indexOf("failed");
    if (at >= 0) answered[at] = word;
  }
  answered.sort();
  if (answered.length >= count && (asked.length > count || said.join() === answered.join())) {
    one.pass("CXL-010", why, first);
    return true;
  }
  const odd = all.find(({ outcome }) => !answered.includes(outcome ?? "nothing"));
  if (odd && answered.length >= count)
    return one.expect(odd, [...new Set(answered)], why, "CXL-010", misread(answered, said));
  one.fail("CXL-010", why, first, {
    expected: answered.length < count ? `${count} requests` : answered.join(", "),
    got: answered.length < count ? `${asked.length}` : said.join(", "),
    ...(answered.length < count ? { rests: ["CXL-012", "REQ-001"] } : {}),
    ...misread(answered, said),
  });
  return false;
}

/** The words of one list that the other has not, each as often as it is too many. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The words that both lists have, each as often as both have it. */
const common = (list: readonly string[], other: readonly string[]): readonly string[] =>
  without(list, without(list, other));

function wordOf(code: number | undefined): string {
  return CANCEL_CODES.find((known) => known.code === code)?.outcome ?? "unknown";
}

/** The one word that was said in another's place, as a misreading, where it is only one. */
function misread(answered: readonly string[], said: readonly string[]): { readonly reading?: string } {
  const missing = new Set(without(answered, said));
  const instead = new Set(without(said, answered));
  const [word] = missing;
  const code = CANCEL_CODES.find(({ outcome }) => outcome === word)?.code;
  return missing.size === 1 && instead.size === 1 ? { reading: `cancel ${code} ${[...instead][0]}` } : {};
}
