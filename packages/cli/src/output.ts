import type { DiffPart } from "@ksherproof/core";
import picocolors from "picocolors";

/** Colours, or the same functions that leave a text as it is. */
export type Paint = ReturnType<typeof picocolors.createColors>;

/**
 * Colours only where a person looks: the stream is a terminal, or FORCE_COLOR asks for them; never with NO_COLOR. A CI
 * machine's pipe is a pipe: whoever reads it must find the same words as everywhere.
 */
export function coloursFor(stream: { readonly isTTY?: boolean }): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  return picocolors.createColors(
    !NO_COLOR && (Boolean(FORCE_COLOR) || (stream.isTTY === true && TERM !== "dumb")),
  );
}

/** Colours for standard output. */
export const colours = coloursFor(process.stdout);

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
  paint: Paint = colours,
): string {
  const side = (kind: "right" | "other", colour: (text: string) => string): string =>
    parts
      .filter((part) => part.kind === "same" || part.kind === kind)
      .map((part) =>
        part.kind === "same" ? visible(part.text) : colour(mark(visible(part.text), kind, paint)),
      )
      .join("");
  const width = Math.max(labels[0].length, labels[1].length);
  return [
    `${paint.green(`+ ${labels[0].padEnd(width)}`)}  ${side("right", paint.green)}`,
    `${paint.red(`- ${labels[1].padEnd(width)}`)}  ${side("other", paint.red)}`,
  ].join("\n");
}

function mark(text: string, kind: "right" | "other", paint: Paint): string {
  if (paint.isColorSupported) return text;
  return kind === "right" ? `{+${text}+}` : `[-${text}-]`;
}

/** Rows of a name and a value, aligned. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  if (rows.length === 0) return "  (none)";
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n");
}
