import { readSync } from "node:fs";
import { LONGEST_LINE } from "./lines.js";

/** A part of a plain file that holds whole lines, or a line that is too long to hold (its length without the newline). */
export type Range =
  | { readonly kind: "lines"; readonly start: number; readonly end: number }
  | { readonly kind: "too_long"; readonly offset: number; readonly length: number };

/** Bytes of a range: as much as the engine takes at once, since each costs a message to and fro. */
export const RANGE = 1 << 20;

/** Towards the end of a file they are smaller, so that all threads are done at nearly the same time. */
export const LEAST_RANGE = 1 << 18;

/** Bytes that are read at once to find where a line ends. */
const WINDOW = 1 << 12;

/**
 * Cuts a part of a plain file that begins and ends where lines do into ranges of whole lines, without reading more of it
 * than the places where it is cut: the ranges are read by those who work on them.
 */
export function* lineRanges(descriptor: number, from: number, to: number): Generator<Range> {
  for (let start = from; start < to; ) {
    const wanted = start + Math.min(RANGE, Math.max(LEAST_RANGE, (to - start) >> 4));
    let end = wanted >= to ? to : lastLineStart(descriptor, start, wanted);
    if (end === start) {
      const newline = nextNewline(descriptor, wanted, to);
      const length = (newline < 0 ? to : newline) - start;
      end = newline < 0 ? to : newline + 1;
      if (length > LONGEST_LINE) {
        yield { kind: "too_long", offset: start, length };
        start = end;
        continue;
      }
    }
    yield { kind: "lines", start, end };
    start = end;
  }
}

/** The last offset between two at which a line begins; the first of them where none does. */
function lastLineStart(descriptor: number, start: number, end: number): number {
  const buffer = Buffer.allocUnsafe(WINDOW);
  for (let at = end; at > start; ) {
    const length = Math.min(WINDOW, at - start);
    const read = readSync(descriptor, buffer, 0, length, at - length);
    const newline = buffer.subarray(0, read).lastIndexOf(10);
    if (newline >= 0) return at - length + newline + 1;
    at -= length;
  }
  return start;
}

/** The offset of the first newline at or after one offset and before another; -1 where there is none. */
function nextNewline(descriptor: number, start: number, end: number): number {
  const buffer = Buffer.allocUnsafe(16 * WINDOW);
  for (let at = start; at < end; ) {
    const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, end - at), at);
    if (read === 0) return -1;
    const newline = buffer.subarray(0, read).indexOf(10);
    if (newline >= 0) return at + newline;
    at += read;
  }
  return -1;
}
