import type { ClientUnderTest, Reply } from "./client.js";

/** After so many calls in a row that were not answered in time, the client is not asked again. */
const MISSED = 3;
/** So many of the latest calls are in the mean: operations differ in what they take. */
const RECENT = 12;
/** The longest of so many is not: a time-out, or a machine that stood still for a moment, says nothing of a client's speed. */
const LONGEST_OF = 6;
/** After so many calls in a row that broke it in any way. */
const BROKEN = 30;

/** A client whose silence is not waited for without end: a dead one is given up, and the rest of the run is short. */
export function patient(client: ClientUnderTest): ClientUnderTest {
  if (client.meanMs) return client;
  let missed = 0;
  let missedAt = 0;
  let broken = 0;
  const recent: number[] = [];
  return {
    hello: client.hello,
    async call(op, args, deadlineMs): Promise<Reply> {
      if (missed >= MISSED || broken >= BROKEN) {
        const times = Math.max(missed, broken);
        const message = `it broke ${times} times in a row and is not asked again`;
        return { kind: "broken", reason: "given_up", message, elapsedMs: 0 };
      }
      const began = performance.now();
      const reply = await client.call(op, args, deadlineMs);
      if (reply.kind === "broken") {
        broken += 1;
        // Calls that ran at once missed their time together: that is once.
        const again = began >= missedAt;
        missedAt = performance.now();
        if (reply.reason !== "deadline") missed = 0;
        else if (again) missed += 1;
      } else {
        broken = 0;
        missed = 0;
        recent.push(reply.elapsedMs);
        if (recent.length > RECENT) recent.shift();
      }
      return reply;
    },
    restart: () => client.restart(),
    takeStderr: () => client.takeStderr(),
    output: () => client.output(),
    close: () => client.close(),
    meanMs: () => (recent.length < 3 ? 0 : usualOf(recent)),
  };
}

/** The mean of some times, the longest of every six left out. */
function usualOf(times: readonly number[]): number {
  const left = times.length - Math.floor(times.length / LONGEST_OF);
  const kept = [...times].sort((a, b) => a - b).slice(0, left);
  return kept.reduce((sum, time) => sum + time, 0) / kept.length;
}
