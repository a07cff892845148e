import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import {
  type Arrival,
  createAuthority,
  type ProxySight,
  type RunningProxy,
  startProxy,
} from "../src/index.js";

const HOSTS = ["gateway.ksher.com"];
const authority = createAuthority(Date.now());

interface Started {
  readonly proxy: RunningProxy;
  readonly arrivals: (Arrival & { readonly url: string; readonly body: string; readonly version: string })[];
  readonly sights: ProxySight[];
}

const running: RunningProxy[] = [];

async function started(): Promise<Started> {
  const arrivals: Started["arrivals"] = [];
  const sights: ProxySight[] = [];
  const proxy = await startProxy({
    hosts: HOSTS,
    authority,
    see: (sight) => sights.push(sight),
    answer(request, response, arrival) {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      request.on("end", () => {
        arrivals.push({ ...arrival, url: request.url ?? "", body, version: request.httpVersion });
        response.end("answer");
      });
    },
  });
  running.push(proxy);
  return { proxy, arrivals, sights };
}

afterEach(async () => {
  for (const proxy of running.splice(0)) await proxy.close();
});

/** Sends text over a socket and gives all that comes back until it closes. */
async function spoken(socket: Socket, text: string | Buffer): Promise<string> {
  let back = "";
  socket.setEncoding("utf8").on("data", (more: string) => {
    back += more;
  });
  socket.on("error", () => {});
  socket.write(text);
  await once(socket, "close");
  return back;
}

/** Waits for one piece. */
const piece = async (socket: Socket): Promise<Buffer> => (await once(socket, "data"))[0] as Buffer;

const CLOSE = "Connection: close\r\n";
const post = (target: string, more = ""): string =>
  `POST ${target} HTTP/1.1\r\nHost: gateway.ksher.com\r\n${more}Content-Length: 3\r\n${CLOSE}\r\na=b`;

async function tunnel(port: number, authorityForm: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`CONNECT ${authorityForm} HTTP/1.1\r\nHost: ${authorityForm}\r\n\r\n`);
  const head = await piece(socket);
  expect(head.toString()).toContain(" 200 ");
  return socket;
}

const overTls = async (socket: Socket, servername = "gateway.ksher.com"): Promise<TLSSocket> => {
  const tls = connectTls({ socket, servername, ca: authority.cert, ALPNProtocols: ["h2", "http/1.1"] });
  await once(tls, "secureConnect");
  return tls;
};

