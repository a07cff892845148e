import { SAYINGS, type Saying } from "../record/fact.js";
import { HEADER } from "./rows.js";

// Says of rows as they are, without reading them as facts, whether judge-order.ts could find something in them: nearly
// every order of a log is in order, and is only counted. A yes may be wrong, a no never is.

const bit = (...sayings: readonly Saying[]): number =>
  sayings.reduce((bits, says) => bits | (1 << SAYINGS.indexOf(says)), 0);

const PAID = bit("SUCCESS");
const SETTLED = bit("SUCCESS", "REFUND");
const CLOSED = bit("CLOSED");
const OPEN = bit("NOTPAY", "PENDING", "USERPAYING", "NOTSURE", "PAYERROR");
const CANCELLED = bit("cancel 0", "cancel -5");
const CANCEL = bit("cancel 0");
const REFUSED = bit("cancel -6");
const ALREADY_PAID = bit("cancel -4");
const UNKNOWN = bit("cancel -3");
const UNSIGNED_TEXTS = bit("FAIL");
const EXCHANGE = 1;
const CLOSED_EXCHANGE = (SAYINGS.indexOf("CLOSED") << 8) | (EXCHANGE << 16);

/** Places of texts in a row (rows.ts). */
const TOTAL_FEE = 2;
const COMPARED = [TOTAL_FEE, 3, 5] as const;
const TIME_STAMP = 6;

/** More requests than these are not compared pair by pair. */
const MOST_PAIRS = 16;

/** A row of bytes with what its header says. */
export class Rows {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  private readonly view: DataView;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Whether the row at a word can show something alone: only an exchange about an order that says CLOSED does. */
  tellsAlone(word: number): boolean {
    return ((this.words[word + 3] ?? 0) & 0xffffff) === CLOSED_EXCHANGE;
  }

  isNonce(row: number): boolean {
    return this.bytes[row + 12] !== 0;
  }

  /** What a row says, as one bit. */
  says(row: number): number {
    return 1 << (this.bytes[row + 13] ?? 0);
  }

  isExchange(row: number): boolean {
    return this.bytes[row + 14] === EXCHANGE;
  }

  at(row: number): number {
    return this.view.getFloat64(row + 16, true);
  }

  length(row: number, text: number): number {
    return this.view.getUint16(row + 40 + 2 * text, true);
  }

  /** Where a text of a row begins. */
  start(row: number, text: number): number {
    let at = row + HEADER;
    for (let i = 0; i < text; i += 1) at += this.length(row, i);
    return at;
  }

  /** Compares a text of two rows as `Buffer.compare` does. */
  compare(a: number, b: number, text: number): number {
    const [x, y] = [this.start(a, text), this.start(b, text)];
    return this.bytes.compare(this.bytes, y, y + this.length(b, text), x, x + this.length(a, text));
  }

  /** Whether two rows are about the same order, or the same nonce. */
  sameKey(a: number, b: number): boolean {
    const { bytes, words } = this;
    const [x, y] = [a >> 2, b >> 2];
    if (words[x + 1] !== words[y + 1] || words[x + 2] !== words[y + 2]) return false;
    if (words[x + 10] !== words[y + 10] || bytes[a + 12] !== bytes[b + 12]) return false;
    const end = HEADER + this.length(a, 0) + this.length(a, 1);
    for (let i = HEADER; i < end; i += 1) if (bytes[a + i] !== bytes[b + i]) return false;
    return true;
  }
}

/** Whether the rows of one order, or one nonce, can show something. */
export function tells(rows: Rows, group: readonly number[]): boolean {
  const [first] = group;
  if (first === undefined) return false;
  if (group.length === 1) return rows.tellsAlone(first >> 2);
  if (rows.isNonce(first)) return true;
  let all = 0;
  let exchange = false;
  let cancels = 0;
  let settled = Number.POSITIVE_INFINITY;
  let closed = Number.POSITIVE_INFINITY;
  let open = Number.NEGATIVE_INFINITY;
  for (const row of group) {
    const says = rows.says(row);
    const at = rows.at(row);
    all |= says;
    if (says & CANCEL) cancels += 1;
    if (rows.isExchange(row)) exchange = true;
    if (says & SETTLED && at < settled) settled = at;
    if (says & CLOSED && at < closed) closed = at;
    if (says & OPEN && at > open) open = at;
  }
  const paid = (all & PAID) !== 0;
  const refused = (all & REFUSED) !== 0 || ((all & ALREADY_PAID) !== 0 && (all & OPEN) !== 0);
  if (paid && ((all & (CANCELLED | CLOSED)) !== 0 || refused)) return true;
  if ((all & CLOSED) !== 0 && (all & CANCELLED) === 0 && exchange) return true;
  if (open > settled || open > closed || cancels > 1 || (all & UNKNOWN) !== 0) return true;
  return contradict(rows, group) || stampsBack(rows, group);
}

/** Whether signed answers disagree on a text. */
function contradict(rows: Rows, group: readonly number[]): boolean {
  for (const text of COMPARED) {
    let first = -1;
    for (const row of group) {
      if (
        rows.says(row) & UNSIGNED_TEXTS ||
        rows.length(row, TOTAL_FEE) === 0 ||
        rows.length(row, text) === 0
      )
        continue;
      if (first < 0) first = row;
      else if (rows.length(first, text) !== rows.length(row, text) || rows.compare(first, row, text) !== 0)
        return true;
    }
  }
  return false;
}

/** Whether a later request carries an earlier time stamp. */
function stampsBack(rows: Rows, group: readonly number[]): boolean {
  const stamped = group.filter((row) => rows.length(row, TIME_STAMP) === 14);
  if (stamped.length > MOST_PAIRS) return true;
  return stamped.some((a) =>
    stamped.some((b) => rows.at(a) < rows.at(b) && rows.compare(a, b, TIME_STAMP) > 0),
  );
}
