import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import {
  decodeUtf8,
  EnvironmentError,
  KNOWN_ENDPOINTS,
  lineAndColumn,
  type Message,
  type Rejection,
  recognise,
  UsageError,
} from "@ksherproof/core";

/** A single message is kilobytes; whole logs go to `ksherproof audit`. */
const LARGEST = 64 << 20;

const MESSAGE = {
  what: "a message",
  hint: "Give a JSON response, params with sign, a form body, a webhook body or a curl command line.",
};

/**
 * Reads a file, or standard input for `-`; `expected` is said where it is empty. Throws `EnvironmentError` where it can't,
 * `UsageError` where it is no text.
 */
export function readInput(name: string, expected = MESSAGE): string {
  const bytes = readBytes(name);
  const where = name === "-" ? "Standard input" : name;
  if (bytes.length === 0) {
    throw new UsageError("input_empty", `${where} is empty: expected ${expected.what}.`, {
      hint: expected.hint,
    });
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UsageError("input_utf16", `${where} is UTF-16; expected UTF-8.`, {
      hint: "Save it again as UTF-8, or: iconv -f utf-16 -t utf-8 FILE",
    });
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new UsageError(
      "input_bom",
      `${where} starts with a byte order mark (bytes EF BB BF), which is no part of a message.`,
      {
        hint: "Save it again as UTF-8 without BOM, or: tail -c +4 FILE",
      },
    );
  }
  if (looksLikeUtf16(bytes)) {
    throw new UsageError(
      "input_utf16",
      `${where} looks like UTF-16 without a byte order mark; expected UTF-8.`,
      {
        hint: "Save it again as UTF-8, or: iconv -f utf-16le -t utf-8 FILE",
      },
    );
  }
  const text = decodeUtf8(bytes);
  if (text.ok) return text.value;
  throw new UsageError("input_not_utf8", `${where}: ${text.rejection.detail}`, {
    hint:
      bytes[0] === 0x30
        ? "This looks like a DER key, not a message: give it with --key."
        : "Save it again as UTF-8.",
  });
}

/** ASCII in UTF-16 has a zero byte beside every letter; no message begins so. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 16);
  const zeros = (odd: number): number => start.filter((byte, i) => i % 2 === odd && byte === 0).length;
  return bytes.length >= 4 && (zeros(0) >= start.length / 2 - 1 || zeros(1) >= start.length / 2 - 1);
}

/** The bytes of a file, or of standard input for `-`. Throws `EnvironmentError`, `UsageError`. */
export function readBytes(name: string): Uint8Array {
  if (name === "-" && process.stdin.isTTY) {
    process.stderr.write("Reading a message from the terminal; end it with Ctrl-D.\n");
  }
  let descriptor: number;
  try {
    descriptor = name === "-" ? 0 : openSync(name, "r");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const message = missing
      ? `There is no file ${name}.`
      : `${name} can't be read: ${(cause as Error).message}.`;
    throw new EnvironmentError("input_file", message, {
      hint: "Give a file, or - for standard input.",
      cause,
    });
  }
  try {
    if (fstatSync(descriptor).isDirectory())
      throw new EnvironmentError("input_folder", `${name} is a folder; expected a file.`);
    return readAll(descriptor, name);
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

function readAll(descriptor: number, name: string): Uint8Array {
  const size = fstatSync(descriptor).size;
  if (size > LARGEST) throw tooLarge(name, `${(size / 2 ** 20).toFixed(0)} MiB`);
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(65536);
    const read = readChunk(descriptor, chunk);
    if (read === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, read));
    total += read;
    if (total > LARGEST) throw tooLarge(name, `more than ${LARGEST / 2 ** 20} MiB`);
  }
}

/** A pipe that has nothing yet answers EAGAIN where it is non-blocking; wait for it. */
function readChunk(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk, 0, chunk.length, null);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function tooLarge(name: string, size: string): UsageError {
  return new UsageError(
    "input_too_large",
    `${name === "-" ? "Standard input" : name} has ${size}: too large for one message.`,
    {
      hint: "A log of many exchanges goes to: ksherproof audit FILE",
    },
  );
}

/** A message from a file or standard input. Throws `UsageError` that says where and what to do. */
export function readMessage(name: string, endpoint?: string): Message {
  checkEndpoint(endpoint);
  const text = readInput(name);
  const message = recognise(text, endpoint);
  if (message.ok) return message.value;
  throw rejectedInput(name === "-" ? "Standard input" : name, text, message.rejection);
}

/** Throws `UsageError` for an endpoint whose rule of what is signed nobody wrote down. */
export function checkEndpoint(endpoint: string | undefined): void {
  if (endpoint === undefined || KNOWN_ENDPOINTS.includes(endpoint)) return;
  throw new UsageError("endpoint_unknown", `There is no rule for an endpoint ${endpoint}.`, {
    hint: `Give one of: ${KNOWN_ENDPOINTS.join(", ")}. Leave it out where all of data is signed.`,
  });
}

/** The error for an input that is no message: the file, the place, the reason. */
export function rejectedInput(where: string, text: string, rejection: Rejection): UsageError {
  const place =
    rejection.at === undefined || /line \d/.test(rejection.detail) ? "" : placeOf(text, rejection.at);
  return new UsageError(rejection.code, `${where}${place}: ${rejection.detail}`, {
    hint: hintFor(rejection.code),
  });
}

function placeOf(text: string, at: number): string {
  const { line, column } = lineAndColumn(text, at);
  return `:${line}:${column}`;
}

function hintFor(code: string): string {
  if (code === "message_is_key") return "Give the key with --key, and the message as the argument.";
  if (code === "json_truncated") return "The JSON is cut short: copy the whole answer.";
  if (code === "duplicate_member")
    return "Parsers disagree on which of the two counts, so the signature covers neither for certain.";
  return "Give a JSON response, params with sign, a form body, a webhook body or a curl command line.";
}
