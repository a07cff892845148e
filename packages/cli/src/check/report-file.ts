import { type ReportDocument, readReport } from "@ksherproof/harness";
import { readInput } from "../input.js";

const REPORT = {
  what: "a report of ksherproof check",
  hint: "Make one with --json FILE or --report ndjson=FILE.",
};

/** A report from a file or, for `-`, standard input. Throws `UsageError` where it is none. */
export function readReportFile(name: string): ReportDocument {
  return readReport(readInput(name, REPORT), name === "-" ? "Standard input" : name);
}
