/** One line of a log: its bytes without the line end, its number from 1, and where it begins. */
export interface LogLine {
  readonly bytes: Uint8Array;
  readonly number: number;
  readonly offset: number;
}

/** Longer lines are told as unreadable and not kept. */
const LONGEST = 64 << 20;

/** Splits a stream of bytes at line feeds, whatever the chunks; a line that is too long comes cut to nothing. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<readonly LogLine[]> {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let number = 1;
  let offset = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const chunk = next.value;
    const lines: LogLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const length = keptBytes + end - start;
      lines.push({ bytes: joined(kept, chunk.subarray(start, end), keptBytes), number, offset });
      offset += length + 1;
      number += 1;
      kept = [];
      keptBytes = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    keptBytes += rest.length;
    if (keptBytes <= LONGEST) kept.push(rest.slice());
    if (lines.length > 0) yield lines;
  }
  if (keptBytes > 0) yield [{ bytes: joined(kept, new Uint8Array(), keptBytes), number, offset }];
}

function joined(kept: readonly Uint8Array[], last: Uint8Array, keptBytes: number): Uint8Array {
  if (kept.length === 0) return last;
  if (keptBytes > LONGEST) return new Uint8Array();
  const all = new Uint8Array(keptBytes + last.length);
  let at = 0;
  for (const part of [...kept, last]) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
