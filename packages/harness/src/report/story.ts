import { type DiffPart, diffTexts } from "@ksherproof/core";
import type { Evidence } from "../evidence.js";
import { type FailureDocument, failureOf } from "./failure.js";

/** Colours for a terminal; plain text where they are the identity. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const same = (text: string): string => text;
export const PLAIN: Paint = { red: same, green: same, yellow: same, dim: same, bold: same };

/** What a failure looks like when it is played again: its story, without the requirement's text. */
export function terminalStory(evidence: Evidence, paint: Paint): readonly string[] {
  return failureLines(failureOf(evidence, ""), paint);
}

/** Story, sides, doctor, diff and wire log of a failure. */
export function failureLines(failure: FailureDocument, paint: Paint): readonly string[] {
  const lines: string[] = [];
  for (const { who, what } of failure.story) lines.push(`    ${who.padEnd(8)} ${brief(what)}`);
  if (failure.expected !== null) lines.push(`  expected  ${paint.green(brief(failure.expected))}`);
  if (failure.got !== null) lines.push(`  got       ${paint.red(brief(failure.got))}`);
  if (failure.diagnosis && failure.diagnosis.summary !== failure.detail)
    lines.push(`  doctor    ${visible(failure.diagnosis.summary)}`);
  if (failure.canonical)
    lines.push(...diffLines(diffTexts(failure.canonical.right, failure.canonical.other), paint));
  for (const wire of failure.wire.slice(-6)) {
    lines.push(
      paint.dim(
        `  ${`+${wire.at_ms} ms`.padStart(10)}  ${visible(`${wire.method} ${wire.path}`)}  ${brief(wire.request)}`,
      ),
    );
    const answer = wire.status === null ? "no answer" : `HTTP ${wire.status} ${brief(wire.answer)}`;
    lines.push(
      paint.dim(`  ${"".padStart(10)}  -> ${answer}${wire.ending === "complete" ? "" : ` (${wire.ending})`}`),
    );
  }
  return lines;
}

function diffLines(parts: readonly DiffPart[], paint: Paint): readonly string[] {
  const side = (
    kind: "right" | "other",
    open: string,
    close: string,
    colour: (text: string) => string,
  ): string =>
    short(
      parts
        .filter((part) => part.kind === "same" || part.kind === kind)
        .map((part) =>
          part.kind === "same" ? visible(part.text) : colour(`${open}${visible(part.text)}${close}`),
        )
        .join(""),
    );
  return [
    `  ${paint.green("+ right ")}  ${side("right", "{+", "+}", paint.green)}`,
    `  ${paint.red("- client")}  ${side("other", "[-", "-]", paint.red)}`,
  ];
}

/** A wire text, its signatures cut short: the bundle and the other reports hold them whole. */
function brief(text: string): string {
  const cut = text.replace(/[0-9a-fA-F]{64,}/g, (hex) => `${hex.slice(0, 8)}...(${hex.length} hex digits)`);
  return visible(short(cut));
}

const LONGEST = 1200;
function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
}

/** Control, invisible and direction characters made visible, so that a terminal shows them and does not obey them. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (unit) => {
      const code = unit.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? "\u2421" : `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
    },
  );
}
