/** A longer line is no answer. */
const LONGEST_LINE = 32 << 20;

/** Cuts a stream of bytes into lines of UTF-8 text; `\n` ends a line, and a `\r` before it is white space to JSON. */
export class Lines {
  private chunks: Buffer[] = [];
  private buffered = 0;

  /** How many bytes came since the last line end. */
  get unfinished(): number {
    return this.buffered;
  }

  /** Gives the lines that a chunk completes; null where a line has become too long to be one. */
  push(chunk: Buffer): readonly string[] | null {
    const lines: string[] = [];
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      this.chunks.push(rest.subarray(0, end));
      lines.push(Buffer.concat(this.chunks).toString("utf8"));
      this.chunks = [];
      this.buffered = 0;
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.chunks.push(rest);
    this.buffered += rest.length;
    return this.buffered > LONGEST_LINE ? null : lines;
  }
}
