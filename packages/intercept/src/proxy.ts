import type { EventEmitter } from "node:events";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createNetServer,
  type Server as NetServer,
  type Socket,
} from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import type { Authority, CertificateFlaw } from "./authority.js";
import { hostRule, splitAuthority } from "./hosts.js";

/** What the proxy saw that is no request to the gateway. */
export type ProxySight =
  | { readonly kind: "refused_host"; readonly host: string; readonly port: number }
  | { readonly kind: "plain_http"; readonly host: string; readonly path: string }
  | { readonly kind: "handshake"; readonly host: string; readonly version: string }
  | { readonly kind: "handshake_refused"; readonly host: string; readonly reason: string };

/** How a request to the gateway arrived. */
export interface Arrival {
  readonly host: string;
  readonly via: "tunnel" | "absolute_form" | "direct";
  readonly tls: boolean;
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

export interface Proxy {
  /** Port on 127.0.0.1 that takes CONNECT and absolute-form requests. */
  readonly port: number;
  /** Port on 127.0.0.1 that takes TLS as the gateway itself would, for clients that are led here by their resolver. */
  readonly directPort: number;
  close(): Promise<void>;
}

/** Starts the proxy on loopback: gateway hosts are answered here, every other host is refused and reported. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const contexts = new Map<string, SecureContext>();
  const context = (host: string): SecureContext => {
    const made = contexts.get(host) ?? createSecureContext(options.authority.issue(host, options.flaw));
    contexts.set(host, made);
    return made;
  };
  const open = new Set<Duplex>();
  const arrivals = new WeakMap<object, Arrival>();
  const http: Server = createHttpServer({ keepAliveTimeout: 5000, requireHostHeader: false });
  http.on("request", (request, response) => onRequest(request, response));
  http.on("connect", (request, socket: Duplex, head: Buffer) => onConnect(request, socket, head));
  http.on("clientError", (_error, socket) => socket.destroy());
  const track = (socket: Duplex): void => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  http.on("connection", track);

  /** Takes TLS on a socket, reports how the handshake went, and hands the plain side to the HTTP server. */
  function secure(socket: Socket, host: string, via: Arrival["via"]): void {
    let name = host;
    const tls = new TLSSocket(socket, {
      isServer: true,
      secureContext: context(host),
      ALPNProtocols: ["http/1.1"],
      SNICallback: (server, done) => {
        name = server;
        done(null, context(server));
      },
    });
    let shaken = false;
    track(tls);
    tls.once("secure", () => {
      shaken = true;
      options.see({ kind: "handshake", host: name, version: tls.getProtocol() ?? "TLS" });
      arrivals.set(tls, { host: name, via, tls: true });
      http.emit("connection", tls);
    });
    const refused = (reason: string): void => {
      if (!shaken) options.see({ kind: "handshake_refused", host: name, reason });
      shaken = true;
    };
    tls.on("error", (error: Error & { reason?: string }) => refused(error.reason ?? error.message));
    tls.on("close", () => refused("the connection was closed during the handshake"));
  }

  function onConnect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    track(socket);
    const target = splitAuthority(request.url ?? "", 443);
    const rule = target ? hostRule(target.host, options.hosts) : "refused";
    if (!target || rule === "refused") {
      options.see({
        kind: "refused_host",
        host: target?.host ?? String(request.url),
        port: target?.port ?? 0,
      });
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nX-Ksherproof: host refused\r\n\r\n");
      return;
    }
    if (rule === "local") {
      const onward = connect(target.port, target.host, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      track(onward);
      onward.on("error", () => socket.destroy());
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    secure(socket as Socket, target.host, "tunnel");
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const known = arrivals.get(request.socket);
    if (known) {
      options.answer(request, response, known);
      return;
    }
    const absolute = /^(https?):\/\/([^/?#]+)(.*)$/i.exec(request.url ?? "");
    const scheme = absolute?.[1]?.toLowerCase() ?? "http";
    const target = splitAuthority(absolute?.[2] ?? request.headers.host ?? "", scheme === "https" ? 443 : 80);
    if (!target || hostRule(target.host, options.hosts) !== "gateway") {
      options.see({ kind: "refused_host", host: target?.host ?? "(none)", port: target?.port ?? 0 });
      response.writeHead(403, { "x-ksherproof": "host refused" }).end();
      return;
    }
    request.url = absolute?.[3]?.startsWith("/") ? absolute[3] : `/${absolute?.[3] ?? ""}`;
    if (scheme === "http") options.see({ kind: "plain_http", host: target.host, path: request.url });
    options.answer(request, response, { host: target.host, via: "absolute_form", tls: scheme === "https" });
  }

  const direct: NetServer = createNetServer((socket) => {
    track(socket);
    secure(socket, options.hosts[0] ?? "localhost", "direct");
  });
  const port = await listen(http);
  const directPort = await listen(direct);
  return {
    port,
    directPort,
    async close() {
      for (const socket of open) socket.destroy();
      await Promise.all([http, direct].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function listen(server: Server | NetServer): Promise<number> {
  return new Promise((resolve, reject) => {
    (server as EventEmitter).once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
