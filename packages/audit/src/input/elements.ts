import { LONGEST_LINE } from "./lines.js";

/** One value that was cut out of a JSON text: its bytes without line ends between its tokens, and where it began. */
export interface Element {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** Counts from 1. */
  readonly index: number;
  /** False where the text ended inside it, or it is too long to hold. */
  readonly whole: boolean;
}

const BOM = [0xef, 0xbb, 0xbf];

type Wanted = "root" | "array" | "har";

/**
 * Cuts values out of a JSON text that streams by: the text itself, the items of its array, or the `entries` of a HAR's
 * `log`. It only follows brackets and strings; what is inside is for the exact path to judge.
 */
export class ElementCutter {
  private readonly parts: number[] = [];
  private depth = 0;
  private inString = false;
  private escaped = false;
  private started = -1;
  private index = 0;
  private at = 0;
  private overlong = false;
  private entriesSeen = false;
  private tornElement = false;
  /** For a HAR: the name that was read last at depth 1 and 2. */
  private name = "";
  private reading: number[] | null = null;
  private readonly path: string[] = [];
  private wanted: Wanted;
  /** The depth at which wanted values stand; for a HAR found on the way. */
  private level: number;

  constructor(har: boolean) {
    this.wanted = har ? "har" : "root";
    this.level = har ? Number.POSITIVE_INFINITY : 0;
  }

  *push(bytes: Uint8Array): Generator<Element> {
    for (const byte of bytes) {
      const found = this.step(byte);
      if (found) yield found;
      this.at += 1;
    }
  }

  /** What was open when the text ended. */
  *end(): Generator<Element> {
    if (this.started < 0) return;
    this.tornElement = true;
    yield this.cut(false);
  }

  /** What is wrong with the text as a whole once it ended; null where all is well, or the last element tells it. */
  get fault(): "cut" | "no_entries" | null {
    if (this.wanted === "har" && !this.entriesSeen) return "no_entries";
    return this.depth === 0 || this.tornElement ? null : "cut";
  }

  private step(byte: number): Element | null {
    if (this.at < BOM.length && byte === BOM[this.at]) return null;
    if (this.inString) return this.inside(byte);
    const space = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    if (byte === 0x22) {
      this.inString = true;
      this.reading = this.level === Number.POSITIVE_INFINITY && this.depth <= 2 ? [] : null;
      return this.open(byte);
    }
    if (byte === 0x7b || byte === 0x5b) return this.enter(byte);
    if (byte === 0x7d || byte === 0x5d) return this.leave(byte);
    if (byte === 0x2c && this.depth === this.level && this.started >= 0) return this.cut(true);
    if (byte === 0x2c && this.depth === this.level) return null;
    if (space) {
      if (this.started >= 0) this.keep(0x20);
      return null;
    }
    return this.open(byte);
  }

  private inside(byte: number): null {
    this.keep(byte);
    if (this.escaped) this.escaped = false;
    else if (byte === 0x5c) this.escaped = true;
    else if (byte === 0x22) {
      this.inString = false;
      if (this.reading) this.name = String.fromCharCode(...this.reading);
      this.reading = null;
      return null;
    }
    this.reading?.push(byte);
    return null;
  }

  private enter(byte: number): null {
    if (this.wanted === "root" && this.depth === 0 && byte === 0x5b && this.started < 0) {
      this.wanted = "array";
      this.level = 1;
      this.depth = 1;
      return null;
    }
    if (this.level === Number.POSITIVE_INFINITY) {
      this.path[this.depth] = this.name;
      if (byte === 0x5b && this.depth === 2 && this.path[1] === "log" && this.name === "entries") {
        this.level = 3;
        this.entriesSeen = true;
      }
      this.depth += 1;
      return null;
    }
    this.open(byte);
    this.depth += 1;
    return null;
  }

  private leave(byte: number): Element | null {
    this.depth -= 1;
    if (this.level !== Number.POSITIVE_INFINITY && this.depth < this.level) {
      const last = this.started >= 0 ? this.cut(true) : null;
      if (this.wanted === "har") this.level = Number.POSITIVE_INFINITY;
      else {
        this.wanted = "root";
        this.level = 0;
      }
      return last;
    }
    this.keep(byte);
    return this.wanted === "root" && this.depth === 0 && this.started >= 0 ? this.cut(true) : null;
  }

  private open(byte: number): null {
    if (this.started < 0 && this.depth === this.level) this.started = this.at;
    this.keep(byte);
    return null;
  }

  private keep(byte: number): void {
    if (this.started < 0) return;
    if (this.parts.length < LONGEST_LINE) this.parts.push(byte);
    else this.overlong = true;
  }

  private cut(whole: boolean): Element {
    this.index += 1;
    const element = {
      bytes: Uint8Array.from(this.parts),
      offset: this.started,
      index: this.index,
      whole: whole && !this.overlong,
    };
    this.parts.length = 0;
    this.started = -1;
    this.overlong = false;
    return element;
  }
}
