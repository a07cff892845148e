import { type Call, canonicalDiff, type InterceptReport, type ProxySight } from "@ksherproof/intercept";
import { coloursFor, diffLines, visible } from "../output.js";

/** Colours for stderr, where this view is printed: stdout belongs to the intercepted program. */
export const paint = coloursFor(process.stderr);

/** One line for a call as it comes, and one for each requirement that it breaks. */
export function callLines(call: Call): readonly string[] {
  const broken = call.observations.filter(({ holds }) => !holds);
  const order = call.params?.get("mch_order_no");
  const about = order === undefined ? "" : ` ${visible(order)}`;
  const state = call.stateAfter === null ? "" : ` (${call.stateAfter.replaceAll("_", " ")})`;
  const scripted = call.scripted ? paint.yellow(` [${call.scripted}]`) : "";
  const verdict = broken.length === 0 ? paint.green("ok") : paint.red("BROKEN");
  return [
    `${paint.dim(`${call.seq}.`)} ${call.request.method} ${call.arrival.host}${visible(call.request.path)}${about} -> ${answerWords(call)}${state}${scripted}  ${verdict}`,
    ...broken.map(({ requirement, detail }) => `   ${paint.red(requirement)} ${visible(detail)}`),
    ...call.notes.map((note) => `   ${paint.yellow("note")} ${visible(note)}`),
  ];
}

function answerWords({ answer, code, result }: Call): string {
  const status = answer.status === 200 ? "" : `HTTP ${answer.status} `;
  return `${status}${code === null ? "" : `code ${code}`}${result === null ? "" : ` ${visible(result)}`}`.trim();
}

/** One line for what is no request; nothing for a handshake that went well. */
export function sightLine(sight: ProxySight): string | null {
  switch (sight.kind) {
    case "handshake":
      return null;
    case "refused_host":
      return `${paint.yellow("refused")} ${visible(sight.host)}${sight.port ? `:${sight.port}` : ""}: not a gateway host; nothing was sent there`;
    case "handshake_refused":
      return `${paint.yellow("TLS")} ${visible(sight.host)}: the client ended the handshake: ${sight.reason}`;
    case "not_http":
      return `${paint.yellow("not HTTP")} ${visible(sight.reason)}`;
  }
}

/** The end of a run for people: what broke, with the doctor's words, what was not seen, and the verdict. */
export function summaryLines(
  report: InterceptReport,
  calls: readonly Call[],
  live: boolean,
): readonly string[] {
  const lines: string[] = ["", paint.bold("ksherproof intercept")];
  if (!live) for (const call of calls) lines.push(...callLines(call));
  const refused = report.connections.map(sightLine).filter((line) => line !== null);
  if (!live) lines.push(...new Set(refused));
  for (const check of report.tls_checks) {
    const word =
      check.verdict === "refused"
        ? paint.green("refused")
        : check.verdict === "accepted"
          ? paint.red("ACCEPTED")
          : paint.yellow("not tried");
    lines.push(`TLS, ${check.certificate} certificate: ${word}. ${check.detail}`);
  }
  if (report.exit.code !== 0) lines.push(endLine(report.exit));
  for (const one of report.requirements) {
    if (one.verdict === "fail") lines.push("", ...failureLines(one, calls));
  }
  const ids = (verdict: string): string =>
    report.requirements
      .filter((one) => one.verdict === verdict)
      .map(({ id }) => id)
      .join(" ");
  lines.push("");
  if (report.summary.pass > 0) lines.push(`${paint.green("held")}        ${ids("pass")}`);
  if (report.summary.fail > 0) lines.push(`${paint.red("broken")}      ${ids("fail")}`);
  if (report.summary.not_exercised > 0) lines.push(`${paint.dim("not shown")}   ${ids("not_exercised")}`);
  if (!report.contained) {
    lines.push(
      `${paint.yellow("not contained")} A program that heeds no proxy could reach the real gateway: ${report.containment.detail}.`,
    );
  }
  lines.push(`${verdictWord(report)}: ${report.reason}`);
  return lines;
}

/** How a program ended that did not end with 0: whatever the verdict, that is worth knowing. */
function endLine({ code, signal, timed_out }: InterceptReport["exit"]): string {
  const by = signal === null ? `with exit code ${code}` : `by ${signal} (exit code ${code})`;
  return paint.yellow(`The program ended ${by}${timed_out ? ", as its time ran out" : ""}.`);
}

function verdictWord({ verdict, level }: InterceptReport): string {
  switch (verdict) {
    case "pass":
      return paint.bold(paint.green(`PASS (level ${level})`));
    case "fail":
      return paint.bold(paint.red(`FAIL (level ${level})`));
    case "unproven":
      return paint.bold(paint.yellow("UNPROVEN"));
  }
}

function failureLines(
  one: InterceptReport["requirements"][number],
  calls: readonly Call[],
): readonly string[] {
  const { failure } = one;
  const call = calls.find(({ seq }) => seq === failure?.request);
  const where = call ? ` in request ${call.seq}` : "";
  const weight = one.counts ? "" : paint.dim(" (does not decide the verdict at this level)");
  const lines = [
    `${paint.red(paint.bold(one.id))} ${one.text}${weight}`,
    `  ${visible(one.reason)}${where}${one.fails > 1 ? ` (${one.fails} times)` : ""}`,
    paint.dim(`  why: ${one.why}`),
  ];
  if (one.doubt) lines.push(paint.dim(`  doubt: ${one.doubt}`));
  for (const { id, says } of failure?.diagnosis?.mistakes ?? []) lines.push(`  mistake: ${id}: ${says}`);
  const parts = failure?.canonical && call ? canonicalDiff(call) : null;
  if (parts) lines.push(diffLines(parts, ["should sign", "signed"], paint).replace(/^/gm, "  "));
  return lines;
}
