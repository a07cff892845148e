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
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of request) {
      total += (chunk as Buffer).length;
      if (total > most) return "too_large";
      chunks.push(chunk as Buffer);
    }
  } catch {
    return null;
  }
  const target = request.url ?? "/";
  return {
    method: request.method ?? "GET",
    target,
    path: target.replace(/[?#].*$/s, ""),
    httpVersion: request.httpVersion,
    rawHeaders: request.rawHeaders,
    headers: joined(request),
    body: new Uint8Array(Buffer.concat(chunks)),
    ...where,
  };
}

function joined(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}
