import { finding, type Place } from "../record/finding.js";
import type { Read } from "./inputs.js";
import { LONGEST_LINE } from "./lines.js";

/** What is read where a record is too long to hold (SEC-004); `line` 0: go on counting, from `lineBase` where that is known. */
export function tooLong({ file, line, offset }: Place, length: number, lineBase: number | null = null): Read {
  const detail = `The line has ${length} bytes; a record of more than ${LONGEST_LINE} is not read.`;
  const place = { file, line, offset };
  return {
    kind: "finding",
    record: true,
    lineBase,
    lines: 1,
    finding: finding("unreadable", { place, requirement: "SEC-004", reason: "line_too_long", detail }),
  };
}

/** Gathers records until they fill a chunk. */
export class Batch {
  private records: Uint8Array[] = [];
  private places: number[] = [];
  private length = 0;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  *add(record: Uint8Array, line: number, offset: number): Generator<Read> {
    if (record.length > LONGEST_LINE) {
      yield tooLong({ file: this.file, line, offset }, record.length);
      return;
    }
    const text = record.length === 0 || record.every((byte) => byte === 0x20) ? Buffer.from("null") : record;
    this.records.push(text, Buffer.from("\n"));
    this.places.push(line, offset);
    this.length += text.length + 1;
    if (this.length >= 1 << 19) yield* this.flush();
  }

  *flush(): Generator<Read> {
    if (this.records.length === 0) return;
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const record of this.records) {
      bytes.set(record, at);
      at += record.length;
    }
    const places = Float64Array.from(this.places);
    yield { kind: "chunk", bytes, part: null, length: at, offset: 0, lineBase: 1, places };
    this.records = [];
    this.places = [];
    this.length = 0;
  }
}
