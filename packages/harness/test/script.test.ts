import { createGateway, VirtualClock } from "@ksherproof/gateway";
import { describe, expect, it } from "vitest";
import { Script } from "../src/script.js";
import { newStageKey } from "../src/stage-keys.js";

const key = newStageKey(512);
const appid = "mch35000";
const [order, none] = ["A1", "NONE"].map((mch_order_no) => ({ appid, mch_order_no }));

function scene() {
  const gateway = createGateway({
    merchants: [{ appid, verifier: key.verifier }],
    signer: key.signer,
    clock: new VirtualClock(),
    seed: 1,
  });
  gateway.createOrder(order!);
  const script = new Script({});
  return { script, gateway: script.watched(gateway), plain: gateway };
}

describe("what was done in a scene, so that it can be done again", () => {
  it("holds what customers did, and nothing that the order did not admit", () => {
    const { script, gateway, plain } = scene();
    expect(gateway.customer.saveQr(order!).ok).toBe(true);
    expect(gateway.customer.payByQr(none!).ok).toBe(false);
    expect(gateway.expire(order!).ok).toBe(true);
    expect(gateway.expire(none!).ok).toBe(false);
    expect(script.soFar).toEqual([
      { do: "customer", act: "saveQr", mch_order_no: "A1" },
      { do: "expire", mch_order_no: "A1" },
    ]);
    // What the harness itself asks of the gateway is not written down.
    plain.customer.payByQr(order!);
    expect(script.soFar).toHaveLength(2);
  });

  it("tells calls that ran at once from calls that came one after another", () => {
    const { script } = scene();
    const first = script.call("cancel", "A1", {});
    script.call("query", "A1", { lang: "en" })();
    first();
    script.call("cancel", "A1", {})();
    expect(script.soFar).toEqual([
      { do: "call", op: "cancel", mch_order_no: "A1", fields: {} },
      { do: "call", op: "query", mch_order_no: "A1", fields: { lang: "en" }, at_once: true },
      { do: "call", op: "cancel", mch_order_no: "A1", fields: {} },
    ]);
  });

  it("knows what happened while the gateway acted on a call, even where that went wrong", () => {
    const { script, gateway } = scene();
    script.meanwhile("/cancel_order", "after", () => gateway.customer.payByLink(order!));
    expect(() =>
      script.meanwhile("/cancel_order", "before", () => {
        throw new RangeError("x");
      }),
    ).toThrow("x");
    gateway.customer.refund(order!);
    const during = { endpoint: "/cancel_order", when: "after" };
    expect(script.soFar).toEqual([
      { do: "customer", act: "payByLink", mch_order_no: "A1", during },
      { do: "customer", act: "refund", mch_order_no: "A1" },
    ]);
  });

  it("that was handed out stays as it was", () => {
    const { script } = scene();
    const before = script.soFar;
    script.add({ do: "restart" });
    expect([before, script.soFar]).toEqual([[], [{ do: "restart" }]]);
  });
});
