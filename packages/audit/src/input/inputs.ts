import { closeSync, openSync, statSync } from "node:fs";
import type { FilePart } from "../engine/chunk.js";
import type { Finding } from "../record/finding.js";
import type { Position } from "../resume/run-state.js";
import { tooLong } from "./batch.js";
import { type Compression, compressionOf, decompressed, fileBytes, headOf, streamOf } from "./bytes.js";
import { InputDigest } from "./digest.js";
import { foreign, unreadable } from "./foreign.js";
import { type Format, formatOf, HEAD } from "./format.js";
import { LineCutter, type Piece, type Shelf } from "./lines.js";
import { lineRanges } from "./ranges.js";
import { type ByteRange, newlinesBefore } from "./shard.js";
import { valueReads } from "./values.js";

/** One input as it was found. */
export interface Input {
  readonly file: string;
  readonly format: Format;
  readonly compression: Compression;
  /** Bytes on disk; 0 for standard input. */
  readonly bytes: number;
  /** Of the bytes as they are on disk, in hex; null where it was not asked for, or not all could be read. */
  readonly sha256: string | null;
}

/** What is read of an input: records, or a finding about the input itself. */
export type Read =
  | {
      readonly kind: "chunk";
      /** Its bytes; none where it is a part of a plain file, to be read by whoever works on it. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly part: FilePart | null;
      readonly length: number;
      /** Where it begins: bytes of the decompressed input. */
      readonly offset: number;
      /** The line before the first one: only for the first chunk of a shard; null: go on counting. */
      readonly lineBase: number | null;
      readonly places: Float64Array | null;
    }
  | {
      readonly kind: "finding";
      readonly finding: Finding;
      readonly record: boolean;
      readonly lineBase: number | null;
      readonly lines: number;
    };

export interface ReadOptions {
  /** The format, where it is not to be told from the input. */
  readonly format: Format | null;
  /** The CSV's column that holds the answers. */
  readonly column: string | null;
  /** Whether to digest whole inputs while they are read. */
  readonly digests: boolean;
  /** Memory for chunks. */
  readonly shelf: Shelf;
}

/**
 * Reads one input from its start, from where it was stopped, or the part of it that is a shard's. An input that can't be read
 * is a finding: others are read all the same.
 */
export async function* readInput(
  file: string,
  options: ReadOptions,
  range: ByteRange | null,
  stdin: AsyncIterable<Uint8Array>,
  from: Position | null = null,
): AsyncGenerator<Read, Input> {
  try {
    return yield* readWhole(file, options, range, stdin, from);
  } catch (cause) {
    const { code, syscall, message } = cause as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw cause;
    yield unreadable(file, code, `can't be read: ${message}`);
    return { file, format: options.format ?? "lines", compression: "none", bytes: 0, sha256: null };
  }
}

async function* readWhole(
  file: string,
  options: ReadOptions,
  range: ByteRange | null,
  stdin: AsyncIterable<Uint8Array>,
  from: Position | null,
): AsyncGenerator<Read, Input> {
  const digest = options.digests && range === null ? new InputDigest() : null;
  const { size: bytes, piped } = file === "-" ? { size: 0, piped: true } : sizeOf(file);
  const stream = file === "-" ? stdin : piped ? streamOf(file) : null;
  const source = stream ? await peeked(digest ? digest.tap(stream) : stream) : null;
  const head = source ? source.head : headOf(file, HEAD);
  const compression = compressionOf(head);
  const tapped = (raw: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) =>
    digest && !source ? digest.tap(raw) : raw;
  const plain = source === null && compression === "none";
  const input = (format: Format, whole = true): Input => {
    const sha256 = !digest ? null : !source ? digest.ofFile(file, bytes) : whole ? digest.ofAll() : null;
    return { file, format, compression, bytes, sha256 };
  };
  if (plain) {
    const format = options.format ?? formatOf(file, head);
    const first = range === null || range.start === 0;
    const other = foreign(file, format, head);
    if (other) {
      if (first) yield other;
    } else if (format === "lines" || format === "webhook")
      yield* rangeReads(file, range ?? { start: from?.offset ?? 0, end: bytes }, digest, from !== null);
    else if (first) yield* after(valueReads(tapped(streamOf(file)), file, format, options), from?.reads ?? 0);
    const now = statSync(file).size;
    if (now < bytes) {
      yield unreadable(file, "file_shrunk", `had ${bytes} bytes and has ${now}: changed while it was read`);
      return { ...input(format, false), sha256: null };
    }
    return input(format);
  }
  if (range !== null && range.start > 0) return input("lines");
  const opened = await peeked(
    source
      ? decompressed(source.rest, compression)
      : decompressed(tapped(streamOf(file)), compression, () => streamOf(file)),
  );
  const format = options.format ?? formatOf(file, opened.head);
  const other = foreign(file, format, opened.head);
  if (other) yield other;
  else if (format === "lines" || format === "webhook")
    yield* lineReads(opened.rest, file, options.shelf, from);
  else yield* after(valueReads(opened.rest, file, format, options), from?.reads ?? 0);
  if (opened.error) yield broken(file, compression, opened.error);
  return input(format, !opened.error);
}

