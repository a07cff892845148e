import type { DiffPart } from "@ksherproof/core";
import pc from "picocolors";

/** Prints one line, or several, for people. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one JSON value for programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Makes control and invisible characters visible: line ends as ␊, others by code point. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (unit) => {
      const code = unit.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? "\u2421" : `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
    },
  );
}

/** Two texts one above the other, what differs marked by colour and, without colours, by brackets. */
export function diffLines(
  parts: readonly DiffPart[],
  labels: readonly [right: string, other: string],
): string {
  const side = (kind: "right" | "other", paint: (text: string) => string): string =>
    parts
      .filter((part) => part.kind === "same" || part.kind === kind)
      .map((part) => (part.kind === "same" ? visible(part.text) : paint(mark(visible(part.text), kind))))
      .join("");
  const width = Math.max(labels[0].length, labels[1].length);
  return [
    `${pc.green(`+ ${labels[0].padEnd(width)}`)}  ${side("right", pc.green)}`,
    `${pc.red(`- ${labels[1].padEnd(width)}`)}  ${side("other", pc.red)}`,
  ].join("\n");
}

function mark(text: string, kind: "right" | "other"): string {
  if (pc.isColorSupported) return text;
  return kind === "right" ? `{+${text}+}` : `[-${text}-]`;
}

/** Rows of a name and a value, aligned. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  if (rows.length === 0) return "  (none)";
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n");
}

export { pc as colours };
