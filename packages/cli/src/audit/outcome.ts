import {
  type Finding,
  FindingTally,
  openFindingsFile,
  type PageState,
  type ReportParts,
  reportOf,
  type TallyState,
} from "@ksherproof/audit";
import { printJson } from "../output.js";
import type { Documents } from "./documents.js";
import type { ReportFlags } from "./options.js";
import { exitCodeOf, showReport } from "./view.js";

/** What was made of the findings so far, as it is kept on disk. */
export interface OutcomeState {
  readonly tally: TallyState;
  /** The bytes of the file of findings; null where there is none. */
  readonly findings: number | null;
  readonly page: PageState | null;
}

/** Takes findings as they come, and prints what they came to. */
export interface Outcome {
  readonly take: (finding: Finding) => void;
  /** Ends for now: what is needed to go on. */
  readonly pause: () => Promise<OutcomeState>;
  /** Prints the report and sets the exit code: 0 clean, 1 findings at or above `--fail-on`, 3 an unreadable input. */
  readonly end: (parts: ReportParts) => Promise<void>;
}

/**
 * Opens the outcome of an audit, or goes on with one. Throws `EnvironmentError` where the file of findings can't be made, or
 * is not what it was.
 */
export async function openOutcome(
  flags: ReportFlags,
  documents?: Documents,
  state: OutcomeState | null = null,
): Promise<Outcome> {
  const tally = new FindingTally(state?.tally);
  const page = documents?.page ?? null;
  if (state?.page) page?.restore(state.page);
  const sink =
    flags.findings === undefined ? null : await openFindingsFile(flags.findings, state?.findings ?? null);
  return {
    take(found) {
      tally.add(found);
      sink?.write(found);
      documents?.take(found);
    },
    async pause() {
      return { tally: tally.state, findings: (await sink?.pause()) ?? null, page: page?.state ?? null };
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
