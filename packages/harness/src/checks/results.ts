import { type Bench, learnedByAsking } from "../bench.js";
import { QUERY, QUERY_RESULTS } from "../protocol.js";
import { answerText } from "./answers.js";
import { act } from "./cancelling.js";
import type { Check } from "./check.js";

/** What one may mistake for a documented result: another case, a part of it, more than it, or a word of the same meaning. */
function otherResults(): readonly string[] {
  const words = ["success", "Closed", "PAID", "", "CANCELLED", "SUCCESS ", "NOT_PAY", "EXPIRED", "TIMEOUT"];
  const near = QUERY_RESULTS.flatMap(({ result }, i) =>
    [`${result}ED`, `UN${result}`, result.slice(0, -1), `${result},`].filter((_, k) => (i + k) % 2 === 0),
  );
  return [...words, "REVOKED", "PROCESSING", ...near, "0", "null"];
}

/** QRY-005: each documented result, and others. */
export const results: Check = {
  id: "results",
  title: "each documented result gives its outcome, another one is unknown",
  requirements: ["QRY-005", "QRY-002", "RSP-003"],
  needs: ["query"],
  async run(bench) {
    const known = QUERY_RESULTS.map(({ result, outcome }) => [result, outcome] as const);
    const others = otherResults().map((result) => [result, "unknown"] as const);
    for (const [result, outcome] of bench.thin([...known, ...others], ([, outcome]) => outcome)) {
      const one = bench.open("results", "QRY-005");
      one.scene.create("Q1");
      const edited = { kind: "edit_data", set: { result }, sign: "fresh" } as const;
      one.scene.fault(QUERY, edited);
      const called = await one.call("query", "Q1");
      one.expect(
        called,
        [outcome, ...learnedByAsking(called)],
        `A trusted result ${JSON.stringify(result)} is ${outcome}.`,
      );
    }
    for (const result of bench.thin(AFTER_PAYMENT)) await afterPayment(bench, result);
    for (const code of bench.thin([-1, -2, -4, -5, -6, -7, 1, 5])) await unsigned(bench, code);
    const code = bench.open("results", "QRY-005", { settings: { unknownOrder: "code" } });
    code.expect(await code.call("query", "NONE"), ["not_found"], "Code -3 is not_found.");
    const signed = bench.open("results", "QRY-005", { settings: { unknownOrder: "signed_fail" } });
    signed.expect(await signed.call("query", "NONE"), ["not_found"], "A signed FAIL is not_found.");
  },
};

/** Results of an order that was paid once: its data still hold a ksher_order_no, a time_end and a cash_fee. */
const AFTER_PAYMENT = ["REFUND", "PAYERROR", "CLOSED", "NOTPAY"];

/** The result decides, not what else there is in the data of an order that was paid. */
async function afterPayment(bench: Bench, result: string): Promise<void> {
  const outcome = QUERY_RESULTS.find((known) => known.result === result)?.outcome ?? "unknown";
  const one = bench.open("results", "QRY-005");
  one.scene.create("Q1");
  act(one, "payByLink", "Q1");
  one.scene.fault(QUERY, { kind: "edit_data", set: { result }, sign: "fresh" });
  const called = await one.call("query", "Q1");
  const may = called.exchanges.length > 1 ? ["paid"] : [];
  one.expect(
    called,
    [outcome, ...may],
    `A trusted result ${result} is ${outcome}, whatever else the data hold.`,
  );
}

/** A query that is answered with a refusal: nothing in it is signed, and only -3 says something of an order. */
async function unsigned(bench: Bench, code: number): Promise<void> {
  const requirement = code < -6 || code > 0 ? "RSP-003" : "QRY-002";
  const one = bench.open("results", requirement);
  one.scene.create("Q1");
  answerText(one, QUERY, `{"code":${code},"msg":"...","message":"..."}`);
  one.expect(
    await one.call("query", "Q1"),
    ["unknown", "untrusted"],
    `A query answered with code ${code}, and nothing signed, says nothing of the order.`,
  );
}