interface Peeked {
  readonly head: Uint8Array;
  readonly rest: AsyncIterable<Uint8Array>;
  error: Error | null;
}

/** Reads ahead to see the head of a stream; a stream that breaks ends early, with its error kept. */
async function peeked(stream: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  const found: Peeked = { head: new Uint8Array(), rest: emptied(), error: null };
  const next = async (): Promise<Uint8Array | null> => {
    try {
      const step = await iterator.next();
      return step.done ? null : step.value;
    } catch (cause) {
      found.error = cause as Error;
      return null;
    }
  };
  while (length < HEAD) {
    const bytes = await next();
    if (!bytes) break;
    first.push(Uint8Array.from(bytes));
    length += bytes.length;
  }
  async function* emptied(): AsyncGenerator<Uint8Array> {
    yield* first.splice(0);
    for (let bytes = await next(); bytes; bytes = await next()) yield bytes;
  }
  return Object.assign(found, { head: Buffer.concat(first).subarray(0, HEAD) });
}

/** Bytes of a file; `piped` where it is a pipe or a device, which has no size and is read once, from its start. */
function sizeOf(file: string): { readonly size: number; readonly piped: boolean } {
  const found = statSync(file);
  return found.isFile() ? { size: found.size, piped: false } : { size: 0, piped: true };
}

const NO_BYTES = new Uint8Array();

/** Lines of a plain file as parts of it; what is to be digested is read here too, behind those who work on it. */
function* rangeReads(
  file: string,
  { start, end }: ByteRange,
  digest: InputDigest | null,
  goesOn: boolean,
): Generator<Read> {
  let base: number | null = goesOn ? null : 1 + (start === 0 ? 0 : newlinesBefore(file, start));
  let digested = start;
  const descriptor = openSync(file, "r");
  try {
    for (const range of lineRanges(descriptor, start, end)) {
      if (range.kind === "too_long") {
        yield tooLong({ file, line: 0, offset: range.offset }, range.length, base);
      } else {
        const part = { file, start: range.start, end: range.end };
        const length = range.end - range.start;
        yield {
          kind: "chunk",
          bytes: NO_BYTES,
          part,
          length,
          offset: range.start,
          lineBase: base,
          places: null,
        };
      }
      base = null;
      const to = range.kind === "too_long" ? range.offset + range.length : range.end;
      if (digest) for (const bytes of fileBytes(file, digested, to)) digest.add(bytes);
      digested = to;
    }
    if (digest) for (const bytes of fileBytes(file, digested, end)) digest.add(bytes);
  } finally {
    closeSync(descriptor);
  }
}

/** All reads but the first ones. */
async function* after(reads: AsyncIterable<Read>, skipped: number): AsyncGenerator<Read> {
  let count = 0;
  for await (const read of reads) {
    count += 1;
    if (count > skipped) yield read;
  }
}

async function* lineReads(
  stream: AsyncIterable<Uint8Array>,
  file: string,
  shelf: Shelf,
  from: Position | null,
): AsyncGenerator<Read> {
  const cutter = new LineCutter(shelf, from?.offset ?? 0);
  let first = from === null;
  let skipped = from?.offset ?? 0;
  const read = (piece: Piece): Read => {
    const base = first ? 1 : null;
    first = false;
    if (piece.kind === "too_long")
      return tooLong({ file, line: 0, offset: piece.offset }, piece.length, base);
    const { bytes, offset } = piece;
    return { kind: "chunk", bytes, part: null, length: bytes.length, offset, lineBase: base, places: null };
  };
  for await (const bytes of stream) {
    const more = bytes.subarray(Math.min(skipped, bytes.length));
    skipped -= bytes.length - more.length;
    for (const piece of cutter.push(more)) yield read(piece);
  }
  for (const piece of cutter.end()) yield read(piece);
}

function broken(file: string, compression: Compression, error: Error): Read {
  const words = `can't be read to its end (${compression}): ${error.message}. What came before is audited`;
  return unreadable(file, `${compression}_broken`, words);
}
