import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Fault, Host } from "../../gateway/src/index.js";
import { APPID, gatewayVerifier, merchantSigner, stage } from "../../gateway/test/fixture.js";
import { hostForTest } from "../../gateway/test/host/fixture.js";
import { ACCEPTED, type Client, createClient, createWebhookHandler, randomNonce } from "../src/index.js";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const clientOf = (baseUrl: string, timeoutMs = 2_000): Client =>
  createClient({
    baseUrl,
    appid: APPID,
    signer: merchantSigner,
    verifier: gatewayVerifier,
    fetch,
    now: Date.now,
    nonce: randomNonce,
    timeoutMs,
  });

async function gateway(): Promise<{ readonly host: Host; readonly client: Client }> {
  const host = await hostForTest();
  open.push(host);
  host.served.gateway.createOrder({ appid: APPID, mch_order_no: "o" });
  return { host, client: clientOf(host.baseUrl) };
}

async function listener(handle: RequestListener): Promise<string> {
  const server: Server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("the client", () => {
  it("CXL-001 to CXL-004, RTY-002: create, cancel, query give outcomes; every call has its own nonce", async () => {
    const { host, client } = await gateway();
    const order = { mch_order_no: "new", total_fee: 2000, fee_type: "THB", channel_list: "promptpay" };
    const created = await client.create(order);
    expect([created.outcome, created.payContent?.startsWith(host.url)]).toEqual(["created", true]);
    expect((await client.cancel("new")).outcome).toBe("cancelled");
    expect((await client.cancel("new")).outcome).toBe("already_cancelled");
    expect((await client.query("new")).outcome).toBe("closed");
    host.served.gateway.customer.payByLink({ appid: APPID, mch_order_no: "o" });
    expect((await client.cancel("o")).outcome).toBe("already_paid");
    expect((await client.cancel("none")).outcome).toBe("not_found");
    const nonces = host.served.exchanges.map(({ params }) => params?.get("nonce_str"));
    expect(new Set(nonces).size).toBe(6);
    expect(nonces.every((nonce) => /^[0-9a-f]{32}$/.test(nonce ?? ""))).toBe(true);
  });

  it("SEC-003: a redirect is not followed: the signed form reaches nobody else", async () => {
    let reached = 0;
    const other = await listener((_, response) => {
      reached += 1;
      response.end('{"code":0}');
    });
    const { host, client } = await gateway();
    for (const status of [301, 302, 303, 307, 308] as const) {
      host.served.faults.add({ faults: [{ kind: "redirect", to: other, status }] });
      expect((await client.cancel("o")).outcome).toBe("unknown");
    }
    expect(reached).toBe(0);
  });

  it("SEC-004: at most 1 MiB of an answer is read, then the connection ends", async () => {
    let sent = 0;
    const url = await listener((_, response) => {
      const push = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20))) sent += 65_536;
        sent += 65_536;
      };
      response.on("drain", push);
      push();
    });
    const { outcome, because } = await clientOf(url).cancel("o");
    expect([outcome, because?.code, because?.requirement]).toEqual([
      "unknown",
      "answer_too_large",
      "SEC-004",
    ]);
    expect(sent).toBeLessThan(50_000_000);
  });

  it.each<[string, Fault, string]>([
    ["RSP-008", { kind: "drop_after_commit", how: "hang" }, "timeout"],
    ["RSP-008", { kind: "trickle", bytesPerTick: 1, tickMs: 50 }, "timeout"],
    ["RSP-009", { kind: "reset_mid_body" }, "connection"],
    ["RSP-009", { kind: "close_mid_body" }, "connection"],
    ["RSP-006", { kind: "status", status: 500, body: "valid" }, "http_status"],
    ["RSP-003", { kind: "code", as: "undocumented" }, "undocumented_code"],
  ])("%s: %j is unknown because of %s", async (requirement, fault, code) => {
    const { host } = await gateway();
    host.served.faults.add({ faults: [fault] });
    const { outcome, because } = await clientOf(host.baseUrl, 300).cancel("o");
    expect({ outcome, code: because?.code, requirement: because?.requirement }).toEqual({
      outcome: "unknown",
      code,
      requirement,
    });
  });

  it("a signal ends a call, before or while it runs; the outcome is unknown and nothing is thrown", async () => {
    const { host, client } = await gateway();
    const gone = AbortSignal.abort();
    expect((await client.cancel("o", { signal: gone })).because?.code).toBe("aborted");
    expect(host.served.exchanges).toHaveLength(0);
    host.served.faults.add({ faults: [{ kind: "drop_after_commit", how: "hang" }] });
    const soon = new AbortController();
    setTimeout(() => soon.abort(), 50);
    expect((await client.cancel("o", { signal: soon.signal })).because?.code).toBe("aborted");
  });
});

