import { finding } from "../record/finding.js";
import type { Format } from "./format.js";
import type { Read } from "./inputs.js";

/** What no reader here reads, by its first bytes, with the command that turns it into what one does. */
const FOREIGN: readonly (readonly [head: readonly number[], reason: string, words: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "zip", "a zip archive (unpack it first: unzip)"],
  [[0x42, 0x5a, 0x68], "bzip2", "bzip2 (unpack it first: bzcat FILE | ksherproof audit ... -)"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz", "xz (unpack it first: xzcat FILE | ksherproof audit ... -)"],
  [[0x04, 0x22, 0x4d, 0x18], "lz4", "lz4 (unpack it first: lz4cat FILE | ksherproof audit ... -)"],
  [[0x50, 0x41, 0x52, 0x31], "parquet", "Parquet (export it as JSON Lines first)"],
  [[0x1f, 0x8b], "gzip_twice", "gzip in gzip (unpack it once first: zcat FILE | ksherproof audit ... -)"],
];

const UTF_16: readonly (readonly number[])[] = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * The finding about an input that begins as none of the formats does; null where it may be one. UTF-16 is told here for what
 * is no lines: there each record tells it.
 */
export function foreign(file: string, format: Format, head: Uint8Array): Read | null {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  const found = FOREIGN.find(([bytes]) => begins(bytes));
  if (found) return unreadable(file, found[1], `expected JSON Lines, JSON, HAR or CSV, found ${found[2]}`);
  if (format === "lines" || format === "webhook" || !UTF_16.some(begins)) return null;
  return unreadable(
    file,
    "utf16",
    "expected UTF-8, found UTF-16 (iconv -f utf-16 -t utf-8 turns one into the other)",
  );
}

/** A finding about an input as a whole. */
export function unreadable(file: string, reason: string, words: string): Read {
  const place = { file, line: 0, offset: 0 };
  const found = finding("input_unreadable", { place, reason, detail: `${file}: ${words}.` });
  return { kind: "finding", record: false, lineBase: null, lines: 0, finding: found };
}
