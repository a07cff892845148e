import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONTROL_ROUTES, type Host } from "../../src/index.js";
import { callOver, control, hostForTest } from "./fixture.js";

let host: Host;
beforeAll(async () => {
  host = await hostForTest();
});
afterAll(() => host?.close());

/** A request with headers that `fetch` does not let one set. */
const status = (path: string, headers: Record<string, string>, method = "GET"): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(`${host.url}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });

describe("the control API", () => {
  it("CXL-005: an order's life is led by it, and refusals are told with 409 and why", async () => {
    expect(
      (await control(host, "POST", "/orders", { mch_order_no: "c-1", channel_list: ["card"] })).status,
    ).toBe(201);
    const act = (name: string) => control(host, "POST", `/orders/c-1/${name}`);
    expect((await act("start_card")).status).toBe(200);
    expect((await callOver(host, "cancel_order", { mch_order_no: "c-1" })).code).toBe(-6);
    expect(await act("start_card")).toMatchObject({
      status: 409,
      value: { ok: false, why: "a card payment is in progress" },
    });
    expect((await act("pass_otp")).value).toMatchObject({
      order: { state: "paid", query_result: "SUCCESS", cancel_code: -4 },
    });
    expect((await act("refund")).value).toMatchObject({ order: { state: "refunded" } });
  });

  it("the clock is put forward, and links expire on the way", async () => {
    await control(host, "POST", "/orders", { mch_order_no: "c-2", expire_time: 30 });
    const before = (await control<{ now: number }>(host, "GET", "/clock")).value.now;
    const { value } = await control<{ now: number }>(host, "POST", "/clock", { advance: "31 min" });
    expect(value.now - before).toBe(31 * 60_000);
    expect((await control(host, "GET", "/orders/c-2")).value).toMatchObject({
      state: "expired",
      linkOpen: false,
    });
    const events = (await control<{ event: string; at: number }[]>(host, "GET", "/ledger")).value;
    expect(events.findLast(({ event }) => event === "expired")?.at).toBe(before + 30 * 60_000);
  });

  it("settings, faults, exchanges and state are read and changed", async () => {
    await control(host, "POST", "/settings", { unpaidResult: "NOTSURE" });
    await control(host, "POST", "/orders", { mch_order_no: "c-3" });
    expect((await callOver(host, "gateway_order_query", { mch_order_no: "c-3" })).data.result).toBe(
      "NOTSURE",
    );
    const rule = {
      endpoint: "/cancel_order",
      nth: 2,
      faults: [{ kind: "code", as: "undocumented", value: 9 }],
    };
    expect(await control(host, "POST", "/faults", rule)).toMatchObject({ status: 201, value: [rule] });
    const codes: number[] = [];
    for (let call = 0; call < 3; call += 1)
      codes.push((await callOver(host, "cancel_order", { mch_order_no: "c-3" })).code);
    expect(codes).toEqual([0, 9, -5]);
    const last = (await control<Record<string, unknown>[]>(host, "GET", "/exchanges")).value.at(-2);
    expect(last).toMatchObject({
      signature: "valid",
      committed: true,
      ending: "complete",
      faults: rule.faults,
    });
    const { value: saved } = await control(host, "GET", "/state");
    const other = await hostForTest();
    expect((await control(other, "PUT", "/state", saved)).status).toBe(200);
    expect((await control(other, "GET", "/orders/c-3")).value).toMatchObject({ state: "cancelled" });
    expect((await control(other, "GET", "/faults")).value).toEqual([rule]);
    expect((await control<{ now: number }>(other, "GET", "/clock")).value.now).toBe(host.clock.now());
    await other.close();
    expect((await control(host, "DELETE", "/faults")).value).toEqual([]);
  });

  it.each([
    ["GET", "/nowhere", undefined, 404, "no_route"],
    ["PUT", "/orders", {}, 405, "method"],
    ["GET", "/orders/none", undefined, 404, "not_found"],
    ["POST", "/orders", {}, 400, "data_shape"],
    ["POST", "/orders", { mch_order_no: "c-9", appid: "mch404" }, 400, "appid_unknown"],
    ["POST", "/settings", { nothing: 1 }, 400, "setting_unknown"],
    ["POST", "/clock", { advance: -5 }, 400, "data_shape"],
    ["POST", "/faults", { faults: [] }, 400, "data_shape"],
    ["POST", "/faults", { faults: [{ kind: "tls", certificate: "expired" }] }, 400, "fault_needs_tls"],
    [
      "POST",
      "/faults",
      { endpoint: "/cancel_order", faults: [{ kind: "tls", certificate: "expired" }] },
      400,
      "fault_before_call",
    ],
    ["PUT", "/state", { now: 1, faults: [], world: {} }, 400, "snapshot_format"],
  ] as const)("%s %s with %j is refused with %i and %s", async (method, path, body, code, error) => {
    const answer = await control(host, method, path, body);
    expect(answer).toMatchObject({ status: code, value: { error: { code: error } } });
  });

  it("a page of another origin, and a name that leads here, may not act", async () => {
    const form = { "content-type": "application/json" };
    expect(await status("/control/faults", { ...form, origin: "http://evil.example" }, "DELETE")).toBe(403);
    expect(await status("/control", { host: "evil.example" })).toBe(403);
    expect(await status("/control/faults", { ...form, origin: host.url }, "DELETE")).toBe(200);
    expect(await status("/pay/act", { origin: "null" }, "POST")).toBe(403);
  });

  it("the stream says hello, then tells each event with its order as it is afterwards", async () => {
    const answer = await fetch(`${host.control}/events`);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (words: string): Promise<void> => {
      while (!text.includes(words)) text += (await reader?.read())?.value ?? "";
    };
    await until("event: hello");
    text = "";
    await control(host, "POST", "/orders", { mch_order_no: "c-4" });
    await callOver(host, "cancel_order", { mch_order_no: "c-4" });
    await until('"ending":"complete"');
    expect(text).toMatch(/event: ledger\ndata: .*"event":"cancel_order".*"state":"cancelled"/);
    await reader?.cancel();
  });

  it("every route says what it does, and none stands twice", () => {
    const names = CONTROL_ROUTES.map(({ method, pattern }) => `${method} ${pattern}`);
    expect(new Set(names).size).toBe(names.length);
    expect(CONTROL_ROUTES.filter(({ says }) => says.length < 10)).toEqual([]);
  });
});
