import { REPORT_KINDS } from "@ksherproof/harness";
import type { Command } from "commander";
import { type Destination, deliver, destination, prepare, stdoutTaken } from "../check/destinations.js";
import { readReportFile } from "../check/report-file.js";

const KINDS = REPORT_KINDS.filter((kind) => kind !== "ndjson");

export function register(program: Command): void {
  program
    .command("report")
    .description("write a report of check in other forms, from its JSON or its NDJSON stream")
    .argument("[report]", "file, or - for standard input", "-")
    .option(
      "--to <kind=file>",
      `${KINDS.join(", ")}; repeatable; terminal where it is not given`,
      destination,
    )
    .addHelpText(
      "after",
      "\nExample:\n  ksherproof report run.ndjson --to html=report.html --to junit=junit.xml\n",
    )
    .action((file: string, options: { to?: readonly Destination[] }) => {
      const targets = options.to ?? [{ kind: "terminal", file: null }];
      stdoutTaken(targets);
      const report = readReportFile(file);
      prepare(targets);
      deliver(report, targets);
    });
}
