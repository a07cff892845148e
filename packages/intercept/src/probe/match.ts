import type { ChildEnd } from "../child.js";
import type { EndMatch, TextMatch } from "./script.js";

/** Why a process did not end as it must: expected and found, in one sentence; null where it did. */
export function mismatch(match: EndMatch, end: ChildEnd): string | null {
  const { exit, stdout, stderr } = match;
  if (exit === "nonzero" && end.code === 0) return "Expected another exit code than 0, found 0.";
  if (exit !== undefined && exit !== "nonzero" && !exit.includes(end.code)) {
    return `Expected exit code ${exit.join(" or ")}, found ${end.code}.`;
  }
  return (
    (stdout && textMismatch("stdout", stdout, end.stdout)) ??
    (stderr && textMismatch("stderr", stderr, end.stderr)) ??
    null
  );
}

function textMismatch(name: string, match: TextMatch, text: string): string | null {
  const lacking = match.contains?.find((part) => !text.includes(part));
  if (lacking !== undefined) return `Expected ${name} to contain ${quote(lacking)}, found ${quote(text)}.`;
  const stray = match.lacks?.find((part) => text.includes(part));
  if (stray !== undefined) return `Expected ${name} without ${quote(stray)}, found ${quote(text)}.`;
  if (match.matches !== undefined && !new RegExp(match.matches, "su").test(text)) {
    return `Expected ${name} to match /${match.matches}/, found ${quote(text)}.`;
  }
  if (match.equals !== undefined && text.trim() !== match.equals.trim()) {
    return `Expected ${name} to be ${quote(match.equals)}, found ${quote(text)}.`;
  }
  return match.json ? jsonMismatch(name, match.json, text) : null;
}

function jsonMismatch(name: string, wanted: Readonly<Record<string, unknown>>, text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `Expected JSON on ${name}, found ${quote(text)}.`;
  }
  for (const [path, expected] of Object.entries(wanted)) {
    const got = path.split(".").reduce<unknown>((inner, part) => member(inner, part), value);
    if (JSON.stringify(got) !== JSON.stringify(expected)) {
      return `Expected ${path} on ${name} to be ${JSON.stringify(expected)}, found ${JSON.stringify(got) ?? "nothing"}.`;
    }
  }
  return null;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function quote(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 300)}...` : text;
  return JSON.stringify(short.trim());
}
