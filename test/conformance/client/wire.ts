import { Agent, type IncomingHttpHeaders, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";

/** What came back: status, headers and at most so many bytes. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One HTTP request. */
export interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Milliseconds for the whole exchange; no limit where it is 0. */
  readonly timeoutMs: number;
  /** The most bytes of an answer that are read; no limit where it is 0. */
  readonly most: number;
  readonly ca?: string;
  readonly verifyCertificate?: boolean;
  readonly agent?: Agent;
  /** Sends the body without saying how long it is. */
  readonly chunked?: boolean;
  /** Starts the time anew with each byte that comes: the mistake of many a socket time-out. */
  readonly idleTimeout?: boolean;
  /** Takes what came before the connection broke for the whole. */
  readonly takesPart?: boolean;
  /** Decodes each piece by itself, as it comes. */
  readonly chunkwise?: boolean;
  /** Takes the first piece for the whole. */
  readonly firstChunkOnly?: boolean;
  /** Does not compare the certificate's name with the host's. */
  readonly anyHost?: boolean;
  /** Throws where nobody listens. */
  readonly throwsRefused?: boolean;
}

const fresh = new Agent({ keepAlive: false });

/** Sends one request and reads its answer; null where there is none that is whole. */
export function send(call: Call): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const url = new URL(call.url);
    const secure = url.protocol === "https:";
    const request = (secure ? secureRequest : plainRequest)(url, {
      method: call.method,
      headers: call.chunked
        ? call.headers
        : { ...call.headers, "content-length": String(Buffer.byteLength(call.body)) },
      ...(secure
        ? {
            ca: call.ca,
            rejectUnauthorized: call.verifyCertificate !== false,
            agent: false,
            ...(call.anyHost ? { checkServerIdentity: () => undefined } : {}),
          }
        : { agent: call.agent ?? fresh }),
    });
    const parts: Buffer[] = [];
    let size = 0;
    let timer: NodeJS.Timeout | undefined;
    const end = (answer: Answer | null): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(answer);
    };
    const arm = (): void => {
      clearTimeout(timer);
      if (call.timeoutMs > 0) timer = setTimeout(() => end(null), call.timeoutMs);
    };
    arm();
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (call.throwsRefused && error.code === "ECONNREFUSED") reject(error);
      end(null);
    });
    request.on("response", (response) => {
      const whole = (): Answer => ({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(parts),
      });
      response.on("data", (part: Buffer) => {
        if (call.idleTimeout) arm();
        if (!(call.firstChunkOnly && parts.length > 0))
          parts.push(call.chunkwise ? Buffer.from(part.toString()) : part);
        size += part.length;
        if (call.most > 0 && size > call.most) end(null);
      });
      response.on("error", () => end(call.takesPart ? whole() : null));
      response.on("end", () => {
        clearTimeout(timer);
        resolve(response.complete || call.takesPart ? whole() : null);
      });
    });
    request.end(call.body);
  });
}
