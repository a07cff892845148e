import { connect, type Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULT_KINDS, type Fault, type Host } from "../../src/index.js";
import { APPID, signedForm } from "../fixture.js";
import { hostForTest } from "../host/fixture.js";

/** What a raw socket saw: the bytes, and how the connection ended. */
interface Seen {
  readonly bytes: Buffer;
  readonly total: number;
  readonly chunks: number;
  readonly end: "closed" | "reset" | "silence";
}

let host: Host;
let count = 0;
beforeAll(async () => {
  host = await hostForTest();
});
afterAll(() => host?.close());

const order = (): string => {
  count += 1;
  const mch_order_no = `wire-${count}`;
  host.served.gateway.createOrder({ appid: APPID, mch_order_no });
  return mch_order_no;
};
const effective = (mch_order_no: string): number =>
  host.served.gateway.ledger.filter(
    (event) => event.event === "cancel_order" && event.code === 0 && event.ref?.mch_order_no === mch_order_no,
  ).length;

/** Sends a signed cancel or query over a plain socket and reads whatever comes, keeping the first 64 KiB. */
function raw(endpoint: string, mch_order_no: string, head = ""): Promise<Seen> {
  const form = signedForm({ mch_order_no });
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let total = 0;
    let chunks = 0;
    const socket: Socket = connect(host.port, "127.0.0.1", () => {
      socket.write(
        `POST /api${endpoint} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${head}content-type: application/x-www-form-urlencoded\r\ncontent-length: ${form.length}\r\n\r\n${form}`,
      );
    });
    const done = (end: Seen["end"]): void => {
      socket.destroy();
      resolve({ bytes: Buffer.concat(kept), total, chunks, end });
    };
    socket.on("data", (chunk) => {
      if (total < 65_536) kept.push(chunk);
      total += chunk.length;
      chunks += 1;
    });
    socket.on("end", () => done("closed"));
    socket.on("error", () => done("reset"));
    socket.setTimeout(400, () => done("silence"));
  });
}

function struck(fault: Fault, mch_order_no: string, endpoint = "/cancel_order", head = ""): Promise<Seen> {
  host.served.faults.add({ mch_order_no, faults: [fault] });
  return raw(endpoint, mch_order_no, head);
}

const bodyOf = ({ bytes }: Seen): Buffer => bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
const statusOf = ({ bytes }: Seen): string => bytes.toString("latin1").split("\r\n")[0] ?? "";

