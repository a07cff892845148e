import { accept, type Result, reject } from "./rejection.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

/** A command line as the Windows command prompt needs it (`^"`, `^%`, `^` at line ends), turned into one for a POSIX shell. */
export function fromCommandPrompt(text: string): string {
  if (!/\^"/.test(text)) return text;
  return text.replace(/\s*\^\r?\n\s*/g, " ").replace(/\^([\s\S])/g, "$1");
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
};

/** Splits a command line as a POSIX shell would: quotes, backslashes, `$'...'`; no expansion. */
export function shellWords(text: string): Result<readonly string[]> {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  const close = (from: number, quote: string): number => {
    let end = from;
    while (end < text.length && text[end] !== quote) end += quote !== "'" && text[end] === "\\" ? 2 : 1;
    return end < text.length ? end : -1;
  };
  while (at < text.length) {
    const next = text[at] ?? "";
    if (/\s/.test(next)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else if (next === "\\") {
      if (/^\\\r?\n/.test(text.slice(at, at + 3))) at += text[at + 1] === "\r" ? 3 : 2;
      else {
        word = (word ?? "") + (text[at + 1] ?? "");
        at += 2;
      }
    } else if (next === "$" && text[at + 1] === "'") {
      let end = at + 2;
      while (end < text.length && text[end] !== "'") end += text[end] === "\\" ? 2 : 1;
      if (end >= text.length) return unclosed(at);
      word = (word ?? "") + ansi(text.slice(at + 2, end));
      at = end + 1;
    } else if (next === "'" || next === '"') {
      const end = close(at + 1, next);
      if (end < 0) return unclosed(at);
      const inner = text.slice(at + 1, end);
      word = (word ?? "") + (next === '"' ? inner.replace(/\\(?:(["\\$`])|\r?\n)/g, "$1") : inner);
      at = end + 1;
    } else {
      word = (word ?? "") + next;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  return accept(words);
}

/**
 * The text of `$'...'`. `\xHH` and octal escapes are bytes, and so are the UTF-8 of `\uHHHH` and `\UHHHHHHHH`; bytes that
 * are no UTF-8 stay as U+FFFD, which no signature fits.
 */
function ansi(text: string): string {
  const pattern = /\\(U[0-9a-fA-F]{1,8}|u[0-9a-fA-F]{1,4}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|[\s\S])|[^\\]+/g;
  const bytes: number[] = [];
  for (const [whole, code] of text.matchAll(pattern))
    bytes.push(...(code === undefined ? encodeUtf8(whole) : escapeBytes(code)));
  return decodeLossy(Uint8Array.from(bytes));
}

function escapeBytes(code: string): Iterable<number> {
  if (/^[0-7]/.test(code)) return [Number.parseInt(code, 8) & 0xff];
  const digits = code.slice(1);
  if (digits === "") return encodeUtf8(ESCAPES[code] ?? `\\${code}`);
  const value = Number.parseInt(digits, 16);
  if (code.startsWith("x")) return [value];
  return value > 0x10ffff || (value >= 0xd800 && value < 0xe000)
    ? [0xff]
    : encodeUtf8(String.fromCodePoint(value));
}

function decodeLossy(bytes: Uint8Array): string {
  let text = "";
  for (let rest = bytes; ; ) {
    const decoded = decodeUtf8(rest);
    if (decoded.ok) return text + decoded.value;
    const at = decoded.rejection.at ?? 0;
    const good = decodeUtf8(rest.subarray(0, at));
    text += `${good.ok ? good.value : ""}\uFFFD`;
    rest = rest.subarray(at + 1);
  }
}

function unclosed(at: number): ReturnType<typeof reject> {
  return reject("curl_quote", null, `The quote that opens at character ${at + 1} is never closed.`, { at });
}
