import { SAYINGS, type Saying } from "../record/fact.js";
import type { Rows } from "./row-reader.js";
import { ROW } from "./rows.js";

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
/** What the first word of a row that shows something alone has in the bits of {@link ORDINARY}. */
export const TELLING = (SAYINGS.indexOf("CLOSED") << ROW.says) | (EXCHANGE << ROW.form);
export const ORDINARY = ~(ROW.length | ROW.long | ROW.timed | ROW.absolute);

/** What the module's screen (assembly/screen.ts) knows of the sayings, in its order. */
export const SCREEN_MASKS = [
  ...[PAID, SETTLED, CLOSED, OPEN, CANCELLED, CANCEL, REFUSED, ALREADY_PAID, UNKNOWN, UNSIGNED_TEXTS],
  ...[ORDINARY, TELLING],
] as const;

/** Places of texts in a row (rows.ts). */
const TOTAL_FEE = 2;
const COMPARED = [TOTAL_FEE, 3, 5] as const;
const TIME_STAMP = 6;

/** More requests than these are not compared pair by pair. */
const MOST_PAIRS = 16;

/** Whether a row can show something alone, by its first word: only an exchange about an order that says CLOSED does. */
export function tellsAlone(kind: number): boolean {
  return (kind & ORDINARY) === TELLING;
}

/** Whether the rows of one order, or one nonce, can show something. */
export function tells(rows: Rows, group: readonly number[]): boolean {
  const [first] = group;
  if (first === undefined) return false;
  if (group.length === 1) return tellsAlone(rows.words[first >> 2] ?? 0);
  if (rows.isNonce(first)) return true;
  let all = 0;
  let exchange = false;
  let cancels = 0;
  let settled = Number.POSITIVE_INFINITY;
  let closed = Number.POSITIVE_INFINITY;
  let open = Number.NEGATIVE_INFINITY;
  for (const row of group) {
    const says = 1 << rows.says(row);
    const at = rows.at(row);
    all |= says;
    if (says & CANCEL) cancels += 1;
    if (rows.form(row) === EXCHANGE) exchange = true;
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
        (1 << rows.says(row)) & UNSIGNED_TEXTS ||
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
