import { encodeForm } from "./form.js";
import { accept, type Result, reject } from "./rejection.js";
import { fromCommandPrompt, shellWords } from "./shell-words.js";

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
  const words = shellWords(fromCommandPrompt(text.replace(/^\$\s+/, "")));
  if (!words.ok) return words;
  const list = words.value;
  const parts: string[] = [];
  let url: string | null = null;
  for (let i = 1; i < list.length; i += 1) {
    let word = list[i] ?? "";
    let value: string | undefined;
    const long = /^(--[a-z-]+)=([\s\S]*)$/.exec(word);
    if (long?.[1] !== undefined) [, word, value] = [null, long[1], long[2]];
    else if (SHORT.test(word)) [word, value] = shortOption(word);
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

/** Flags without a value may stand before one with: `-sSXPOST`, `-sd`. */
const SHORT = /^-[a-zA-Z#]*?[dXHAeoubmxwF]/;

function shortOption(word: string): readonly [string, string | undefined] {
  const [flags = ""] = SHORT.exec(word) ?? [];
  const rest = word.slice(flags.length);
  return [`-${flags.slice(-1)}`, rest === "" ? undefined : rest];
}

function urlEncoded(value: string): string {
  const at = value.indexOf("=");
  const encoded = encodeForm(new Map([["x", at < 0 ? value : value.slice(at + 1)]])).slice(2);
  return at > 0 ? `${value.slice(0, at)}=${encoded}` : encoded;
}
