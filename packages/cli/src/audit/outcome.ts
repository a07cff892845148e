import { type Finding, FindingTally, openFindingsFile, type ReportParts, reportOf } from "@ksherproof/audit";
import { printJson } from "../output.js";
import type { Documents } from "./documents.js";
import type { ReportFlags } from "./options.js";
import { exitCodeOf, showReport } from "./view.js";

/** Takes findings as they come, and prints what they came to. */
export interface Outcome {
  readonly take: (finding: Finding) => void;
  /** Prints the report and sets the exit code: 0 clean, 1 findings at or above `--fail-on`, 3 an unreadable input. */
  readonly end: (parts: ReportParts) => Promise<void>;
}

/** Opens the outcome of an audit. Throws `EnvironmentError` where the file of findings can't be made. */
export async function openOutcome(flags: ReportFlags, documents?: Documents): Promise<Outcome> {
  const tally = new FindingTally();
  const sink = flags.findings === undefined ? null : await openFindingsFile(flags.findings);
  return {
    take(found) {
      tally.add(found);
      sink?.write(found);
      documents?.take(found);
    },
    async end(parts) {
      await sink?.close();
      const report = reportOf(parts, tally);
      if (flags.json) printJson(report);
      else showReport(report, tally.worst);
      if (report.records.total === 0) process.stderr.write("ksherproof: the inputs hold no records.\n");
      process.exitCode = exitCodeOf(report, flags.failOn);
      documents?.write(report);
    },
  };
}
