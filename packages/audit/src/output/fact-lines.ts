import { Rows } from "../order/row-reader.js";
import { type ChunkStart, FORMS } from "../order/rows.js";
import { FACT_TEXTS, SAYINGS } from "../record/fact.js";

/** Bytes of lines that are gathered before they are written. */
const GATHER = 1 << 16;

/** The longest text of a fact that is copied as it is; longer ones may have been cut within a character. */
const LONGEST_COPY = 4096;

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");
const OF = ["order", "nonce"] as const;
const BEGIN = OF.map((of) => ascii(`{"type":"fact","group":"${of} `));
const APPID = OF.map((of) => ascii(`","fact":{"of":"${of}","appid":"`));
const SPACE = ascii(" ");
const ID = ascii('","id":"');
const SAYS = SAYINGS.map((says) => FORMS.map((form) => ascii(`","says":"${says}","form":"${form}","at":`)));
/** Those behind appid and id. */
const NAMES = FACT_TEXTS.slice(2).map((name, i) => ascii(`${i === 0 ? "" : '"'},"${name}":"`));

/**
 * Writes facts as lines of a partial report, byte for byte what `JSON.stringify` makes of them (`factLine`), straight from
 * their rows: a million of them make no garbage.
 */
export class FactLines {
  private readonly write: (bytes: Uint8Array) => void;
  private out = Buffer.allocUnsafeSlow(2 * GATHER);
  private at = 0;
  private readonly places = new Map<string, Uint8Array>();

  constructor(write: (bytes: Uint8Array) => void) {
    this.write = write;
  }

  /** Adds a line of another kind. */
  line(text: string): void {
    this.text(`${text}\n`);
    this.flush();
  }

  /** Adds the facts of whole rows. */
  facts(bytes: Buffer, startOf: (chunk: number) => ChunkStart): void {
    const rows = new Rows(bytes);
    for (let row = 0; row < bytes.length; row = rows.next(row)) this.fact(rows, row, startOf);
  }

  end(): void {
    if (this.at > 0) this.write(Uint8Array.prototype.slice.call(this.out, 0, this.at));
    this.at = 0;
  }

  private fact(rows: Rows, row: number, startOf: (chunk: number) => ChunkStart): void {
    const { bytes } = rows;
    const of = rows.isNonce(row) ? 1 : 0;
    const appid = rows.start(row, 0);
    const id = appid + rows.length(row, 0);
    let from = id + rows.length(row, 1);
    this.bytes(BEGIN[of]);
    this.quoted(bytes, appid, id);
    this.bytes(SPACE);
    this.quoted(bytes, id, from);
    this.bytes(APPID[of]);
    this.quoted(bytes, appid, id);
    this.bytes(ID);
    this.quoted(bytes, id, from);
    this.bytes(SAYS[rows.says(row)]?.[rows.form(row)]);
    const time = rows.at(row);
    this.text(Number.isNaN(time) ? "null" : `${time}`);
    for (const [i, name] of NAMES.entries()) {
      this.bytes(name);
      const end = from + rows.length(row, 2 + i);
      this.quoted(bytes, from, end);
      from = end;
    }
    const chunk = startOf(rows.chunk(row));
    const { line, offset } = rows.place(row, chunk);
    this.bytes(this.place(chunk.file));
    this.text(`${line},"offset":${offset}}}}\n`);
    this.flush();
  }

  private place(file: string): Uint8Array {
    const known = this.places.get(file);
    if (known) return known;
    const made = Buffer.from(`","place":{"file":${JSON.stringify(file)},"line":`);
    this.places.set(file, made);
    return made;
  }

  /** Copies a text as it stands in a JSON string. */
  private quoted(bytes: Buffer, from: number, end: number): void {
    let plain = end - from <= LONGEST_COPY;
    for (let i = from; plain && i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte < 0x20 || byte === 0x22 || byte === 0x5c) plain = false;
    }
    if (plain) {
      this.room(end - from);
      for (let i = from; i < end; i += 1) {
        this.out[this.at] = bytes[i] ?? 0;
        this.at += 1;
      }
    } else this.text(JSON.stringify(bytes.toString("utf8", from, end)).slice(1, -1));
  }

  private bytes(bytes: Uint8Array | undefined): void {
    if (!bytes) return;
    this.room(bytes.length);
    this.out.set(bytes, this.at);
    this.at += bytes.length;
  }

  private text(text: string): void {
    this.room(3 * text.length);
    this.at += this.out.write(text, this.at);
  }

  private room(length: number): void {
    if (this.at + length <= this.out.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.at + length));
    larger.set(this.out.subarray(0, this.at));
    this.out = larger;
  }

  private flush(): void {
    if (this.at >= GATHER) this.end();
  }
}
