import { createHash } from "node:crypto";
import { fileBytes } from "./bytes.js";

/** The SHA-256 of an input's bytes, taken while they are read. */
export class InputDigest {
  private readonly hash = createHash("sha256");
  private length = 0;

  /** The same stream; what passes is digested. */
  async *tap(stream: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of stream) {
      this.add(bytes);
      yield bytes;
    }
  }

  add(bytes: Uint8Array): void {
    this.hash.update(bytes);
    this.length += bytes.length;
  }

  /** The digest in hex of a file of so many bytes; where not all of them were read, the file is read for it. */
  ofFile(file: string, size: number): string {
    return this.length === size ? this.hash.digest("hex") : digestOfFile(file, size);
  }

  /** The digest in hex of what passed. */
  ofAll(): string {
    return this.hash.digest("hex");
  }
}

/** The SHA-256 of a file's first bytes, in hex. */
export function digestOfFile(file: string, size: number): string {
  const hash = createHash("sha256");
  for (const bytes of fileBytes(file, 0, size)) hash.update(bytes);
  return hash.digest("hex");
}
