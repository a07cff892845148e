import { createPrivateKey, sign } from "node:crypto";
import { canonicalText, encodeForm, encodeUtf8 } from "@ksherproof/core";
import { expect, it } from "vitest";
import { inProcess, runChecks } from "../src/index.js";

let calls = 0;

/** Creates orders as it should, but writes amounts as floating-point numbers are printed: 9.99999999e+8. */
async function create(args: Readonly<Record<string, unknown>>): Promise<unknown> {
  const text = (name: string): string => String(args[name] ?? "");
  calls += 1;
  const params = new Map([
    ...["appid", "mch_order_no", "fee_type", "channel_list"].map((name) => [name, text(name)] as const),
    ["total_fee", Number(args.total_fee) < 1e8 ? text("total_fee") : Number(args.total_fee).toExponential()],
    ["nonce_str", `${calls}`.padStart(32, "0")],
    ["time_stamp", "20261124112030"],
  ]);
  const message = encodeUtf8(canonicalText(params));
  const signed = sign("RSA-MD5", message, createPrivateKey(text("private_key"))).toString("hex");
  const answer = await fetch(`${text("base_url")}/gateway_pay`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: encodeForm(new Map([...params, ["sign", signed]])),
  });
  return { response: await answer.json() };
}

it("REQ-006 an amount that was written otherwise than it was given is what went wrong, by name", async () => {
  const { requirements } = await runChecks(inProcess({ create }), { only: ["REQ-006"], runs: 1 });
  const [verdict] = requirements;
  expect(verdict).toMatchObject({ verdict: "fail", requirement: { id: "REQ-006" } });
  expect(verdict?.failure?.detail).toBe('Expected total_fee "999999999", found "9.99999999e+8".');
});
