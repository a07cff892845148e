import { writeFileSync } from "node:fs";
import { fileError } from "./options.js";

/**
 * Writes a report as JSON to a file, or to standard output where that is `-`; null only makes sure that the file can be
 * written. Throws `EnvironmentError` where it can't be.
 */
export function writeReport(file: string, report: unknown): void {
  const text = report === null ? "" : `${JSON.stringify(report, null, 2)}\n`;
  if (file === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw fileError("The report cannot be written to", file, cause);
  }
}
