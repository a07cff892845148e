import { encodeForm } from "./form.js";
import { accept, type Result, reject } from "./rejection.js";

/** What a curl command line sends. */
export interface CurlCall {
  readonly url: string | null;
  readonly body: string;
}

/** Whether a text starts as a curl command line does. */
export function looksLikeCurl(text: string): boolean {
  return /^(\$\s+)?curl(\.exe)?\s/.test(text);
}

const DATA = new Set([
  "-d",
  "--data",
  "--data-raw",
  "--data-binary",
  "--data-ascii",
  "--json",
  "--data-urlencode",
]);
const WITH_VALUE = new Set([
  "-X", "--request", "-H", "--header", "-A", "--user-agent", "-e", "--referer", "-o", "--output", "-u", "--user", "-b", "--cookie",
  "-m", "--max-time", "--connect-timeout", "--cacert", "-x", "--proxy", "--url", "-w", "--write-out", "--retry", "--resolve",
]); // biome-ignore format: a list

/** Reads the body that a curl command line sends, quotes and all (REQ-002). */
export function parseCurl(text: string): Result<CurlCall> {
  const words = shellWords(text.replace(/^\$\s+/, ""));
  if (!words.ok) return words;
  const list = words.value;
  const parts: string[] = [];
  let url: string | null = null;
  for (let i = 1; i < list.length; i += 1) {
    let word = list[i] ?? "";
    let value: string | undefined;
    const long = /^(--[a-z-]+)=([\s\S]*)$/.exec(word);
    if (long?.[1] !== undefined) [, word, value] = [null, long[1], long[2]];
    else if (/^-[dXH]./.test(word)) [word, value] = [word.slice(0, 2), word.slice(2)];
    if (word === "-F" || word === "--form") {
      return reject("curl_multipart", "REQ-002", "Expected a form body (-d), found a multipart form (-F).");
    }
    if (DATA.has(word)) {
      value ??= list[++i] ?? "";
      if (value.startsWith("@")) {
        return reject(
          "curl_file",
          null,
          `The body is in a file (${word} ${value}): give that file, not the command line.`,
        );
      }
      parts.push(word === "--data-urlencode" ? urlEncoded(value) : value);
    } else if (word === "--url") url = value ?? list[++i] ?? null;
    else if (WITH_VALUE.has(word)) {
      if (value === undefined) i += 1;
    } else if (!word.startsWith("-")) url = word;
  }
  if (parts.length === 0)
    return reject("curl_no_body", "REQ-002", "The curl command line sends no body: it has no -d.");
  return accept({ url, body: parts.join("&") });
}

function urlEncoded(value: string): string {
  const at = value.indexOf("=");
  const encoded = encodeForm(new Map([["x", at < 0 ? value : value.slice(at + 1)]])).slice(2);
  return at > 0 ? `${value.slice(0, at)}=${encoded}` : encoded;
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
function shellWords(text: string): Result<readonly string[]> {
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
      word =
        (word ?? "") + (next === '"' ? inner.replace(/\\(["\\$`])/g, "$1").replace(/\\\r?\n/g, "") : inner);
      at = end + 1;
    } else {
      word = (word ?? "") + next;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  return accept(words);
}

function ansi(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ESCAPES[code] ?? whole;
  });
}

function unclosed(at: number): ReturnType<typeof reject> {
  return reject("curl_quote", null, `The quote that opens at character ${at + 1} is never closed.`, { at });
}