describe("the proxy", () => {
  it("takes CONNECT, shows a certificate of its authority, and keeps the connection", async () => {
    const { proxy, arrivals, sights } = await started();
    const tls = await overTls(await tunnel(proxy.port, "gateway.ksher.com:443"));
    expect(tls.alpnProtocol).toBe("http/1.1");
    tls.write("POST /api/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b");
    expect((await piece(tls)).toString()).toContain("answer");
    expect(await spoken(tls, post("/api/b"))).toContain("answer");
    expect(arrivals.map(({ url, via, scheme, connection }) => [url, via, scheme, connection])).toEqual([
      ["/api/a", "tunnel", "https", 1],
      ["/api/b", "tunnel", "https", 1],
    ]);
    expect(sights).toEqual([{ kind: "handshake", host: "gateway.ksher.com", version: "TLSv1.3" }]);
  });

  it.each(["http", "https"] as const)("takes absolute-form requests for %s addresses", async (scheme) => {
    const { proxy, arrivals } = await started();
    const back = await spoken(
      connect(proxy.port, "127.0.0.1"),
      post(`${scheme}://gateway.ksher.com/api/x?y=1`),
    );
    expect(back).toContain("answer");
    expect(arrivals[0]).toMatchObject({
      url: "/api/x?y=1",
      via: "absolute_form",
      scheme,
      host: "gateway.ksher.com",
    });
  });

  it("takes HTTP/1.0, chunked bodies, and tells a client that waits to go on", async () => {
    const { proxy, arrivals } = await started();
    const old = "POST /api/x HTTP/1.0\r\nHost: gateway.ksher.com\r\nContent-Length: 3\r\n\r\na=b";
    expect(await spoken(connect(proxy.port, "127.0.0.1"), old)).toContain("answer");
    const chunked = `POST /api/x HTTP/1.1\r\nHost: gateway.ksher.com\r\nTransfer-Encoding: chunked\r\n${CLOSE}\r\n2\r\na=\r\n1\r\nb\r\n0\r\n\r\n`;
    expect(await spoken(connect(proxy.port, "127.0.0.1"), chunked)).toContain("answer");
    const waiting = connect(proxy.port, "127.0.0.1");
    waiting.write(post("/api/x", "Expect: 100-continue\r\n").replace("a=b", ""));
    expect((await piece(waiting)).toString()).toContain("100 Continue");
    expect(await spoken(waiting, "a=b")).toContain("answer");
    expect(arrivals.map(({ version, body }) => [version, body])).toEqual([
      ["1.0", "a=b"],
      ["1.1", "a=b"],
      ["1.1", "a=b"],
    ]);
  });

  it("takes TLS and plain HTTP as the gateway itself would", async () => {
    const { proxy, arrivals } = await started();
    const tls = await overTls(connect(proxy.port, "127.0.0.1"));
    expect(await spoken(tls, post("/api/x"))).toContain("answer");
    const plain = await tunnel(proxy.port, "gateway.ksher.com:80");
    expect(await spoken(plain, post("/api/x"))).toContain("answer");
    expect(arrivals.map(({ via, scheme }) => [via, scheme])).toEqual([
      ["direct", "https"],
      ["tunnel", "http"],
    ]);
  });

  it("takes SOCKS 5 with names and addresses", async () => {
    const { proxy, arrivals } = await started();
    const socks = async (address: Buffer): Promise<Socket> => {
      const socket = connect(proxy.port, "127.0.0.1");
      socket.write(Buffer.from([5, 1, 0]));
      expect([...(await piece(socket))]).toEqual([5, 0]);
      socket.write(Buffer.concat([Buffer.from([5, 1, 0]), address, Buffer.from([0x01, 0xbb])]));
      expect((await piece(socket))[1]).toBe(0);
      return socket;
    };
    const name = Buffer.from("gateway.ksher.com");
    const byName = await overTls(await socks(Buffer.concat([Buffer.from([3, name.length]), name])));
    expect(await spoken(byName, post("/api/x"))).toContain("answer");
    const byAddress = await overTls(await socks(Buffer.from([1, 127, 0, 0, 1])));
    expect(await spoken(byAddress, post("/api/x"))).toContain("answer");
    expect(arrivals).toHaveLength(2);
  });

  it("refuses every other host, however it is asked for, and says which", async () => {
    const { proxy, sights, arrivals } = await started();
    const at = () => connect(proxy.port, "127.0.0.1");
    expect(await spoken(at(), "CONNECT example.com:443 HTTP/1.1\r\n\r\n")).toContain("403");
    expect(await spoken(at(), post("http://example.com/x"))).toContain("403");
    expect(await spoken(at(), post("/x").replace("gateway.ksher.com", "example.com"))).toContain("403");
    const tls = connectTls({
      host: "127.0.0.1",
      port: proxy.port,
      servername: "example.com",
      ca: authority.cert,
    });
    tls.on("error", () => {});
    await new Promise((closed) => tls.once("close", closed));
    const name = Buffer.from("example.com");
    const socks = at();
    socks.write(Buffer.from([5, 1, 0]));
    await piece(socks);
    socks.write(Buffer.concat([Buffer.from([5, 1, 0, 3, name.length]), name, Buffer.from([0x01, 0xbb])]));
    expect((await piece(socks))[1]).toBe(2);
    expect(arrivals).toEqual([]);
    expect(sights.map((sight) => (sight.kind === "refused_host" ? sight.host : sight.kind))).toEqual(
      Array(5).fill("example.com"),
    );
  });

  it("leaves this machine's own services alone", async () => {
    const own = createServer((_, response) => response.end("own")).listen(0, "127.0.0.1");
    await once(own, "listening");
    const { port } = own.address() as AddressInfo;
    const { proxy } = await started();
    const back = await new Promise<string>((resolve) => {
      httpRequest(
        { port: proxy.port, host: "127.0.0.1", path: `http://127.0.0.1:${port}/x`, agent: false },
        (answer) => answer.setEncoding("utf8").on("data", resolve),
      ).end();
    });
    expect(back).toBe("own");
    expect(await spoken(await tunnel(proxy.port, `127.0.0.1:${port}`), post("/x"))).toContain("own");
    own.close();
  });

  it("says what is not HTTP, and lives on", async () => {
    const { proxy, sights } = await started();
    expect(await spoken(connect(proxy.port, "127.0.0.1"), "nonsense\r\n\r\n")).toContain("400");
    expect(sights[0]?.kind).toBe("not_http");
    expect(await spoken(connect(proxy.port, "127.0.0.1"), post("/api/x"))).toContain("answer");
  });
});
