import type { ChunkStart } from "./rows.js";

/** Where each chunk of an audit began: lets a worker count within its chunk. */
export class ChunkTable {
  private readonly files: string[] = [];
  private readonly offsets: number[] = [];
  private readonly lines: number[] = [];
  private next = 1;

  /** Notes where a chunk begins; `line` is null where counting goes on. */
  begin(seq: number, file: string, offset: number): void {
    this.files[seq] = file;
    this.offsets[seq] = offset;
  }

  /** Numbers a chunk's lines; called for each chunk in order, with the line that it begins at where that is known. */
  count(seq: number, lineBase: number | null, lines: number): void {
    this.lines[seq] = lineBase ?? this.next;
    this.next = (lineBase ?? this.next) + lines;
  }

  start(seq: number): ChunkStart {
    return { file: this.files[seq] ?? "", offset: this.offsets[seq] ?? 0, line: this.lines[seq] ?? 1 };
  }
}
