import { type Destination, deliver, destination, prepare, stdoutTaken } from "../check/destinations.js";
import { readReportFile } from "../check/report-file.js";

export function act(file: string, options: { to?: readonly string[] }): void {
  const asked = (options.to ?? []).reduce<readonly Destination[]>(
    (before, text) => destination(text, before),
    [],
  );
  const targets = asked.length > 0 ? asked : [{ kind: "terminal", file: null }];
  stdoutTaken(targets);
  const report = readReportFile(file);
  prepare(targets);
  deliver(report, targets);
}
