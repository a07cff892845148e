import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EnvironmentError } from "@ksherproof/core";
import { PARTITIONS } from "./rows.js";

/** One writer's file: blocks of whole rows, each of one partition. */
export interface SpillFile {
  readonly path: string;
  /** Partition and length of each block, in the order in which they lie in the file. */
  readonly blocks: Uint32Array;
}

/** A part of a file. */
export interface Extent {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** A folder of facts on disk. */
export class SpillFolder {
  readonly path: string;
  private readonly files: SpillFile[] = [];
  private readonly atExit = (): void => this.remove();

  /** `files` are read too; they lie elsewhere, and stay there. */
  constructor(parent: string = tmpdir(), files: readonly SpillFile[] = []) {
    this.path = madeIn(parent);
    this.files.push(...files);
    process.once("exit", this.atExit);
  }

  add(...files: readonly SpillFile[]): void {
    this.files.push(...files);
  }

  get all(): readonly SpillFile[] {
    return this.files;
  }

  /** Where the rows of a partition are. */
  extents(partition: number): readonly Extent[] {
    return this.files.flatMap((file) => extentsOf(file, partition));
  }

  remove(): void {
    process.off("exit", this.atExit);
    rmSync(this.path, { recursive: true, force: true });
  }
}

function madeIn(parent: string): string {
  try {
    return mkdtempSync(join(parent, "ksherproof-audit-"));
  } catch (cause) {
    const detail = `No folder for facts can be made in ${parent}: ${(cause as Error).message}.`;
    throw new EnvironmentError("temp_folder", detail, { cause, hint: "Give another folder with --temp." });
  }
}

/** Where the rows of one partition are in a file. */
export function extentsOf({ path, blocks }: SpillFile, partition: number): readonly Extent[] {
  const found: Extent[] = [];
  let offset = 0;
  for (let i = 0; i < blocks.length; i += 2) {
    const length = blocks[i + 1] ?? 0;
    if (blocks[i] === partition) found.push({ path, offset, length });
    offset += length;
  }
  return found;
}

/** Which hash of a row says its partition: the second one, and the first one where a partition is spread again. */
export interface Spread {
  readonly partitions: number;
  readonly word: 1 | 2;
  readonly shift: number;
}

const SPREAD: Spread = { partitions: PARTITIONS, word: 2, shift: 8 };

/** Bytes that are gathered for all partitions together before they are written. */
const GATHER = 1 << 20;
const MOST_BLOCK = 1 << 14;
const LEAST_BLOCK = 1 << 12;

/** Writes rows to one file; those of a partition are gathered into blocks. */
export class SpillWriter {
  readonly path: string;
  private readonly spread: Spread;
  private readonly descriptor: number;
  private readonly block: number;
  private readonly held: Uint32Array<ArrayBuffer>;
  private readonly lengths: Uint32Array;
  private readonly blocks: number[] = [];

  constructor(folder: string, name: string, spread: Spread = SPREAD) {
    this.path = join(folder, `${name}.facts`);
    this.spread = spread;
    this.descriptor = openSync(this.path, "w", 0o600);
    const share = 2 ** Math.floor(Math.log2(GATHER / spread.partitions));
    this.block = Math.min(MOST_BLOCK, Math.max(LEAST_BLOCK, share));
    this.held = new Uint32Array((this.block * spread.partitions) >> 2);
    this.lengths = new Uint32Array(spread.partitions);
  }

  /** Takes whole rows. */
  write(rows: Uint8Array): void {
    if (rows.byteOffset & 3) {
      this.write(Uint8Array.from(rows));
      return;
    }
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length >> 2);
    const { held, lengths, block } = this;
    const { partitions, word, shift } = this.spread;
    for (let from = 0; from < words.length; ) {
      const length = words[from] ?? 0;
      const count = length >> 2;
      const partition = ((words[from + word] ?? 0) >>> shift) % partitions;
      if ((lengths[partition] ?? 0) + length > block) this.flush(partition);
      if (length > block) this.append(partition, rows.subarray(from << 2, (from << 2) + length));
      else {
        const to = (partition * block + (lengths[partition] ?? 0)) >> 2;
        for (let i = 0; i < count; i += 1) held[to + i] = words[from + i] ?? 0;
        lengths[partition] = (lengths[partition] ?? 0) + length;
      }
      from += count;
    }
  }

  /** Writes what is held, and tells where everything is. */
  close(): SpillFile {
    for (let partition = 0; partition < this.spread.partitions; partition += 1) this.flush(partition);
    closeSync(this.descriptor);
    return { path: this.path, blocks: Uint32Array.from(this.blocks) };
  }

  private flush(partition: number): void {
    const length = this.lengths[partition] ?? 0;
    if (length === 0) return;
    this.append(partition, new Uint8Array(this.held.buffer, partition * this.block, length));
    this.lengths[partition] = 0;
  }

  private append(partition: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at);
    this.blocks.push(partition, bytes.length);
  }
}

/** Reads parts of files into a buffer one after the other; the part of it that they fill. */
export function readExtents(extents: readonly Extent[], into: Buffer): Buffer {
  let to = 0;
  let open = "";
  let descriptor = -1;
  try {
    for (const { path, offset, length } of extents) {
      if (path !== open) {
        if (descriptor >= 0) closeSync(descriptor);
        descriptor = openSync(path, "r");
        open = path;
      }
      const end = to + length;
      for (let read = -1; to < end && read !== 0; to += read)
        read = readSync(descriptor, into, to, end - to, offset + length - (end - to));
    }
  } finally {
    if (descriptor >= 0) closeSync(descriptor);
  }
  return into.subarray(0, to);
}
