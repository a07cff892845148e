import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { APPID, call, folder, has, intercepted, KEY, line, quickest, verdictOf } from "./intercepted.js";

describe("what the simulated gateway answers", () => {
  it("--order NO=state: what a cancel gets, and the query then", async () => {
    const states: readonly (readonly [string, number, string])[] = [
      ["paid", -4, "SUCCESS"],
      ["card-in-progress", -6, "USERPAYING"],
      ["closed", -5, "CLOSED"],
      ["paid_late", -4, "SUCCESS"],
      ["refunded", -4, "REFUND"],
      ["card_failed", 0, "CLOSED"],
    ];
    const orders = states.flatMap(([state]) => ["--order", `${state}=${state}`]);
    const lines = states.map(
      ([state]) => `${line("cancel_order", state)} && ${line("gateway_order_query", state)}`,
    );
    const { report } = await intercepted(orders, ["sh", "-c", lines.join("\n")]);
    expect(report.requests.map(({ answer }) => answer.result ?? answer.code)).toEqual(
      states.flatMap(([, code, result]) => [code, result]),
    );
  });

  it("answers can be scripted: a code, a result, a fault", async () => {
    const [cancel, query] = [line(), line("gateway_order_query")];
    const { report } = await intercepted(
      ["-o", "A-1=unpaid", "-a", "cancel:-6@1", "-a", "query:PENDING", "-a", "cancel:status/html@2"],
      ["sh", "-c", `${cancel}; ${query}; ${cancel}; ${query}`],
    );
    expect(report.requests.map(({ answer }) => [answer.status, answer.code, answer.result])).toEqual([
      [200, -6, null],
      [200, 0, "PENDING"],
      [502, null, null],
      [200, 0, "PENDING"],
    ]);
    expect(verdictOf(report, "RTY-003")).toBe("pass");
    expect(verdictOf(report, "RTY-002")).toBe("pass");
  });

  it("CXL-007: a scenario lets the customer pay just after the cancel", async () => {
    const file = join(folder, "scenario.yaml");
    writeFileSync(file, "orders: { A-1: qr_saved }\nanswers: [{ to: cancel, after: pay_by_qr }]\n");
    const both = `${line()} && ${line("gateway_order_query")}`;
    const { report } = await intercepted(["--scenario", file], ["sh", "-c", both]);
    expect(
      report.requests.map(({ answer, state_after }) => [answer.code, answer.result, state_after]),
    ).toEqual([
      [0, null, "paid_late"],
      [0, "SUCCESS", "paid_late"],
    ]);
  });
});

describe.skipIf(!has("python3", "--version"))(
  "a client with the production gateway's public key built in",
  () => {
    const query = (order: string) => ["python3", "python_pinned.py", APPID, KEY, order];

    it.each([
      ["k_20210520_24", "CLOSED"],
      ["20210519", "SUCCESS"],
      ["2023-02-22-17-11-00", "NOTSURE"],
    ])("gets the published answer about %s, and finds it genuine", async (order, result) => {
      const { code, stdout, report } = await intercepted(["--quiet"], query(order));
      expect([code, stdout, report.published_answers]).toEqual([0, `${result}\n`, 1]);
    });

    it("refuses the simulator's own answers, and serves none where an order of that number was prepared", async () => {
      const { stdout, report } = await intercepted(["--order", "20210519=unpaid"], query("20210519"));
      expect([stdout, report.published_answers]).toEqual(["untrusted\n", 0]);
    });

    it("QRY-003: refuses a changed answer; a client that does not is found out", async () => {
      const careful = await intercepted(["--tamper"], query("k_20210520_24"));
      expect([careful.code, careful.stdout, verdictOf(careful.report, "QRY-003")]).toEqual([
        0,
        "untrusted\n",
        "pass",
      ]);
      const careless = await intercepted(
        ["--tamper"],
        call(quickest, "gateway_order_query", "k_20210520_24"),
      );
      expect([careless.code, verdictOf(careless.report, "QRY-003")]).toEqual([1, "fail"]);
      const untouched = await intercepted(["--tamper", "--order", "A-1=paid"], query("A-1"));
      expect([untouched.code, untouched.report.verdict]).toEqual([1, "unproven"]);
    });
  },
);
