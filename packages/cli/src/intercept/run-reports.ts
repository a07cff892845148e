import { UsageError } from "@ksherproof/core";
import { quoted } from "@ksherproof/harness";
import type { InterceptReport } from "@ksherproof/intercept";
import { type Destination, deliver, destination, prepare } from "../check/destinations.js";
import { documentOfRun } from "./document.js";

/**
 * Reads `--report kind=file`, makes sure that each file can be written, and gives what writes them. An intercepted run is no
 * stream, and its own JSON has `--json`. Throws `UsageError`, `EnvironmentError`.
 */
export function runReports(texts: readonly string[]): (report: InterceptReport) => void {
  const targets = texts.reduce<readonly Destination[]>((before, text) => destination(text, before), []);
  const wrong = targets.find(({ kind }) => ["ndjson", "json", "terminal"].includes(kind));
  if (wrong) {
    throw new UsageError("report_kind", `An intercepted run has no report of kind ${wrong.kind}.`, {
      hint: "Kinds: junit, sarif, markdown, html, badge; --json FILE writes the run's own JSON.",
    });
  }
  prepare(targets);
  const again = ["ksherproof", ...process.argv.slice(2)].map(quoted).join(" ");
  return (report) => deliver(documentOfRun(report, again), targets);
}
