/** One row of a CSV: its cells as bytes, and where it began. */
export interface CsvRow {
  readonly cells: readonly Uint8Array[];
  readonly line: number;
  readonly offset: number;
}

const QUOTE = 0x22;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Reads CSV as RFC 4180 has it, streaming: quoted cells may hold commas, doubled quotes and line ends. A first row without a
 * comma may be separated by semicolons or tabs, as spreadsheets write them in some countries: then all rows are.
 */
export class CsvReader {
  private cells: Uint8Array[] = [];
  private cell: number[] = [];
  private quoted = false;
  private afterQuote = false;
  private at = 0;
  private line = 1;
  private rowLine = 1;
  private rowAt = 0;
  private separator = 0;
  private readonly longest: number;

  constructor(longest: number) {
    this.longest = longest;
  }

  *push(bytes: Uint8Array): Generator<CsvRow> {
    if (this.separator === 0) this.separator = separatorOf(bytes);
    for (const byte of bytes) {
      const row = this.step(byte);
      this.at += 1;
      if (byte === 0x0a) this.line += 1;
      if (row) {
        yield row;
        this.rowLine = this.line;
        this.rowAt = this.at;
      }
    }
  }

  *end(): Generator<CsvRow> {
    if (this.cell.length > 0 || this.cells.length > 0) yield this.endRow();
  }

  private step(byte: number): CsvRow | null {
    if (this.at < BOM.length && byte === BOM[this.at]) return null;
    if (this.quoted && !this.afterQuote) {
      if (byte === QUOTE) this.afterQuote = true;
      else this.add(byte);
      return null;
    }
    if (this.afterQuote && byte === QUOTE) {
      this.afterQuote = false;
      this.add(byte);
      return null;
    }
    if (this.afterQuote) {
      this.afterQuote = false;
      this.quoted = false;
    }
    if (byte === QUOTE && this.cell.length === 0) this.quoted = true;
    else if (byte === this.separator) this.endCell();
    else if (byte === 0x0a) return this.endRow();
    else if (byte !== 0x0d) this.add(byte);
    return null;
  }

  private add(byte: number): void {
    if (this.cell.length < this.longest) this.cell.push(byte);
  }

  private endCell(): void {
    this.cells.push(Uint8Array.from(this.cell));
    this.cell = [];
    this.quoted = false;
  }

  private endRow(): CsvRow {
    this.endCell();
    const row = { cells: this.cells, line: this.rowLine, offset: this.rowAt };
    this.cells = [];
    this.afterQuote = false;
    return row;
  }
}

/** The comma, unless the first row has none and has semicolons or tabs. */
function separatorOf(head: Uint8Array): number {
  const end = head.indexOf(0x0a);
  const row = end < 0 ? head : head.subarray(0, end);
  return [0x2c, 0x3b, 0x09].find((byte) => row.includes(byte)) ?? 0x2c;
}
