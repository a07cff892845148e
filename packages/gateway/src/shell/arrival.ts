import type { IncomingMessage } from "node:http";
import type { ArrivedRequest } from "./exchange.js";

/** At most so many bytes of a request's body are read: no request of the protocol has more than some kilobytes. */
export const MOST_REQUEST_BYTES: number = 1 << 20;

/** Reads a request to its end; null where its body is too large or the client went away. */
export async function readArrival(
  request: IncomingMessage,
  where: { readonly connection: number; readonly tls: boolean; readonly startedAt: number },
  most: number = MOST_REQUEST_BYTES,
): Promise<ArrivedRequest | "too_large" | null> {
  const body = await bodyOf(request, most);
  if (body === null || body === "too_large") return body;
  const target = request.url ?? "/";
  return {
    method: request.method ?? "GET",
    target,
    path: target.replace(/[?#].*$/s, ""),
    httpVersion: request.httpVersion,
    rawHeaders: request.rawHeaders,
    headers: joined(request),
    body,
    ...where,
  };
}

/** The whole body; what comes after the most is not kept. */
function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array | "too_large" | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let total = 0;
    request.on("data", (chunk: Buffer) => {
      total += chunk.length;
      if (total <= most) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve("too_large");
      }
    });
    request.on("end", () => {
      const [only] = chunks;
      resolve(new Uint8Array(only && chunks.length === 1 ? only : Buffer.concat(chunks)));
    });
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}

/** Node has joined all that may come several times, but for `set-cookie`. */
function joined({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> {
  const cookies = headers["set-cookie"];
  const all = headers as Readonly<Record<string, string>>;
  return cookies === undefined ? all : { ...all, "set-cookie": cookies.join(", ") };
}
