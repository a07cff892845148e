import { describe, expect, it } from "vitest";
import type { ClientObject } from "../../src/adapter/in-process.js";
import { inProcess } from "../../src/adapter/in-process.js";

const call = (object: ClientObject, args: Readonly<Record<string, unknown>> = {}, deadlineMs = 5000) =>
  inProcess(object).call("cancel", args, deadlineMs);

describe("a client object of this process", () => {
  it("says by its methods what it offers", () => {
    const restart = (): ClientObject => ({});
    const whole = inProcess({ name: "shop", tls: true, sign: () => ({}), cancel: () => ({}), restart });
    expect(whole.hello).toEqual({
      protocol: 1,
      name: "shop",
      version: "0",
      language: "TypeScript",
      ops: ["sign", "cancel"],
      concurrent: true,
      tls: true,
    });
    expect(inProcess({}).hello).toMatchObject({ name: "in process", ops: [], tls: false });
  });

  it("answers as through the adapter protocol: what JSON does not hold is not there", async () => {
    const answer = { outcome: "cancelled", none: undefined, at: new Date(0) };
    expect(await call({ cancel: () => answer })).toMatchObject({
      kind: "ok",
      value: { outcome: "cancelled", at: "1970-01-01T00:00:00.000Z" },
    });
    expect(await call({ cancel: async () => undefined })).toMatchObject({ kind: "ok", value: {} });
  });

  it("may do with its arguments what it wants: they are its own", async () => {
    const flat = { mch_order_no: "A1" };
    const deep = { params: { a: "1" } };
    await call({ cancel: (args) => void Object.assign(args, { mch_order_no: "B" }) }, flat);
    await call({ cancel: (args) => void Object.assign(args.params as object, { a: "2" }) }, deep);
    expect([flat, deep]).toEqual([{ mch_order_no: "A1" }, { params: { a: "1" } }]);
  });

  it("is `this` to its methods", async () => {
    const shop = {
      answer: "paid",
      cancel() {
        return { outcome: this.answer };
      },
    };
    expect(await call(shop)).toMatchObject({ kind: "ok", value: { outcome: "paid" } });
  });

  it("fails with what it throws, whatever that is", async () => {
    const throwing = (what: unknown) =>
      call({
        cancel: () => {
          throw what;
        },
      });
    expect(await throwing(new TypeError("no key"))).toMatchObject({
      ...{ kind: "error", error: "failed", message: "no key" },
    });
    expect(await throwing("no key")).toMatchObject({ kind: "error", error: "failed", message: "no key" });
    expect(await throwing(undefined)).toMatchObject({ kind: "error", message: "undefined" });
    expect(await call({ sign: () => ({}) })).toEqual({
      ...{ kind: "error", error: "unsupported", message: "no cancel", elapsedMs: 0 },
    });
  });

  it("that does not answer in time is broken, and is not waited for", async () => {
    const never = await call({ cancel: () => new Promise(() => undefined) }, {}, 20);
    expect(never).toEqual({
      kind: "broken",
      reason: "deadline",
      message: "it did not answer cancel within 20 ms",
      elapsedMs: 20,
    });
  });

  it("begins anew after a restart where it can, and stays the same where it cannot", async () => {
    let made = 0;
    const fresh = (): ClientObject => {
      made += 1;
      const mine = made;
      return { cancel: () => ({ outcome: mine }), restart: fresh };
    };
    for (const [object, second] of [
      [fresh(), 2],
      [{ cancel: () => ({ outcome: 1 }) }, 1],
    ] as const) {
      const client = inProcess(object);
      expect(await client.call("cancel", {}, 5000)).toMatchObject({ value: { outcome: 1 } });
      await client.restart();
      expect(await client.call("cancel", {}, 5000)).toMatchObject({ value: { outcome: second } });
    }
  });
});
