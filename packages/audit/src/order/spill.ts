import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PARTITIONS } from "./rows.js";

/** A folder of facts on disk: each writer has one file for each partition. */
export class SpillFolder {
  readonly path: string;

  constructor(parent: string = tmpdir()) {
    this.path = mkdtempSync(join(parent, "ksherproof-audit-"));
  }

  /** Bytes of facts in a partition. */
  size(partition: number): number {
    return this.files(partition).reduce((sum, file) => sum + statSync(file).size, 0);
  }

  /** The files of a partition, one for each writer. */
  files(partition: number): readonly string[] {
    return readdirSync(this.path)
      .filter((name) => name.endsWith(`-${partition}.facts`))
      .sort()
      .map((name) => join(this.path, name));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** One writer's files. */
export class SpillWriter {
  private readonly descriptors: readonly number[];

  constructor(folder: string, writer: string, partitions = PARTITIONS) {
    this.descriptors = Array.from({ length: partitions }, (_, i) =>
      openSync(join(folder, `${writer}-${i}.facts`), "w", 0o600),
    );
  }

  /** Appends rows, one buffer for each partition. */
  write(rows: readonly Uint8Array[]): void {
    for (const [i, bytes] of rows.entries()) {
      const descriptor = this.descriptors[i];
      for (let at = 0; descriptor !== undefined && at < bytes.length; )
        at += writeSync(descriptor, bytes, at);
    }
  }

  close(): void {
    for (const descriptor of this.descriptors) closeSync(descriptor);
  }
}

/** Reads whole files into a buffer one after the other; the part of it that they fill. */
export function readFiles(files: readonly string[], into: Buffer): Buffer {
  let at = 0;
  for (const file of files) {
    const descriptor = openSync(file, "r");
    try {
      for (let read = -1; read !== 0; at += read)
        read = readSync(descriptor, into, at, into.length - at, null);
    } finally {
      closeSync(descriptor);
    }
  }
  return into.subarray(0, at);
}
