import { once } from "node:events";
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { createGunzip, type Gunzip } from "node:zlib";
import { Decompress } from "fzstd";

/** How an input is compressed, by its first bytes. */
export type Compression = "none" | "gzip" | "zstd";

/** Bytes that one read asks for. */
const READ = 1 << 19;

/** The compression that the first bytes of an input show. */
export function compressionOf(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  const zstd = head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
  return zstd ? "zstd" : "none";
}

/** The first bytes of a file. Throws what `fs` throws. */
export function headOf(file: string, length: number): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const head = Buffer.alloc(length);
    return head.subarray(0, readSync(descriptor, head, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes of a plain file from one offset to another. The buffer that it yields is its own and used again. */
export function* fileBytes(file: string, start: number, end: number): Generator<Uint8Array> {
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafe(READ);
    for (let at = start; at < end; ) {
      const read = readSync(descriptor, buffer, 0, Math.min(READ, end - at), at);
      if (read === 0) return;
      yield buffer.subarray(0, read);
      at += read;
    }
  } finally {
    closeSync(descriptor);
  }
}

type Bytes = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * A stream's bytes, decompressed; a stream that breaks off ends in the decompressor's error, after all that comes before the
 * break where `again` opens it anew (for gzip).
 */
export async function* decompressed(
  bytes: Bytes,
  compression: Compression,
  again: (() => Bytes) | null = null,
): AsyncGenerator<Uint8Array> {
  switch (compression) {
    case "none":
      yield* bytes;
      return;
    case "gzip":
      yield* gunzip(bytes, again);
      return;
    case "zstd":
      yield* unzstd(bytes);
  }
}

/** A file as a stream, for what is compressed. */
export function streamOf(file: string): AsyncIterable<Uint8Array> {
  return createReadStream(file, { highWaterMark: READ });
}

/** Bytes that are handed to the decompressor at once: as they come, and less and less near a break. */
const STEPS = [READ, 4096, 64, 1];

/**
 * At a break the decompressor keeps back what it had unpacked of the bytes in its hand. So the file is read again up to them,
 * and they are handed over in smaller steps.
 */
async function* gunzip(bytes: Bytes, again: (() => Bytes) | null): AsyncGenerator<Uint8Array> {
  let given = 0;
  let safe = 0;
  for (const [i, step] of STEPS.entries()) {
    const unzip = createGunzip({ chunkSize: READ });
    const source = i === 0 || !again ? bytes : again();
    let skip = given;
    try {
      for await (const chunk of unzipped(unzip, i === 0 ? source : stepped(source, safe, step))) {
        const fresh = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - fresh.length;
        given += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      return;
    } catch (cause) {
      if (!again || step === 1) throw cause;
      safe = unzip.bytesWritten;
    }
  }
}

/** The same bytes, in steps of so many behind an offset. */
async function* stepped(bytes: Bytes, offset: number, step: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of bytes) {
    const whole = Math.max(0, Math.min(chunk.length, offset - at));
    if (whole > 0) yield chunk.subarray(0, whole);
    for (let from = whole; from < chunk.length; from += step) yield chunk.subarray(from, from + step);
    at += chunk.length;
  }
}

async function* unzipped(unzip: Gunzip, bytes: Bytes): AsyncGenerator<Uint8Array> {
  const fed = (async () => {
    try {
      for await (const chunk of bytes) {
        // An error is met by whoever reads; `once` leaves no listener behind, and there may be a million waits.
        if (!unzip.write(chunk) && !unzip.errored) await once(unzip, "drain").catch(() => undefined);
        if (unzip.errored) return;
      }
      unzip.end();
    } catch (cause) {
      unzip.destroy(cause as Error);
    }
  })();
  yield* unzip as AsyncIterable<Uint8Array>;
  await fed;
}

/** Zstandard, frame after frame; a frame that is cut short is an error, as it is for gzip. */
async function* unzstd(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = [];
  let ended = true;
  const stream = new Decompress((chunk, final) => {
    ended = final === true;
    if (chunk.length > 0) out.push(chunk);
  });
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += 65536) {
      stream.push(new Uint8Array(chunk.subarray(at, at + 65536)));
      yield* out.splice(0);
    }
  }
  stream.push(new Uint8Array(), true);
  yield* out.splice(0);
  if (!ended) throw new Error("unexpected end of file");
}
