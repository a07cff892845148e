import type { Socket } from "node:net";

/** Where a SOCKS client wants to go. */
export interface SocksTarget {
  readonly host: string;
  readonly port: number;
}

/** What the client is told: it is connected, the rules forbid it, or there is nobody. */
export type SocksReply = "connected" | "forbidden" | "unreachable";

const REPLIES: Readonly<Record<SocksReply, number>> = { connected: 0, forbidden: 2, unreachable: 4 };

/**
 * Takes the SOCKS 5 greeting and CONNECT (RFC 1928, without authentication) and asks `decide` for the reply. Java's own
 * sockets speak it for every library that knows nothing of HTTP proxies.
 */
export function acceptSocks(
  socket: Socket,
  decide: (target: SocksTarget) => Promise<SocksReply>,
  then: (target: SocksTarget) => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  let greeted = false;
  const more = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    if (!greeted) {
      if (seen.length < 2 || seen.length < 2 + (seen[1] ?? 0)) return;
      seen = seen.subarray(2 + (seen[1] ?? 0));
      greeted = true;
      socket.write(Buffer.from([5, 0]));
    }
    const read = readRequest(seen);
    if (read === "more") return;
    socket.off("data", more);
    socket.pause();
    if (read === null) {
      socket.end(Buffer.from([5, 7, 0, 1, 0, 0, 0, 0, 0, 0]));
      return;
    }
    if (read.rest.length > 0) socket.unshift(read.rest);
    void decide(read.target).then((reply) => {
      const answer = Buffer.from([5, REPLIES[reply], 0, 1, 127, 0, 0, 1, 0, 0]);
      if (reply !== "connected") socket.end(answer);
      else socket.write(answer, () => then(read.target));
    });
  };
  socket.on("data", more);
}

/** The request `05 01 00 type address port`; null for another command, "more" while bytes are missing. */
function readRequest(bytes: Buffer): { readonly target: SocksTarget; readonly rest: Buffer } | "more" | null {
  if (bytes.length < 5) return "more";
  if (bytes[0] !== 5 || bytes[1] !== 1) return null;
  const type = bytes[3];
  const length = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? 1 + (bytes[4] ?? 0) : 0;
  if (length === 0) return null;
  if (bytes.length < 4 + length + 2) return "more";
  const address = bytes.subarray(4, 4 + length);
  const host =
    type === 3
      ? address.subarray(1).toString("latin1")
      : type === 1
        ? [...address].join(".")
        : (address.toString("hex").match(/.{4}/g) ?? []).join(":");
  return { target: { host, port: bytes.readUInt16BE(4 + length) }, rest: bytes.subarray(6 + length) };
}
