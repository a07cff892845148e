import type { ChunkStart } from "./rows.js";

/** A chunk table as it is sent to a worker, or kept on disk. */
export interface ChunkTableState {
  readonly names: readonly string[];
  readonly files: readonly number[];
  readonly offsets: readonly number[];
  readonly lines: readonly number[];
  /** The line that comes next. */
  readonly next: number;
}

/** Where each chunk of an audit began: lets a worker count within its chunk. */
export class ChunkTable {
  private readonly names: string[] = [];
  /** The index of each chunk's file among the names. */
  private readonly files: number[] = [];
  private readonly offsets: number[] = [];
  private readonly lines: number[] = [];
  private next = 1;

  /** A table as it was. */
  static of({ names, files, offsets, lines, next }: ChunkTableState): ChunkTable {
    const table = new ChunkTable();
    table.next = next;
    table.names.push(...names);
    for (const [seq, file] of files.entries()) {
      table.files[seq] = file;
      table.offsets[seq] = offsets[seq] ?? 0;
      table.lines[seq] = lines[seq] ?? 1;
    }
    return table;
  }

  get state(): ChunkTableState {
    const { names, files, offsets, lines, next } = this;
    return { names, files, offsets, lines, next };
  }

  /** Notes where a chunk begins; `line` is null where counting goes on. */
  begin(seq: number, file: string, offset: number): void {
    if (this.names.at(-1) !== file) this.names.push(file);
    this.files[seq] = this.names.length - 1;
    this.offsets[seq] = offset;
  }

  /** Numbers a chunk's lines; called for each chunk in order, with the line that it begins at where that is known. */
  count(seq: number, lineBase: number | null, lines: number): void {
    this.lines[seq] = lineBase ?? this.next;
    this.next = (lineBase ?? this.next) + lines;
  }

  start(seq: number): ChunkStart {
    const file = this.names[this.files[seq] ?? -1] ?? "";
    return { file, offset: this.offsets[seq] ?? 0, line: this.lines[seq] ?? 1 };
  }
}
