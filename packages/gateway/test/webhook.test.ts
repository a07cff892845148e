import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { isAcceptance, RETRY_WAITS, WEBHOOK_TYPE, webhookCourier } from "../src/index.js";
import { APPID, stage } from "./fixture.js";

const REF = { appid: APPID, mch_order_no: "hook-1" };
const URL_HERE = "http://127.0.0.1:9/notify";
const OK = { status: 200, body: '{"result":"SUCCESS","msg":"OK"}' };

describe("webhooks", () => {
  it("WHK-002: twelve retries after 1s 2s 2s 10s 30s 1min 10min 1h 3h 5h 8h 12h on the virtual clock, then no more", async () => {
    const { gateway, clock } = stage();
    gateway.createOrder(REF, { mch_notify_url: URL_HERE });
    gateway.customer.payByLink(REF);
    const start = clock.now();
    const at: number[] = [];
    const refuse = async () => ({ status: 200, body: "ok" });
    for (let attempt = 0; attempt <= RETRY_WAITS.length; attempt += 1) {
      const due = gateway.webhooks[0]?.at ?? Number.NaN;
      if (due > clock.now()) {
        clock.advance(due - clock.now() - 1);
        expect(await gateway.deliverWebhooks(refuse)).toBe(0);
        clock.advance(1);
      }
      expect(await gateway.deliverWebhooks(refuse)).toBe(1);
      at.push((clock.now() - start) / 1000);
    }
    // Seconds since the payment: 1 s, then 2 s more, and so on; the last after 29.2 hours.
    const moments = [0, 1, 3, 5, 15, 45, 105, 705, 4_305, 15_105, 33_105, 61_905, 105_105];
    expect(at).toEqual(moments);
    clock.advance(10 * 86_400_000);
    expect(await gateway.deliverWebhooks(refuse)).toBe(0);
    expect(gateway.ledger.filter(({ kind, ok }) => kind === "webhook" && !ok)).toHaveLength(13);
  });

  it("an accepted webhook is not sent again; an unanswered one is", async () => {
    const { gateway, clock } = stage();
    gateway.createOrder(REF, { mch_notify_url: URL_HERE });
    gateway.customer.payByLink(REF);
    expect(await gateway.deliverWebhooks(async () => null)).toBe(1);
    clock.advance(1_000);
    expect(await gateway.deliverWebhooks(async () => OK)).toBe(1);
    clock.advance(86_400_000);
    expect(await gateway.deliverWebhooks(async () => OK)).toBe(0);
  });

  it("WHK-003: a late payment has its webhook unless the setting says otherwise; a cancel and an expiry have none", async () => {
    for (const latePaymentWebhook of [true, false]) {
      const { gateway } = stage({ latePaymentWebhook });
      gateway.createOrder(REF, { mch_notify_url: URL_HERE });
      gateway.customer.saveQr(REF);
      gateway.expire(REF);
      expect(gateway.webhooks).toHaveLength(0);
      gateway.customer.payByQr(REF);
      expect(gateway.webhooks).toHaveLength(latePaymentWebhook ? 1 : 0);
    }
  });

  it.each([
    ['{"result": "SUCCESS", "msg": "OK"}', true],
    ['{"result":"FAIL"}', false],
    ["SUCCESS", false],
    ["null", false],
    ["", false],
  ])("%s is an acceptance: %s", (body, accepted) => {
    expect(isAcceptance(body)).toBe(accepted);
  });

  it("the courier posts text/plain to this machine, follows no redirect, and goes nowhere else", async () => {
    const got: string[] = [];
    const shop = createServer((request, response) => {
      request.setEncoding("utf8");
      request.on("data", (chunk) => got.push(String(request.headers["content-type"]), chunk));
      request.on("end", () =>
        response.writeHead(request.url === "/moved" ? 302 : 200, { location: "/ok" }).end(OK.body),
      );
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const { port } = shop.address() as AddressInfo;
    const send = webhookCourier({ anywhere: false });
    const to = (url: string) => send({ ref: REF, url, body: "{}", at: 0, attempt: 1 });
    expect(await to(`http://127.0.0.1:${port}/ok`)).toEqual(OK);
    expect(got).toEqual([WEBHOOK_TYPE, "{}"]);
    expect((await to(`http://localhost.:${port}/moved`))?.status ?? 302).toBe(302);
    expect(got.length).toBeLessThanOrEqual(4);
    expect(await to("http://shop.example/notify")).toMatchObject({
      status: 0,
      body: expect.stringContaining("--allow-remote"),
    });
    expect(await to("notify")).toMatchObject({ status: 0 });
    await new Promise((resolve) => shop.close(resolve));
    expect(await to(`http://127.0.0.1:${port}/ok`)).toBeNull();
  });
});
