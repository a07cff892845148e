import { toHex } from "./bytes.js";
import type { Params } from "./params.js";
import { accept, type Result, reject } from "./rejection.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

const UNRESERVED = /[A-Za-z0-9*\-._]/;
const ALL_UNRESERVED = /^[A-Za-z0-9*\-._]*$/;

/**
 * A form body (application/x-www-form-urlencoded) that decodes to exactly these params (REQ-006): space as `+`, all but
 * `A-Z a-z 0-9 * - . _` as upper-case percent escapes. Throws `UsageError` for text that has no UTF-8.
 */
export function encodeForm(params: Params): string {
  const fields: string[] = [];
  for (const [name, value] of params) fields.push(`${encodeField(name)}=${encodeField(value)}`);
  return fields.join("&");
}

function encodeField(text: string): string {
  if (ALL_UNRESERVED.test(text)) return text;
  let encoded = "";
  for (const byte of encodeUtf8(text)) {
    const letter = String.fromCharCode(byte);
    if (byte === 0x20) encoded += "+";
    else if (byte < 0x80 && UNRESERVED.test(letter)) encoded += letter;
    else encoded += `%${toHex(new Uint8Array([byte])).toUpperCase()}`;
  }
  return encoded;
}

/**
 * Decodes a form body strictly (REQ-003, REQ-006): a name that comes twice, a field with no `=`, an empty name, a bad
 * percent escape, or bytes that are no UTF-8 are rejections; `at` is the byte offset in the body. Nothing between two
 * `&`, or after the last, is no field, as the URL standard has it.
 */
export function decodeForm(body: string | Uint8Array): Result<Params> {
  const bytes = typeof body === "string" ? encodeUtf8(body) : body;
  const params = new Map<string, string>();
  if (bytes.length === 0) return accept(params);
  const ascii = asciiText(bytes);
  let start = 0;
  while (start <= bytes.length) {
    const amp = bytes.indexOf(0x26, start);
    const end = amp < 0 ? bytes.length : amp;
    if (end === start) {
      start = end + 1;
      continue;
    }
    const equals = bytes.indexOf(0x3d, start);
    if (equals < 0 || equals > end) {
      return reject("form_no_equals", "REQ-002", `Expected name=value at byte ${start}, found no =.`, {
        at: start,
      });
    }
    if (equals === start) {
      return reject("form_empty_name", "REQ-002", `Expected a name before the = at byte ${start}.`, {
        at: start,
      });
    }
    const name = decodeField(bytes, ascii, start, equals);
    if (!name.ok) return name;
    const value = decodeField(bytes, ascii, equals + 1, end);
    if (!value.ok) return value;
    if (params.has(name.value)) {
      const field = name.value;
      return reject(
        "form_duplicate",
        "REQ-003",
        `The field ${JSON.stringify(field)} comes a second time at byte ${start}.`,
        {
          at: start,
          field,
        },
      );
    }
    params.set(name.value, value.value);
    start = end + 1;
  }
  return accept(params);
}

/** The bytes as a text in which each stands at its own offset: nearly every form; null where a byte is not ASCII. */
function asciiText(bytes: Uint8Array): string | null {
  const text = decodeUtf8(bytes);
  return text.ok && text.value.length === bytes.length ? text.value : null;
}

function decodeField(bytes: Uint8Array, ascii: string | null, start: number, end: number): Result<string> {
  const plain = ascii?.slice(start, end);
  if (plain !== undefined && !/[%+]/.test(plain)) return accept(plain);
  const decoded = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x25) {
      const high = digit(at + 1 < end ? bytes[at + 1] : undefined);
      const low = digit(at + 2 < end ? bytes[at + 2] : undefined);
      if (high < 0 || low < 0) {
        return reject("form_bad_escape", "REQ-006", `Expected two hex digits after the % at byte ${at}.`, {
          at,
        });
      }
      decoded[length] = high * 16 + low;
      at += 2;
    } else {
      decoded[length] = byte === 0x2b ? 0x20 : byte;
    }
    length += 1;
  }
  const text = decodeUtf8(decoded.subarray(0, length));
  if (text.ok) return text;
  const at = placeOf(bytes, start, end, text.rejection.at ?? 0);
  return reject(
    "form_bad_utf8",
    "SIG-006",
    `The bytes that the field decodes to are no UTF-8, from byte ${at} on.`,
    { at },
  );
}

/** Where in the body the nth decoded byte of a field was written. */
function placeOf(bytes: Uint8Array, start: number, end: number, nth: number): number {
  let at = start;
  for (let passed = 0; passed < nth && at < end; passed += 1) at += bytes[at] === 0x25 ? 3 : 1;
  return at;
}

function digit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
