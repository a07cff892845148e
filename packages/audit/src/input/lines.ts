/** Bytes of a chunk: small enough to stay in the cache, large enough to be worth handing over. */
export const CHUNK = 1 << 19;

/** A record longer than this is a finding, not a record: memory stays flat. */
export const LONGEST_LINE = 8 << 20;

/** A piece of whole lines, or a line that is too long to hold. */
export type Piece =
  | { readonly kind: "lines"; readonly bytes: Uint8Array<ArrayBuffer>; readonly offset: number }
  | { readonly kind: "too_long"; readonly length: number; readonly offset: number };

/** Memory of chunks that are done, for new ones: what the garbage collector would leave lying is used again. */
export class Shelf {
  private readonly spare: Uint8Array<ArrayBuffer>[] = [];

  take(): Uint8Array<ArrayBuffer> {
    return this.spare.pop() ?? new Uint8Array(CHUNK * 2);
  }

  give(memory: ArrayBuffer): void {
    if (memory.byteLength === CHUNK * 2 && this.spare.length < 64) this.spare.push(new Uint8Array(memory));
  }
}

/**
 * Cuts a stream of bytes into pieces that end where a line ends (the last one may lack the newline). A line longer than
 * `LONGEST_LINE` is passed over, and told.
 */
export class LineCutter {
  private held: Uint8Array<ArrayBuffer>;
  private readonly shelf: Shelf;
  private length = 0;
  private offset: number;
  /** Bytes passed over so far of a line that is too long; -1 outside of one. */
  private skipped = -1;

  constructor(shelf: Shelf, offset = 0) {
    this.shelf = shelf;
    this.held = shelf.take();
    this.offset = offset;
  }

  /** Takes bytes in, gives the pieces that are complete. */
  *push(bytes: Uint8Array): Generator<Piece> {
    let rest = bytes;
    if (this.skipped >= 0) {
      const newline = rest.indexOf(10);
      if (newline < 0) {
        this.skipped += rest.length;
        return;
      }
      yield this.tooLong(this.skipped + newline, 1);
      rest = rest.subarray(newline + 1);
    }
    while (rest.length > 0) {
      const part = rest.subarray(0, CHUNK);
      rest = rest.subarray(part.length);
      this.hold(part);
      if (this.length < CHUNK) continue;
      const newline = this.held.lastIndexOf(10, this.length - 1);
      const first = this.length > LONGEST_LINE ? this.held.subarray(0, this.length).indexOf(10) : -1;
      if (first > LONGEST_LINE) yield this.passOver(first);
      else if (newline >= 0) yield this.take(newline + 1);
      else if (this.length > LONGEST_LINE) {
        this.skipped = this.length;
        this.length = 0;
        this.held = this.shelf.take();
        yield* this.push(rest);
        return;
      }
    }
  }

  /** What is left when the stream has ended. */
  *end(): Generator<Piece> {
    if (this.skipped >= 0) yield this.tooLong(this.skipped, 0);
    else if (this.length > LONGEST_LINE && this.held.lastIndexOf(10, this.length - 1) < 0)
      yield this.tooLong(this.length, 0);
    else if (this.length > 0) yield this.take(this.length);
  }

  private hold(part: Uint8Array): void {
    if (this.length + part.length > this.held.length) {
      const larger = new Uint8Array(this.held.length * 2);
      larger.set(this.held.subarray(0, this.length));
      this.held = larger;
    }
    this.held.set(part, this.length);
    this.length += part.length;
  }

  private take(length: number): Piece {
    const whole = this.held;
    const rest = whole.subarray(length, this.length);
    this.held = rest.length <= CHUNK ? this.shelf.take() : new Uint8Array(whole.length);
    this.held.set(rest);
    this.length = rest.length;
    const { offset } = this;
    this.offset += length;
    return { kind: "lines", bytes: whole.subarray(0, length), offset };
  }

  /** A whole line that is too long, with its newline; what is held after it stays. */
  private passOver(length: number): Piece {
    const rest = this.held.slice(length + 1, this.length);
    this.held = this.shelf.take();
    this.held.set(rest);
    this.length = rest.length;
    return this.tooLong(length, 1);
  }

  private tooLong(length: number, newline: number): Piece {
    const { offset } = this;
    this.offset += length + newline;
    this.skipped = -1;
    return { kind: "too_long", length, offset };
  }
}
