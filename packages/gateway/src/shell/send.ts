import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { PLAIN_TRANSPORT, type Transport } from "../faults/transport.js";
import type { WireAnswer } from "../wire.js";
import type { Ending } from "./exchange.js";

/** How an answer went out: bytes of body handed to the socket, and how it ended. */
export interface Sent {
  readonly bytes: number;
  readonly ending: Ending;
}

/** Time between the last bytes and a reset, so that they leave before it, in milliseconds. */
const BEFORE_RESET_MS = 15;

/** Sends an answer as its transport says; settles when it has ended, or when the client has gone. Never rejects. */
export async function sendAnswer(
  response: ServerResponse,
  answer: WireAnswer,
  transport: Transport,
): Promise<Sent> {
  if (transport === PLAIN_TRANSPORT) return sendWhole(response, answer);
  const sink = sinkOf(response);
  if (transport.delayMs > 0) await sink.pause(transport.delayMs);
  if (sink.gone()) return sink.sent("client_gone");
  if (transport.ending !== "complete") return sendPart(response, answer, transport, sink);
  const tail = transport.tail ?? new Uint8Array();
  const length = answer.body.length + transport.padBytes + tail.length;
  const padded = transport.padBytes > 0 || tail.length > 0;
  const plain = transport.pace === null && transport.chunks === null && !padded;
  if (plain) return sendWhole(response, answer);
  head(response, answer, transport.chunks === null ? length : null);
  const pieces = transport.pace
    ? slices(answer.body, [transport.pace.bytesPerTick])
    : slices(answer.body, transport.chunks ?? [answer.body.length]);
  for (const piece of pieces) {
    if (!(await sink.write(piece))) return sink.sent("client_gone");
    await sink.pause(transport.pace?.tickMs ?? 0);
  }
  for (const piece of padding(transport.padBytes, transport.padWith ?? 0x20)) {
    if (!(await sink.write(piece))) return sink.sent("client_gone");
  }
  if (tail.length > 0 && !(await sink.write(tail))) return sink.sent("client_gone");
  response.end();
  return sink.sent((await sink.finished()) ? "complete" : "client_gone");
}

/** Sends an answer in one piece, as nearly all are sent. */
function sendWhole(response: ServerResponse, answer: WireAnswer): Promise<Sent> {
  const bytes = answer.body.length;
  return new Promise((resolve) => {
    response.on("finish", () => resolve({ bytes, ending: "complete" }));
    response.on("close", () => resolve({ bytes, ending: "client_gone" }));
    response.on("error", () => {});
    if (response.destroyed) return resolve({ bytes: 0, ending: "client_gone" });
    head(response, answer, bytes);
    response.end(answer.body);
  });
}

/** So many bytes of one value, in pieces that are all the same memory. */
function* padding(bytes: number, value: number): Generator<Uint8Array> {
  const piece = new Uint8Array(65536).fill(value);
  for (let left = bytes; left > 0; left -= piece.length) {
    yield left < piece.length ? piece.subarray(0, left) : piece;
  }
}

async function sendPart(
  response: ServerResponse,
  answer: WireAnswer,
  transport: Transport,
  sink: Sink,
): Promise<Sent> {
  const socket = response.socket;
  if (transport.cutAt !== null) {
    head(response, answer, answer.body.length);
    response.flushHeaders();
    await sink.write(answer.body.subarray(0, transport.cutAt));
    await sink.pause(BEFORE_RESET_MS);
  }
  if (transport.ending === "hang") {
    await sink.untilGone();
    return sink.sent("no_answer");
  }
  if (socket && transport.ending === "reset") reset(socket);
  else socket?.destroySoon();
  return sink.sent(transport.cutAt === null ? "no_answer" : "cut");
}

/** TLS sockets have no reset of their own; closing without the TLS goodbye is the nearest thing. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

function head(response: ServerResponse, answer: WireAnswer, length: number | null): void {
  const headers = length === null ? answer.headers : { ...answer.headers, "content-length": String(length) };
  response.writeHead(answer.status, headers);
}

function* slices(body: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < body.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? body.length);
    yield body.subarray(at, at + size);
    at += size;
  }
}

interface Sink {
  /** Hands bytes to the socket and waits until it takes more; false where the client has gone. */
  write(bytes: Uint8Array): Promise<boolean>;
  pause(ms: number): Promise<void>;
  /** Whether the whole answer left before the connection closed. */
  finished(): Promise<boolean>;
  untilGone(): Promise<void>;
  gone(): boolean;
  sent(ending: Ending): Sent;
}

function sinkOf(response: ServerResponse): Sink {
  let bytes = 0;
  let gone = false;
  const waiting = new Set<() => void>();
  response.on("close", () => {
    gone = true;
    for (const wake of waiting) wake();
  });
  response.on("error", () => {});
  const until = (arm: (wake: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        resolve();
      };
      waiting.add(wake);
      if (gone) wake();
      else arm(wake);
    });
  return {
    async write(chunk) {
      if (gone) return false;
      bytes += chunk.length;
      await until((wake) => response.write(chunk, () => wake()));
      return !gone;
    },
    pause(ms) {
      return until((wake) => {
        if (ms > 0) setTimeout(wake, ms);
        else setImmediate(wake);
      });
    },
    async finished() {
      await until((wake) => response.on("finish", wake));
      return response.writableFinished;
    },
    untilGone: () => until(() => {}),
    gone: () => gone,
    sent: (ending) => ({ bytes, ending }),
  };
}
