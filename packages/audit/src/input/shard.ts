import { closeSync, openSync, readSync, statSync } from "node:fs";
import { UsageError } from "@ksherproof/core";
import { fileBytes } from "./bytes.js";

/** One part of n, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** A shard with the bytes of all the inputs that it is cut from. */
export interface ShardPart extends Shard {
  readonly bytes: number;
}

/** Bytes of a file, from the start of a line to the start of a line. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Reads `i/n`. Throws `UsageError`. */
export function parseShard(text: string): Shard {
  const found = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [index, of] = [Number(found?.[1]), Number(found?.[2])];
  if (found && index >= 1 && index <= of) return { index, of };
  throw new UsageError("shard", `Expected --shard i/n with 1 <= i <= n, found ${JSON.stringify(text)}.`);
}

/**
 * A shard's part of each file: all the bytes of all the files are cut into n equal parts; a line belongs to the part in
 * which it begins. What can't be cut (compressed, HAR, CSV) belongs to the part in which the file begins.
 */
export function rangesOf(files: readonly string[], shard: Shard): ReadonlyMap<string, ByteRange> {
  if (files.includes("-"))
    throw new UsageError("shard_stdin", "--shard needs files: standard input can't be cut.");
  const sizes = files.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const from = Math.floor((total * (shard.index - 1)) / shard.of);
  const to = Math.floor((total * shard.index) / shard.of);
  const ranges = new Map<string, ByteRange>();
  let base = 0;
  for (const [i, file] of files.entries()) {
    const size = sizes[i] ?? 0;
    const start = lineStart(file, from - base, size);
    const end = lineStart(file, to - base, size);
    if (start < end) ranges.set(file, { start, end });
    base += size;
  }
  return ranges;
}

/** A shard as a partial report names it; none where whole inputs are audited. */
export function shardParts(files: readonly string[], shard: Shard | null): readonly ShardPart[] {
  if (shard === null) return [];
  return [{ ...shard, bytes: files.reduce((sum, file) => sum + sizeOf(file), 0) }];
}

function sizeOf(file: string): number {
  const found = statSync(file);
  if (found.isFile()) return found.size;
  throw new UsageError("shard_stdin", `--shard needs files: ${file} is none, and can't be cut.`);
}

/** The first offset at or after this one at which a line begins. */
function lineStart(file: string, offset: number, size: number): number {
  if (offset <= 0) return 0;
  if (offset >= size) return size;
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(65536);
    for (let at = offset - 1; at < size; at += buffer.length) {
      const read = readSync(descriptor, buffer, 0, buffer.length, at);
      const newline = buffer.subarray(0, read).indexOf(10);
      if (newline >= 0) return at + newline + 1;
    }
    return size;
  } finally {
    closeSync(descriptor);
  }
}

/** How many lines end before an offset. */
export function newlinesBefore(file: string, offset: number): number {
  let lines = 0;
  for (const bytes of fileBytes(file, 0, offset)) {
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  }
  return lines;
}
