import type { Bench, Case } from "../bench.js";
import { saysWhatItWasTold } from "../called.js";
import { QUERY } from "../protocol.js";
import { act, begin, ORDER } from "./cancelling.js";
import type { Check } from "./check.js";
import { trusts } from "./queries.js";

/** Orders whose state a client may keep in mind: an open one, a paid one, and one that was not there at first. */
const LIVES = ["open", "paid", "unknown"] as const;

/** CXL-012: every cancel and every query asks the gateway. */
export const cxl012: Check = {
  id: "cxl-012",
  title: "every cancel and every query asks the gateway",
  requirements: ["CXL-012"],
  needs: [],
  async run(bench) {
    for (const life of LIVES) {
      const one = life === "unknown" ? bench.open("cxl-012", "CXL-012") : begin(bench, "CXL-012");
      if (life === "paid") act(one, "payByLink");
      for (const op of ["query", "query", "cancel", "query", "cancel", "query", "cancel"] as const)
        await asks(one, op);
    }
    if (bench.offers("query") && (await trusts(bench))) await keepsNothing(bench);
  },
};

async function asks(one: Case, op: "query" | "cancel"): Promise<void> {
  if (!one.bench.offers(op)) return;
  const called = await one.call(op, ORDER);
  if (called.reply.kind !== "ok" || one.spoilt) return;
  if (called.exchanges.length > 0 || saysWhatItWasTold(called))
    one.pass("CXL-012", `The ${op} asked the gateway.`, called);
  else
    one.fail("CXL-012", `The ${op} was answered without a request to the gateway.`, called, {
      expected: "a request",
      got: `none; it said ${called.outcome ?? "nothing"}`,
    });
}

/** What a client said before does not stand in for an answer that did not come, or that cannot be trusted. */
async function keepsNothing(bench: Bench): Promise<void> {
  for (const [fault, outcome] of [
    [{ kind: "drop_after_commit", how: "close" }, "unknown"],
    [{ kind: "signature", how: "other_key" }, "untrusted"],
  ] as const) {
    const one = begin(bench, "CXL-012");
    const before = await one.call("query", ORDER);
    if (before.outcome !== "unpaid" && before.outcome !== "pending") continue;
    one.scene.fault(QUERY, fault);
    const called = await one.call("query", ORDER);
    // A client that always says so says it from no memory; whether it may is another requirement's question.
    if (
      called.raw ||
      called.exchanges.length !== 1 ||
      called.outcome === null ||
      called.outcome !== before.outcome
    )
      continue;
    one.fail("CXL-012", `The query is ${outcome}, whatever an earlier one said.`, called, {
      expected: outcome,
      got: called.outcome,
      rests: ["RSP-009", "QRY-002"],
    });
  }
}
