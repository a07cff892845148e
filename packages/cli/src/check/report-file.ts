import { type ReportDocument, readReport } from "@ksherproof/harness";
import { readInput } from "../input.js";

/** A report from a file or, for `-`, standard input. Throws `UsageError` where it is none. */
export function readReportFile(name: string): ReportDocument {
  return readReport(readInput(name), name === "-" ? "Standard input" : name);
}
