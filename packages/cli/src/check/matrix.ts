import type { ReportDocument, Verdict } from "@ksherproof/harness";
import { colours } from "../output.js";

const MARKS: Readonly<Record<Verdict, string>> = {
  pass: "ok",
  fail: "FAIL",
  not_exercised: "?",
  not_supported: "-",
};

/** Several clients in one table: a row for each requirement, a column for each client. */
export function matrixTable(reports: readonly ReportDocument[]): string {
  const names = reports.map(({ client }, i) => `${i + 1} ${client.name}`.slice(0, 18));
  const widths = names.map((name) => Math.max(name.length, 4));
  const ids = [...new Set(reports.flatMap(({ requirements }) => requirements.map(({ id }) => id)))];
  const rows = ids.map((id) => {
    const cells = reports.map(({ requirements }, i) => {
      const verdict = requirements.find((one) => one.id === id)?.verdict ?? "not_supported";
      return paint(verdict)(MARKS[verdict].padEnd(widths[i] ?? 4));
    });
    const same = new Set(
      reports.map(({ requirements }) => requirements.find((one) => one.id === id)?.verdict),
    );
    return `${id}  ${cells.join("  ")}${same.size > 1 ? "  <" : ""}`;
  });
  const verdicts = reports.map(({ accepted, interrupted }, i) =>
    (interrupted ? "stopped" : accepted ? "conforms" : "does not").padEnd(widths[i] ?? 4),
  );
  const head = names.map((name, i) => name.padEnd(widths[i] ?? 4)).join("  ");
  return [`         ${head}`, ...rows, `         ${verdicts.join("  ")}`]
    .map((row) => row.trimEnd())
    .join("\n");
}

function paint(verdict: Verdict): (text: string) => string {
  if (verdict === "pass") return colours.green;
  return verdict === "not_supported" ? colours.dim : colours.red;
}
