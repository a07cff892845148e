import type { ClientUnderTest, Reply } from "./client.js";

/** After so many calls in a row that were not answered in time, the client is not asked again. */
const MISSED = 3;
/** After so many calls in a row that broke it in any way. */
const BROKEN = 30;

/** A client whose silence is not waited for without end: a dead one is given up, and the rest of the run is short. */
export function patient(client: ClientUnderTest): ClientUnderTest {
  if (client.meanMs) return client;
  let missed = 0;
  let broken = 0;
  let calls = 0;
  let spent = 0;
  return {
    hello: client.hello,
    async call(op, args, deadlineMs): Promise<Reply> {
      if (missed >= MISSED || broken >= BROKEN) {
        const times = Math.max(missed, broken);
        const message = `it broke ${times} times in a row and is not asked again`;
        return { kind: "broken", reason: "given_up", message, elapsedMs: 0 };
      }
      const reply = await client.call(op, args, deadlineMs);
      if (reply.kind === "broken") {
        broken += 1;
        missed = reply.reason === "deadline" ? missed + 1 : 0;
      } else {
        broken = 0;
        missed = 0;
        calls += 1;
        spent += reply.elapsedMs;
      }
      return reply;
    },
    restart: () => client.restart(),
    takeStderr: () => client.takeStderr(),
    output: () => client.output(),
    close: () => client.close(),
    meanMs: () => (calls < 10 ? 0 : spent / calls),
  };
}