describe("cancelAndConfirm", () => {
  const pause = async (): Promise<void> => {};

  it("RTY-001, RTY-003: a cancel whose answer was lost is found to be done by the signed query", async () => {
    const { host, client } = await gateway();
    host.served.faults.add({ endpoint: "/cancel_order", faults: [{ kind: "drop_after_commit" }] });
    const { truth, cancels, queries } = await client.cancelAndConfirm("o", { pause });
    expect([truth, cancels.map((one) => one.outcome), queries.map((one) => one.outcome)]).toEqual([
      "closed",
      ["unknown"],
      ["closed"],
    ]);
  });

  it("RTY-002: a cancel that was lost on its way is sent again, as a new request", async () => {
    const { host, client } = await gateway();
    host.served.faults.add({ endpoint: "/cancel_order", faults: [{ kind: "drop_before_commit" }] });
    const { truth, cancels } = await client.cancelAndConfirm("o", { pause });
    expect([truth, cancels.map((one) => one.outcome)]).toEqual(["closed", ["unknown", "cancelled"]]);
  });

  it("CXL-005: a card payment in progress leaves the order open, and is not cancelled again and again", async () => {
    const { host, client } = await gateway();
    host.served.gateway.customer.startCard({ appid: APPID, mch_order_no: "o" }, "card");
    const { truth, cancels } = await client.cancelAndConfirm("o", { pause });
    expect([truth, cancels.map((one) => one.outcome)]).toEqual(["open", ["failed"]]);
  });

  it("says unknown after its attempts, and refused at once", async () => {
    const { host, client } = await gateway();
    host.served.faults.add({ times: 0, faults: [{ kind: "drop_before_commit" }] });
    const lost = await client.cancelAndConfirm("o", { pause, attempts: 2 });
    expect([lost.truth, lost.cancels.length, lost.queries.length]).toEqual(["unknown", 2, 2]);
    host.served.faults.clear();
    const bad = createClient({
      baseUrl: host.baseUrl,
      appid: "mch1",
      signer: merchantSigner,
      verifier: gatewayVerifier,
      fetch,
      now: Date.now,
      nonce: randomNonce,
    });
    expect((await bad.cancelAndConfirm("o", { pause })).truth).toBe("refused");
  });
});

describe("the webhook handler", () => {
  const body = (): string => {
    const { gateway } = stage();
    const ref = { appid: APPID, mch_order_no: "hook" };
    gateway.createOrder(ref, { mch_notify_url: "http://127.0.0.1:9/" });
    gateway.customer.payByLink(ref);
    return gateway.webhooks[0]?.body ?? "";
  };

  it("WHK-002, WHK-004: the same webhook twice, even at once, is accepted twice and counted once", async () => {
    const paid: string[] = [];
    const handle = createWebhookHandler({
      verifier: gatewayVerifier,
      appid: APPID,
      onPaid: async ({ mch_order_no, total_fee }) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        paid.push(`${mch_order_no} ${total_fee}`);
      },
    });
    const text = body();
    const both = await Promise.all([handle(text), handle(new TextEncoder().encode(text))]);
    expect(both.map(({ outcome, reply, repeated }) => [outcome, reply, repeated])).toEqual([
      ["paid", ACCEPTED, false],
      ["paid", ACCEPTED, true],
    ]);
    expect(paid).toEqual(["hook 2000"]);
  });

  it("WHK-001, WHK-002: changed, about another merchant, or not taken down: not accepted", async () => {
    const handle = createWebhookHandler({ verifier: gatewayVerifier });
    const changed = await handle(body().replace('"total_fee":2000', '"total_fee":1'));
    expect([changed.outcome, changed.reply === ACCEPTED]).toEqual(["untrusted", false]);
    const other = await createWebhookHandler({ verifier: gatewayVerifier, appid: "mch1" })(body());
    expect(other.outcome).toBe("untrusted");
    let broken = true;
    const shop = createWebhookHandler({
      verifier: gatewayVerifier,
      onPaid: () => {
        if (broken) throw new Error("the database is away");
      },
    });
    const text = body();
    expect((await shop(text)).reply).not.toBe(ACCEPTED);
    broken = false;
    expect(await shop(text)).toMatchObject({ reply: ACCEPTED, repeated: false });
  });
});
