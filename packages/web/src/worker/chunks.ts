/** A piece of a log that ends where a line ends; `offset` is where it begins. */
export interface LogChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly offset: number;
}

/** About so much is handed to the engine at once; a longer line is a chunk of its own. */
const CHUNK = 1 << 19;

/** Cuts a stream of bytes into chunks of whole lines, whatever the pieces in which it comes. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<LogChunk> {
  let kept: Uint8Array[] = [];
  let bytes = 0;
  let offset = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    let rest = next.value;
    while (rest.length > 0) {
      const piece = rest.subarray(0, CHUNK);
      const end = bytes + piece.length < CHUNK / 2 ? 0 : piece.lastIndexOf(10) + 1;
      const taken = end === 0 ? piece : piece.subarray(0, end);
      kept.push(taken.slice());
      bytes += taken.length;
      rest = rest.subarray(taken.length);
      if (end === 0) continue;
      yield { bytes: joined(kept), offset };
      offset += bytes;
      kept = [];
      bytes = 0;
    }
  }
  if (bytes > 0) yield { bytes: joined(kept), offset };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
