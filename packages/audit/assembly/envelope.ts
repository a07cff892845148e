import { escaped, more, skip, stringEnd } from "./cursor";
import { ENVELOPE, ENVELOPE_COUNT, found, label } from "./labels";
import { members } from "./members";
import { digit } from "./time";

// Reads an answer's envelope: its code, its data, its signature, its texts.

// A bit for each name, in the order of its label; the others are texts that mean nothing here.
const CODE = 1, DATA = 2, SIGN = 4;

export let code: i32 = 0;
export let hasCode: bool = false;
/** Whether it has data that is an object. */
export let hasMembers: bool = false;
/** The signature's text, 0 for none. */
export let sign: usize = 0;
export let signDigits: usize = 0;

/** Before each record. */
export function reset(): void {
  hasCode = false;
  hasMembers = false;
  sign = 0;
}

/** Returns where the envelope at a brace ends, 0 for what is unusual. */
export function envelope(from: usize): usize {
  let p = from;
  let seen = 0;
  let again = 1;
  let index: usize = 0;
  while (again == 1) {
    p = label(p + 1, ENVELOPE, ENVELOPE_COUNT, index);
    if (p == 0 || found < 0) return 0;
    index += 1;
    const bit = 1 << found;
    if (seen & bit) return 0;
    seen |= bit;
    if (bit == CODE) p = codeNumber(p);
    else if (bit == DATA && load<u8>(p) == 0x7b) {
      hasMembers = true;
      p = members(p);
    } else {
      const from = p + 1;
      p = text(p);
      if (bit == SIGN) {
        if (p == 0 || escaped) return 0;
        sign = from;
        signDigits = p - 1 - from;
        if (signDigits == 0) return 0;
      }
    }
    if (p == 0) return 0;
    p = skip(p);
    again = more(load<u8>(p));
  }
  return again == 0 ? p + 1 : 0;
}

function text(p: usize): usize {
  if (load<u8>(p) != 0x22) return 0;
  const end = stringEnd(p + 1);
  return end == 0 ? 0 : end + 1;
}

/** The documented codes, -6 to 0. */
function codeNumber(from: usize): usize {
  const negative = load<u8>(from) == 0x2d;
  const p = negative ? from + 1 : from;
  const value = digit(p);
  const after = load<u8>(p + 1);
  if (after != 0x2c && after != 0x7d && after != 0x20) return 0;
  if (value < 0 || value > 6 || (negative ? value == 0 : value != 0)) return 0;
  code = negative ? -value : 0;
  hasCode = true;
  return p + 1;
}
