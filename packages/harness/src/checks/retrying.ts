import type { Bench, Case } from "../bench.js";
import { saysWhatItWasTold } from "../called.js";
import { CANCEL, QUERY } from "../protocol.js";
import { act, ORDER } from "./cancelling.js";
import type { Check } from "./check.js";

/** RTY-001, RTY-002: a cancel whose answer was lost. */
export const retrying: Check = {
  id: "retrying",
  title: "a cancel whose answer was lost may be retried: with a new nonce, time stamp and signature",
  requirements: ["RTY-001", "RTY-002"],
  needs: ["cancel"],
  async run(bench) {
    for (const how of ["close", "reset"] as const) {
      const one = bench.open("retrying", "RTY-001");
      one.scene.create(ORDER);
      one.scene.fault(CANCEL, { kind: "drop_after_commit", how });
      const lost = await one.call("cancel", ORDER);
      await new Promise((resolve) => setTimeout(resolve, how === "close" ? 1100 : 0));
      const again = await one.call("cancel", ORDER);
      one.expect(
        again,
        ["already_cancelled"],
        "After a lost answer the retry gives already_cancelled: the order is cancelled.",
      );
      judgeRetry(one, lost.exchanges[0]?.params, again.exchanges[0]?.params, how === "close");
      if (saysWhatItWasTold(again)) await stillOpen(bench);
    }
  },
};

/** A client that asks first sends a cancel again only where it finds the order open: the gateway never got the first. */
async function stillOpen(bench: Bench): Promise<void> {
  const one = bench.open("retrying", "RTY-001");
  one.scene.create(ORDER);
  one.scene.fault(CANCEL, { kind: "drop_before_commit", how: "close" });
  const lost = await one.call("cancel", ORDER);
  const again = await one.call("cancel", ORDER);
  // A client that sent it again by itself is told so now.
  const outcomes = lost.exchanges.length > 1 ? ["already_cancelled"] : ["cancelled"];
  one.expect(again, outcomes, "After a lost request the retry gives cancelled.");
  const [first, second = again.exchanges[0]] = lost.exchanges;
  judgeRetry(one, first?.params, second?.params, false);
}

function judgeRetry(
  one: Case,
  before: ReadonlyMap<string, string> | null | undefined,
  after: ReadonlyMap<string, string> | null | undefined,
  waited: boolean,
): void {
  if (!before || !after) return;
  const fields = waited ? ["nonce_str", "sign", "time_stamp"] : ["nonce_str", "sign"];
  const same = fields.filter((name) => before.get(name) === after.get(name));
  if (same.length === 0) one.pass("RTY-002", "The retry was a new request.");
  else
    one.fail("RTY-002", `The retry carried the same ${same.join(" and ")} as the request before.`, null, {
      expected: "new values",
      got: same.map((name) => `${name}=${after.get(name)}`).join(", "),
    });
}

/** RTY-003: what a client does after unknown or failed. */
export const confirming: Check = {
  id: "confirming",
  title: "after unknown or failed a client queries before it answers",
  requirements: ["RTY-003"],
  needs: ["cancel", "query"],
  async run(bench) {
    const progress = bench.open("confirming", "RTY-003");
    progress.scene.create(ORDER);
    act(progress, "startCard");
    await confirms(progress, "failed");
    const lost = bench.open("confirming", "RTY-003");
    lost.scene.create(ORDER);
    lost.scene.fault(CANCEL, { kind: "drop_after_commit", how: "close" });
    await confirms(lost, "of unknown outcome");
  },
};

async function confirms(one: Case, what: string): Promise<void> {
  const called = await one.call("cancel", ORDER);
  // A client that says something else did not come to the doubt that this is about.
  if (called.outcome !== "unknown" && called.outcome !== "failed") return;
  if (called.exchanges.length === 0) return;
  if (called.raw) one.handedThrough("RTY-003", "A raw client leaves the query to its caller.", called);
  else if (called.every.some(({ endpoint }) => endpoint === QUERY))
    one.pass("RTY-003", "It queried.", called);
  else
    one.fail(
      "RTY-003",
      `The cancel was ${what}, and the client answered its caller without a query.`,
      called,
      {
        expected: "a query before the answer",
        got: "none",
      },
    );
}
