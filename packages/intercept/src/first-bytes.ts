import type { Socket } from "node:net";

/** What a client speaks, by the first byte that it sends. */
export type Speech = "tls" | "socks5" | "http";

/**
 * Waits for a connection's first byte, puts it back, and says what the client speaks; nothing where it closed in
 * silence. One listener so serves proxy requests, SOCKS, and TLS or plain HTTP as the gateway itself would take them.
 */
export function onFirstByte(socket: Socket, then: (speech: Speech) => void): void {
  socket.once("readable", () => {
    const first: Buffer | null = socket.read();
    if (first === null) return;
    socket.unshift(first);
    then(speechOf(first[0] ?? 0));
  });
}

function speechOf(byte: number): Speech {
  if (byte === 0x16) return "tls";
  return byte === 0x05 ? "socks5" : "http";
}
