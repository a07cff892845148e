import { isAcceptance } from "@ksherproof/gateway";
import type { Bench, Called, Case } from "../bench.js";
import type { Check } from "./check.js";
import { forgedWebhook, type Webhook, webhookOf } from "./webhook-bodies.js";

/** Whether a reply is the documented acceptance (WHK-002). */
function accepts(reply: unknown): boolean {
  return typeof reply === "string" && isAcceptance(reply) && /"msg"\s*:\s*"OK"/.test(reply);
}

function replyOf(called: Called): unknown {
  return called.reply.kind === "ok" ? called.reply.value.reply : undefined;
}

async function deliver(
  bench: Bench,
  requirement: string,
  webhook: Webhook,
  outcomes: readonly string[],
): Promise<Case> {
  const one = bench.open("webhooks", requirement);
  const body = webhook.body(one.scene);
  const called = await one.notify(body);
  const good = one.expect(
    called,
    outcomes,
    `A webhook with ${webhook.why} is ${outcomes.join(" or ")}.`,
    requirement,
    {
      ...(webhook.trusted === undefined ? {} : { trusted: webhook.trusted }),
      ...(body.includes('"sign":"0') ? { rests: ["SIG-009"] } : {}),
    },
  );
  const reply = replyOf(called);
  const should = outcomes.length === 1 && outcomes[0] === "paid";
  // The gateway takes any JSON whose result is SUCCESS for an acceptance: none of those may stand under a refusal.
  const right = should ? accepts(reply) : !(typeof reply === "string" && isAcceptance(reply));
  if (good && right)
    one.pass("WHK-002", should ? "It is accepted as documented." : "It is not accepted.", called);
  else if (good) {
    const expected = should ? '{"result": "SUCCESS", "msg": "OK"}' : "no acceptance";
    one.fail(
      "WHK-002",
      `A webhook with ${webhook.why} is answered ${should ? "with the documented acceptance" : "with no acceptance"}.`,
      called,
      { expected, got: JSON.stringify(reply) },
    );
  }
  return one;
}

/** WHK-001, WHK-002, WHK-004: webhooks, genuine and not. */
export const webhooks: Check = {
  id: "webhooks",
  title: "webhooks are verified, answered as documented, and counted once",
  requirements: ["WHK-001", "WHK-002", "WHK-003", "WHK-004"],
  needs: ["notify"],
  async run(bench) {
    await deliver(bench, "WHK-001", webhookOf("a genuine payment", {}), ["paid"]);
    const texts = { attach: 'a+b %20 & ชำระ 😀 "q"' };
    await deliver(bench, "WHK-001", webhookOf("texts of every kind", texts, "W3"), ["paid"]);
    const empty = { attach: "", openid: "", cash_fee_type: "", extra_field: "" };
    await deliver(bench, "WHK-001", webhookOf("values that are empty", empty, "W6"), ["paid"]);
    const genuine = bench.evidences.all.some(
      ({ check, requirement, verdict }) =>
        check === "webhooks" && requirement === "WHK-001" && verdict === "pass",
    );
    if (genuine) {
      for (const forged of bench.thin(forgedWebhook()))
        await deliver(bench, "WHK-001", forged, ["untrusted", "unknown"]);
      const unpaid = bench.open("webhooks", "WHK-001");
      const called = await unpaid.notify(
        webhookOf("a result that is no payment", { result: "NOTPAY" }, "W4").body(unpaid.scene),
      );
      // What is answered to a genuine message that reports no payment is nowhere said: the reply is not judged.
      unpaid.expect(
        called,
        ["unknown", "untrusted"],
        "A genuine webhook whose result is no payment is not paid.",
      );
      for (const text of bench.thin(["", "hello", "{}", "[]", "null", '{"code":0}'])) {
        await deliver(bench, "WHK-002", { why: `the body ${JSON.stringify(text)}`, body: () => text }, [
          "unknown",
          "untrusted",
        ]);
      }
    }
    // A client that takes forged webhooks takes everything: that it takes genuine ones shows nothing.
    if (genuine && bench.evidences.failed("WHK-001")) return waits(bench);
    const twice = bench.open("webhooks", "WHK-004");
    const body = webhookOf("a payment", {}, "W5").body(twice.scene);
    for (const time of ["the first", "the second", "the third"]) {
      const called = await twice.notify(body);
      if (!twice.expect(called, ["paid"], `The same webhook is accepted ${time} time.`)) return;
      if (!accepts(replyOf(called)))
        twice.fail("WHK-004", `The same webhook is accepted ${time} time.`, called, {
          expected: '{"result": "SUCCESS", "msg": "OK"}',
          got: JSON.stringify(replyOf(called)),
        });
    }
    await late(bench);
  },
};

/** What a client that takes forged webhooks could not show. */
function waits(bench: Bench): void {
  for (const requirement of ["WHK-003", "WHK-004"])
    bench.evidences.add({
      requirement,
      check: "webhooks",
      verdict: "caused",
      detail: "A client that takes a forged webhook shows nothing by taking a genuine one.",
      cause: "WHK-001",
      story: [],
      exchanges: [],
    });
}

/** WHK-003: a late payment of an order that this client cancelled. */
async function late(bench: Bench): Promise<void> {
  const one = bench.open("webhooks", "WHK-003");
  one.scene.create("LATE-1");
  const ref = { appid: one.scene.appid, mch_order_no: "LATE-1" };
  one.scene.gateway.customer.saveQr(ref);
  if (bench.offers("cancel")) await one.call("cancel", "LATE-1");
  if (bench.offers("query")) await one.call("query", "LATE-1");
  one.scene.gateway.customer.payByQr(ref);
  one.tell("customer", "pays with the saved QR code");
  const called = await one.notify(webhookOf("a late payment", {}, "LATE-1").body(one.scene));
  if (!one.expect(called, ["paid"], "A late payment of a cancelled order is accepted and reported as paid."))
    return;
  if (accepts(replyOf(called))) one.pass("WHK-003", "It is answered as documented.", called);
  else
    one.fail("WHK-003", "A late payment is accepted.", called, {
      expected: '{"result": "SUCCESS", "msg": "OK"}',
      got: JSON.stringify(replyOf(called)),
    });
}
