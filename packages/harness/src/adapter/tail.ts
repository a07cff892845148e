/** The last so many bytes of what a process wrote. Nothing is copied until it is asked for. */
export class Tail {
  private readonly most: number;
  private chunks: Buffer[] = [];
  private length = 0;

  constructor(most: number) {
    this.most = most;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    // Twice as much is let gather, so that the old is thrown away in one go and seldom.
    if (this.length > 2 * this.most) this.keep(Buffer.concat(this.chunks).subarray(-this.most));
  }

  /** As UTF-8; a character that was cut at the beginning is shown as U+FFFD. */
  text(): string {
    return Buffer.concat(this.chunks).subarray(-this.most).toString("utf8");
  }

  clear(): void {
    this.chunks = [];
    this.length = 0;
  }

  private keep(rest: Buffer): void {
    // A copy: a view would hold all that it was cut from.
    this.chunks = [Buffer.from(rest)];
    this.length = rest.length;
  }
}