describe("faults on the wire, seen by a raw socket", () => {
  it.each([
    ["drop_before_commit", "close", "closed", 0],
    ["drop_before_commit", "reset", "reset", 0],
    ["drop_before_commit", "hang", "silence", 0],
    ["drop_after_commit", "close", "closed", 1],
    ["drop_after_commit", "reset", "reset", 1],
    ["drop_after_commit", "hang", "silence", 1],
  ] as const)(
    "%s/%s: no byte comes, the connection is %s, %i cancel took effect",
    async (kind, how, end, cancels) => {
      const number = order();
      const seen = await struck({ kind, how }, number);
      expect({ bytes: seen.total, end: seen.end, cancels: effective(number) }).toEqual({
        bytes: 0,
        end,
        cancels,
      });
    },
  );

  it("reset_mid_body and close_mid_body: part of the announced body, then the end; the cancel took effect", async () => {
    for (const [kind, end] of [
      ["reset_mid_body", "reset"],
      ["close_mid_body", "closed"],
    ] as const) {
      const number = order();
      const seen = await struck({ kind, at: 7 }, number);
      const announced = Number(/content-length: (\d+)/i.exec(seen.bytes.toString("latin1"))?.[1]);
      expect({
        end: seen.end,
        body: bodyOf(seen).length,
        more: announced > 7,
        cancels: effective(number),
      }).toEqual({
        end,
        body: 7,
        more: true,
        cancels: 1,
      });
    }
  });

  it("chunks: every byte in a chunk of its own, UTF-8 characters split, the same body", async () => {
    const seen = await struck({ kind: "chunks", sizes: [1] }, order());
    const sizes = [
      ...bodyOf(seen)
        .toString("latin1")
        .matchAll(/([0-9a-f]+)\r\n/g),
    ].map(([, size]) => size);
    expect(seen.bytes.toString("latin1")).toContain("Transfer-Encoding: chunked");
    expect(sizes.filter((size) => size === "1").length).toBeGreaterThan(40);
  });

  it("trickle: the body comes in pieces", async () => {
    const seen = await struck({ kind: "trickle", bytesPerTick: 8, tickMs: 4 }, order());
    expect(seen.chunks).toBeGreaterThan(4);
    expect(JSON.parse(bodyOf(seen).toString("utf8")).code).toBe(0);
  });

  it("gzip: compressed for clients that offer to take it, untouched for others, always where unasked", async () => {
    const asked = await struck({ kind: "gzip" }, order(), "/cancel_order", "accept-encoding: gzip\r\n");
    expect(JSON.parse(gunzipSync(bodyOf(asked)).toString("utf8")).code).toBe(0);
    expect(JSON.parse(bodyOf(await struck({ kind: "gzip" }, order())).toString("utf8")).code).toBe(0);
    const unasked = await struck({ kind: "gzip", unasked: true }, order());
    expect(unasked.bytes.toString("latin1")).toContain("content-encoding: gzip");
    expect(JSON.parse(gunzipSync(bodyOf(unasked)).toString("utf8")).code).toBe(0);
  });

  it.each(["blanks", "message"] as const)(
    "huge/%s: 100 MB arrive, and the gateway holds none of it in memory",
    async (pad) => {
      const before = process.memoryUsage().arrayBuffers;
      const seen = await struck({ kind: "huge", bytes: 100_000_000, pad }, order());
      const head = seen.bytes.indexOf("\r\n\r\n") + 4;
      expect(seen.total - head).toBe(100_000_000);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
    },
  );

  it("huge/message is JSON to its last byte", async () => {
    const seen = await struck({ kind: "huge", bytes: 20_000, pad: "message" }, order());
    expect(JSON.parse(bodyOf(seen).toString("utf8"))).toMatchObject({
      code: 0,
      trace: expect.stringMatching(/^x+$/),
    });
  });

  it("status, redirect, empty, truncate, content_type: the head and the body say so", async () => {
    const said = async (fault: Fault) => {
      const seen = await struck(fault, order());
      return {
        status: statusOf(seen).slice(9, 12),
        body: bodyOf(seen).toString("utf8"),
        head: seen.bytes.toString("latin1"),
      };
    };
    expect(await said({ kind: "status", status: 502, body: "html" })).toMatchObject({
      status: "502",
      body: expect.stringContaining("<html>"),
    });
    expect(JSON.parse((await said({ kind: "status", status: 503, body: "valid" })).body).code).toBe(0);
    expect(await said({ kind: "status", status: 404, body: "empty" })).toMatchObject({
      status: "404",
      body: "",
    });
    const to = "http://127.0.0.1:9/elsewhere";
    const moved = await said({ kind: "redirect", to });
    expect([moved.status, moved.head.includes(`location: ${to}`)]).toEqual(["307", true]);
    expect(await said({ kind: "empty" })).toMatchObject({ status: "200", body: "" });
    expect((await said({ kind: "truncate", at: 5 })).body).toBe('{"cod');
    expect((await said({ kind: "content_type", value: null })).head).not.toMatch(/content-type/i);
    expect((await said({ kind: "content_type", value: "text/html" })).head).toContain(
      "content-type: text/html",
    );
  });

  it("delay before the commit: nothing is done until it is over", async () => {
    const number = order();
    const answered = struck({ kind: "delay", ms: 150, point: "before_commit" }, number);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(effective(number)).toBe(0);
    await answered;
    expect(effective(number)).toBe(1);
  });

  it("stale: the first answer to the same call comes again, though the order has moved on", async () => {
    const number = order();
    const first = bodyOf(await raw("/gateway_order_query", number)).toString("utf8");
    await raw("/cancel_order", number);
    const again = await struck({ kind: "stale" }, number, "/gateway_order_query");
    expect(bodyOf(again).toString("utf8")).toBe(first);
  });

  // The messages of a success are those that a query has anyway.
  const inBody = FAULT_KINDS.filter(({ id }) => id !== "messages/of_success").filter(({ kind }) =>
    [
      "not_json",
      "code",
      "messages",
      "extra_members",
      "duplicate_member",
      "proto",
      "signature",
      "edit_data",
    ].includes(kind),
  );
  it.each(inBody)("$id changes the query's body on the wire", async ({ example }) => {
    const number = order();
    const plain = bodyOf(await raw("/gateway_order_query", number)).toString("latin1");
    const seen = await struck(example, number, "/gateway_order_query");
    expect(bodyOf(seen).toString("latin1")).not.toBe(plain);
    expect(statusOf(seen)).toBe("HTTP/1.1 200 OK");
  });
});
