import { closeSync, mkdtempSync, openSync, promises, readSync, rmSync, writevSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EnvironmentError } from "@ksherproof/core";
import { blockRows, type RowBlocks, rowBlocks } from "./row-blocks.js";
import { PARTITIONS, ROW } from "./rows.js";

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

const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A folder of facts on disk. It is removed when the process ends, also by a signal that nothing else listens to. */
export class SpillFolder {
  readonly path: string;
  private readonly files: SpillFile[] = [];
  private readonly atExit = (): void => this.remove();
  private readonly atSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    this.remove();
    process.kill(process.pid, signal);
  };

  /** `files` are read too; they lie elsewhere, and stay there. */
  constructor(parent: string = tmpdir(), files: readonly SpillFile[] = []) {
    this.path = madeIn(parent);
    this.files.push(...files);
    process.once("exit", this.atExit);
    for (const signal of ENDING) process.on(signal, this.atSignal);
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

  /** Removes the folder, its files at the same time: freeing a hundred megabytes takes ten milliseconds. */
  async discard(): Promise<void> {
    const names = await promises.readdir(this.path).catch(() => []);
    await Promise.allSettled(names.map((name) => promises.unlink(join(this.path, name))));
    this.remove();
  }

  private remove(): void {
    process.off("exit", this.atExit);
    for (const signal of ENDING) process.off(signal, this.atSignal);
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
const GATHER = 1 << 21;
const MOST_BLOCK = 1 << 14;
const LEAST_BLOCK = 1 << 12;

/** Writes rows to one file. Those of a partition are gathered in a block; when one is full, all are written at once. */
export class SpillWriter {
  readonly path: string;
  private readonly spread: Spread;
  private readonly descriptor: number;
  private readonly gathered: RowBlocks;
  private readonly blocks: number[] = [];

  constructor(folder: string, name: string, spread: Spread = SPREAD, gathered: RowBlocks | null = null) {
    this.path = join(folder, `${name}.facts`);
    this.spread = spread;
    this.descriptor = openSync(this.path, "w", 0o600);
    const share = 2 ** Math.floor(Math.log2(GATHER / spread.partitions));
    const size = Math.min(MOST_BLOCK, Math.max(LEAST_BLOCK, share));
    this.gathered = gathered ?? rowBlocks(spread.partitions, size);
  }

  /** Takes whole rows. */
  write(rows: Uint8Array): void {
    if (rows.byteOffset & 3) {
      this.write(Uint8Array.from(rows));
      return;
    }
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length >> 2);
    const { words: held, lengths, size, limit } = this.gathered;
    const { partitions, word, shift } = this.spread;
    for (let from = 0; from < words.length; ) {
      const length = (words[from] ?? 0) & ROW.length;
      const count = length >> 2;
      const partition = ((words[from + word] ?? 0) >>> shift) % partitions;
      if ((lengths[partition] ?? 0) + length > limit) this.flush();
      if (length > limit) this.append([partition], [rows.subarray(from << 2, (from << 2) + length)]);
      else {
        const to = (partition * size + (lengths[partition] ?? 0)) >> 2;
        for (let i = 0; i < count; i += 1) held[to + i] = words[from + i] ?? 0;
        lengths[partition] = (lengths[partition] ?? 0) + length;
      }
      from += count;
    }
  }

  /** Writes what is held. */
  flush(): void {
    const { lengths } = this.gathered;
    const partitions: number[] = [];
    const parts: Uint8Array[] = [];
    for (let partition = 0; partition < lengths.length; partition += 1) {
      if (lengths[partition] === 0) continue;
      partitions.push(partition);
      parts.push(blockRows(this.gathered, partition));
    }
    if (partitions.length > 0) this.append(partitions, parts);
    lengths.fill(0);
  }

  /** Writes what is held, and tells where everything is. */
  close(): SpillFile {
    this.flush();
    closeSync(this.descriptor);
    return { path: this.path, blocks: Uint32Array.from(this.blocks) };
  }

  private append(partitions: readonly number[], parts: readonly Uint8Array[]): void {
    writeAll(this.descriptor, parts);
    for (let i = 0; i < partitions.length; i += 1)
      this.blocks.push(partitions[i] ?? 0, parts[i]?.length ?? 0);
  }
}

/** Writes all parts, one after the other, in as few calls as the system allows. */
function writeAll(descriptor: number, parts: readonly Uint8Array[]): void {
  let left = parts;
  while (left.length > 0) {
    let written = writevSync(descriptor, left);
    let done = 0;
    for (; done < left.length && written >= (left[done]?.length ?? 0); done += 1)
      written -= left[done]?.length ?? 0;
    const [first, ...rest] = left.slice(done);
    left = first ? [first.subarray(written), ...rest] : [];
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
