import { closeSync, openSync, readSync } from "node:fs";
import type { Chunk, Engine } from "./chunk.js";

/** Reads the chunks that are named by their place in a file, straight into the engine's own memory where they fit. */
export class PartReader {
  private readonly engine: Engine;
  private file = "";
  private descriptor = -1;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** The chunk with its bytes. Throws what `fs` throws. */
  read(chunk: Chunk): Chunk {
    const { part } = chunk;
    if (!part) return chunk;
    if (part.file !== this.file) this.open(part.file);
    const length = part.end - part.start;
    const { room } = this.engine;
    const into = room && length <= room.length ? room.subarray(0, length) : new Uint8Array(length);
    let at = 0;
    for (let read = -1; at < length && read !== 0; at += read)
      read = readSync(this.descriptor, into, at, length - at, part.start + at);
    return { ...chunk, bytes: into.subarray(0, at) };
  }

  close(): void {
    if (this.descriptor >= 0) closeSync(this.descriptor);
    this.descriptor = -1;
    this.file = "";
  }

  private open(file: string): void {
    this.close();
    this.descriptor = openSync(file, "r");
    this.file = file;
  }
}
