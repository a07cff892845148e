import type { ProbeReport, ProbeResult } from "@ksherproof/intercept";
import { colours, visible } from "../output.js";

/** A script's lines: its name, each step, and why the last did not hold. */
export function probeLines({ script, ok, steps, requirements }: ProbeResult): readonly string[] {
  const word = ok ? colours.green("ok  ") : colours.red(colours.bold("FAIL"));
  const lines = [`${word} ${script.id.padEnd(22)} ${visible(script.title)}`];
  if (ok) return lines;
  for (const shown of steps) {
    lines.push(`     ${shown.ok ? colours.green("ok") : colours.red("x ")} ${visible(shown.words)}`);
    if (shown.detail !== null) lines.push(`        ${colours.red(visible(shown.detail))}`);
  }
  const left = script.steps.length - steps.length;
  if (left > 0)
    lines.push(colours.dim(`     ${left} more ${left === 1 ? "step was" : "steps were"} not reached`));
  for (const one of requirements) {
    if (one.verdict === "fail" && one.counts)
      lines.push(`     ${colours.red(one.requirement.id)} ${visible(one.reason)}`);
  }
  return lines;
}

/** The last line: how many held, and the verdict. */
export function probeSummary({ conforms, summary }: ProbeReport): string {
  const { passed, failed } = summary;
  const verdict = conforms ? colours.green(colours.bold("PASS")) : colours.red(colours.bold("FAIL"));
  return `${verdict}  ${passed} ${passed === 1 ? "script holds" : "scripts hold"}, ${failed} ${failed === 1 ? "does" : "do"} not`;
}
