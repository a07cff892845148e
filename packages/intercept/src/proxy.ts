import {
  createServer as createHttpServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { connect, createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import type { Authority, CertificateFlaw } from "./authority.js";
import { onFirstByte } from "./first-bytes.js";
import { hostRule, splitAuthority } from "./hosts.js";
import { listen, listenAsGateway } from "./listeners.js";
import { acceptSocks, type SocksReply } from "./socks.js";

/** What the proxy saw that is no request to the gateway. */
export type ProxySight =
  | { readonly kind: "refused_host"; readonly host: string; readonly port: number }
  | { readonly kind: "handshake"; readonly host: string; readonly version: string }
  | { readonly kind: "handshake_refused"; readonly host: string; readonly reason: string }
  | { readonly kind: "not_http"; readonly reason: string };

/** How a request to the gateway arrived. */
export interface Arrival {
  readonly host: string;
  readonly via: "tunnel" | "absolute_form" | "direct";
  /** The scheme of the address that the client called. */
  readonly scheme: "https" | "http";
  /** Which connection, from 1. */
  readonly connection: number;
}

export interface ProxyOptions {
  readonly hosts: readonly string[];
  readonly authority: Authority;
  /** Present flawed certificates (SEC-002). */
  readonly flaw?: CertificateFlaw;
  /** Answers a request to the gateway; owns the response, transport faults included. */
  readonly answer: (request: IncomingMessage, response: ServerResponse, arrival: Arrival) => void;
  readonly see: (sight: ProxySight) => void;
}

export interface RunningProxy {
  /** Port on 127.0.0.1: takes CONNECT, absolute-form requests, SOCKS, and TLS or HTTP as the gateway itself would. */
  readonly port: number;
  /** An address of this machine where the gateway's own ports 443 and 80 are served; null where that is not allowed. */
  readonly directAddress: string | null;
  /** Also takes connections on a socket file, for a client in a network of its own. */
  listenOn(path: string): Promise<void>;
  close(): Promise<void>;
}

const REFUSAL = "ksherproof intercept: this host is not the gateway's, and a test must not reach it.\n";

/** Starts the proxy on loopback: gateway hosts are answered here, every other host is refused and reported. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const contexts = new Map<string, SecureContext>();
  const context = (host: string): SecureContext => {
    const made = contexts.get(host) ?? createSecureContext(options.authority.issue(host, options.flaw));
    contexts.set(host, made);
    return made;
  };
  const open = new Set<Duplex>();
  const tunnels = new WeakMap<object, Pick<Arrival, "host" | "via" | "scheme">>();
  const numbers = new WeakMap<object, number>();
  let connections = 0;
  const http = createHttpServer({ keepAliveTimeout: 5000, requireHostHeader: false });
  http.on("request", onRequest);
  http.on("connect", onConnect);
  http.on("clientError", (error: Error, socket) => {
    if (!socket.destroyed && socket.writable) {
      if (!/ECONNRESET|EPIPE/.test(error.message)) options.see({ kind: "not_http", reason: error.message });
      socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    } else socket.destroy();
  });
  const track = (socket: Duplex): void => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  const number = (socket: object): number => {
    const known = numbers.get(socket) ?? ++connections;
    numbers.set(socket, known);
    return known;
  };
  const refuse = (host: string, port: number): void => options.see({ kind: "refused_host", host, port });

  /** Takes TLS on a socket, reports how the handshake went, and hands the plain side to the HTTP server. */
  function secure(socket: Socket, host: string, via: Arrival["via"]): void {
    let name = host;
    let shaken = false;
    const tls = new TLSSocket(socket, {
      isServer: true,
      secureContext: context(host),
      ALPNProtocols: ["http/1.1"],
      SNICallback(server, done) {
        if (hostRule(server, options.hosts) !== "refused") {
          name = server;
          done(null, context(server));
          return;
        }
        shaken = true;
        refuse(server, 443);
        done(new Error(REFUSAL));
      },
    });
    track(tls);
    tls.once("secure", () => {
      shaken = true;
      options.see({ kind: "handshake", host: name, version: tls.getProtocol() ?? "TLS" });
      tunnels.set(tls, { host: name, via, scheme: "https" });
      http.emit("connection", tls);
    });
    const refused = (reason: string): void => {
      if (!shaken) options.see({ kind: "handshake_refused", host: name, reason });
      shaken = true;
    };
    tls.on("error", (error: Error & { reason?: string }) => refused(error.reason ?? error.message));
    tls.on("close", () => refused("the connection was closed during the handshake"));
  }

  /** What comes through a tunnel to a gateway host: TLS mostly, plain HTTP where the client calls an http address. */
  function gatewayStream(socket: Socket, host: string, via: Arrival["via"]): void {
    onFirstByte(socket, (speech) => {
      if (speech === "tls") {
        secure(socket, host, via);
        return;
      }
      tunnels.set(socket, { host, via, scheme: "http" });
      http.emit("connection", socket);
    });
    socket.resume();
  }

  function onConnect(message: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const socket = duplex as Socket;
    const target = splitAuthority(message.url ?? "", 443);
    const rule = target ? hostRule(target.host, options.hosts) : "refused";
    if (!target || rule === "refused") {
      refuse(target?.host ?? String(message.url), target?.port ?? 0);
      const length = Buffer.byteLength(REFUSAL);
      socket.end(
        `HTTP/1.1 403 Forbidden by ksherproof intercept\r\ncontent-type: text/plain\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${REFUSAL}`,
      );
      return;
    }
    if (head.length > 0) socket.unshift(head);
    const established = "HTTP/1.1 200 Connection established\r\n\r\n";
    if (rule === "gateway") {
      socket.write(established);
      gatewayStream(socket, target.host, "tunnel");
    } else onward(socket, target, () => socket.write(established));
  }

  /** This machine's own services are left alone. */
  function onward(socket: Socket, target: { host: string; port: number }, ready: () => void): void {
    const there = connect(target.port, target.host, () => {
      ready();
      socket.pipe(there).pipe(socket);
    });
    track(there);
    there.on("error", () => socket.destroy());
  }

  /** A name that the child's resolver led to this machine arrives as an address of it; TLS then says which host it is. */
  const led = (host: string, port: number): boolean =>
    hostRule(host, options.hosts) === "gateway" || (/^127\./.test(host) && (port === 443 || port === 80));

  function onSocks(socket: Socket): void {
    acceptSocks(
      socket,
      async ({ host, port }): Promise<SocksReply> => {
        if (led(host, port) || hostRule(host, options.hosts) === "local") return "connected";
        refuse(host, port);
        return "forbidden";
      },
      (target) => {
        const named = hostRule(target.host, options.hosts) === "gateway" ? target.host : options.hosts[0];
        if (led(target.host, target.port)) gatewayStream(socket, named ?? "localhost", "tunnel");
        else onward(socket, target, () => socket.resume());
      },
    );
  }

  function onRequest(message: IncomingMessage, response: ServerResponse): void {
    const tunnel = tunnels.get(message.socket);
    const absolute = /^(https?):\/\/([^/?#]+)(.*)$/i.exec(message.url ?? "");
    const path = absolute?.[3]?.startsWith("/") ? absolute[3] : `/${absolute?.[3] ?? ""}`;
    if (absolute) message.url = path;
    const connection = number(message.socket);
    if (tunnel) {
      options.answer(message, response, { ...tunnel, connection });
      return;
    }
    const scheme = absolute?.[1]?.toLowerCase() === "https" ? "https" : "http";
    const target = splitAuthority(absolute?.[2] ?? message.headers.host ?? "", scheme === "https" ? 443 : 80);
    const rule = target ? hostRule(target.host, options.hosts) : "refused";
    if (target && rule === "gateway") {
      const via = absolute ? "absolute_form" : "direct";
      options.answer(message, response, { host: target.host, via, scheme, connection });
    } else if (target && absolute && rule === "local" && scheme === "http")
      forward(message, response, target);
    else {
      refuse(target?.host ?? "(no host)", target?.port ?? 0);
      response.writeHead(403, { "content-type": "text/plain" }).end(REFUSAL);
    }
  }

  const accept = (socket: Socket): void => {
    track(socket);
    onFirstByte(socket, (speech) => {
      if (speech === "tls") secure(socket, options.hosts[0] ?? "localhost", "direct");
      else if (speech === "socks5") onSocks(socket);
      else http.emit("connection", socket);
    });
  };
  const server = createServer(accept);
  const port = await listen(server, { port: 0, host: "127.0.0.1" });
  const relayed = createServer(accept);
  const direct = await listenAsGateway(accept);
  return {
    port,
    directAddress: direct?.address ?? null,
    async listenOn(path) {
      await listen(relayed, { path });
    },
    async close() {
      for (const socket of open) socket.destroy();
      direct?.close();
      relayed.close();
      await new Promise((done) => server.close(done));
    },
  };
}

function forward(message: IncomingMessage, response: ServerResponse, target: { host: string; port: number }) {
  const { method, url, headers } = message;
  const there = request({ ...target, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  there.on("error", () => response.writeHead(502).end());
  message.pipe(there);
}
