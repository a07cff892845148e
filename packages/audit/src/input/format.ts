import { parseJson } from "@ksherproof/core";

/** What an input holds. `lines`: a record a line; `json`: one answer over several lines, or an array of records. */
export type Format = "lines" | "webhook" | "json" | "har" | "csv";

/** The formats that can be asked for by name. */
export const FORMATS: readonly Format[] = ["lines", "webhook", "json", "har", "csv"];

/** Bytes at the head of an input that its format is told from. */
export const HEAD = 1 << 16;

/** Tells the format of an input from its name and its first (decompressed) bytes. */
export function formatOf(name: string, head: Uint8Array): Format {
  const base = name.toLowerCase().replace(/\.(gz|zst|zstd)$/, "");
  if (base.endsWith(".har")) return "har";
  if (base.endsWith(".csv")) return "csv";
  const text = Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "");
  const trimmed = text.trimStart();
  if (/^\{\s*"log"\s*:\s*\{/.test(trimmed)) return "har";
  const [first = "", second = ""] = trimmed.split("\n", 2);
  const named = /\.(jsonl|ndjson)$/.test(base);
  if (trimmed.startsWith("[")) return named && first.trimEnd() !== "[" ? "lines" : "json";
  if (trimmed.startsWith("{") && second.startsWith("{") && parseJson(second).ok) return "lines";
  if (trimmed.startsWith("{")) {
    const whole = first.length < trimmed.trimEnd().length;
    return whole && /^\{\s*("[^"\\]*"\s*:\s*[[{]?\s*)?$/.test(first.trimEnd()) && !parseJson(first).ok
      ? "json"
      : "lines";
  }
  return /^"?[A-Za-z_][\w ]*"?\s*,/.test(first) && !first.includes("{") ? "csv" : "lines";
}
