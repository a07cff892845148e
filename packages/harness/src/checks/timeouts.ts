import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Bench, type Called, type Case, GRACE_MS, learned, learnedByAsking } from "../bench.js";
import { CANCEL, QUERY } from "../protocol.js";
import { type Row, row } from "./answer-rows.js";
import { reads } from "./answers.js";
import type { Check } from "./check.js";
import { trusts } from "./queries.js";

const TIMEOUT_MS = 700;
/** So much that a client that waits twice as long as it was told does not hide in the second of grace. */
const LONGER_MS = 1800;

/** An answer that comes late or not at all, to a cancel or a query: either may have a time-out of its own, or none. */
interface Late extends Row {
  readonly op: "cancel" | "query";
  readonly timeoutMs: number;
}

const late = (op: Late["op"], why: string, fault: Row["fault"], timeoutMs = TIMEOUT_MS): Late => ({
  ...row("RSP-008", why, fault),
  op,
  timeoutMs,
});

const LATE: readonly Late[] = [
  late("cancel", "silence after the request", { kind: "drop_after_commit", how: "hang" }),
  late("cancel", "silence, and no cancel", { kind: "drop_before_commit", how: "hang" }, LONGER_MS),
  late("cancel", "a trickle of one byte each 60 ms", { kind: "trickle", bytesPerTick: 1, tickMs: 60 }),
  late("cancel", "an answer that comes too late", { kind: "delay", ms: 3200 }),
  late("query", "silence after the request", { kind: "drop_after_commit", how: "hang" }),
];

/** RSP-008: time-outs, in silence and in a trickle. */
export const timeouts: Check = {
  id: "timeouts",
  title: "a time-out is unknown, within timeout_ms and a second",
  requirements: ["RSP-008"],
  needs: ["cancel"],
  async run(bench) {
    if (!(await reads(bench, timeouts))) return;
    // What a call takes when nothing is late, twice: a slow client on a slow machine is slow here too. Taken before the
    // late ones, which would excuse themselves.
    const usualMs = 2 * bench.meanMs;
    // Each of these is mere waiting. A client that takes calls at once waits for all together; what is not plainly right
    // then is asked again alone, and only that counts against it.
    const together = bench.client.hello.concurrent;
    const control = together ? within(bench) : null;
    const asks = bench.offers("query") && (await trusts(bench));
    const all = LATE.filter(({ op }) => op === "cancel" || asks);
    const right = together ? await Promise.all(all.map((one) => isRight(bench, one, usualMs))) : [];
    await control;
    for (const [i, one] of all.entries()) if (right[i] !== true && !(await holds(bench, one, usualMs))) break;
    if (!together) await within(bench);
  },
};

/** The control: an answer that is slow, and in time. */
async function within(bench: Bench): Promise<void> {
  const made = bench.open("timeouts", "RSP-008", { timeoutMs: 6000 });
  made.scene.create("R1");
  made.scene.fault(CANCEL, { kind: "delay", ms: 1200 });
  made.expect(
    await made.call("cancel", "R1"),
    ["cancelled"],
    "An answer within the time-out is taken: the control of this check.",
  );
}

/** A machine that is busy for a moment makes one call late; a client that does not keep its time is late every time. */
const MOST_TURNS = 3;
/** Turns that show nothing, since the machine stood still, are not counted; after so many they are. */
const MOST_STALLS = 4;

/** One call with a late answer: what may be said of it, and how it went. */
interface Turn {
  readonly made: Case;
  readonly called: Called;
  readonly allowed: readonly string[];
  readonly mostMs: number;
  /**
   * Nothing moved for so long that a client may have run into a time-out of another kind: one that starts anew with each
   * byte would look right. Or the time was up before the request was even sent.
   */
  readonly stalled: boolean;
}

async function turn(
  bench: Bench,
  { op, requirement, fault, outcomes, timeoutMs }: Late,
  usualMs: number,
): Promise<Turn> {
  const made = bench.open("timeouts", requirement, { timeoutMs });
  made.scene.create("R1");
  made.scene.fault(op === "cancel" ? CANCEL : QUERY, ...(Array.isArray(fault) ? fault : [fault]));
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const called = await made.call(op, "R1");
  delay.disable();
  // What it asked again, or asked then, was answered at once.
  const tries = Math.max(1, called.every.filter(({ faults }) => faults.length > 0).length);
  return {
    made,
    called,
    allowed: [...outcomes, ...(op === "cancel" ? learned(called) : learnedByAsking(called))],
    mostMs: timeoutMs * tries + GRACE_MS + 400 + usualMs,
    stalled: delay.max / 1e6 > timeoutMs / 2 || called.exchanges.length === 0,
  };
}

const said = ({ called, allowed }: Turn): boolean =>
  called.outcome !== null && allowed.includes(called.outcome);
const isLate = ({ called, mostMs }: Turn): boolean => called.reply.elapsedMs > mostMs;
const words = ({ op, why, outcomes }: Late): string => `A ${op} answered with ${why} is ${outcomes[0]}.`;

/** Whether one call was right and in time; only then anything is written down. */
async function isRight(bench: Bench, asked: Late, usualMs: number): Promise<boolean> {
  const made = await turn(bench, asked, usualMs);
  if (!said(made) || isLate(made) || made.stalled) return false;
  return made.made.expect(made.called, made.allowed, words(asked));
}

/** Holds one late answer against the time-out; false where waiting on is of no use. */
async function holds(bench: Bench, asked: Late, usualMs: number): Promise<boolean> {
  let stalls = 0;
  for (let n = 1; ; n += 1) {
    const one = await turn(bench, asked, usualMs);
    if (said(one) && one.stalled && stalls < MOST_STALLS) {
      stalls += 1;
      n -= 1;
      continue;
    }
    if (!said(one) || !isLate(one)) {
      one.made.expect(one.called, one.allowed, words(asked));
      return one.called.reply.kind !== "broken";
    }
    if (n < MOST_TURNS) continue;
    one.made.fail(
      asked.requirement,
      `With ${asked.why} the call took longer than timeout_ms and a second.`,
      one.called,
      {
        expected: `at most ${Math.round(one.mostMs)} ms`,
        got: `${Math.round(one.called.reply.elapsedMs)} ms`,
      },
    );
    // One is enough: what it makes of the others would take long to show the same.
    return false;
  }
}
