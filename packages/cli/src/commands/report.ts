import { REPORT_KINDS } from "@ksherproof/harness/report/kinds";
import type { Command } from "commander";
import { collect } from "../collect.js";

const KINDS = REPORT_KINDS.filter((kind) => kind !== "ndjson");

export function register(program: Command): void {
  program
    .command("report")
    .description("write a report of check in other forms, from its JSON or its NDJSON stream")
    .argument("[report]", "file, or - for standard input", "-")
    .option("--to <kind=file>", `${KINDS.join(", ")}; repeatable; terminal where it is not given`, collect)
    .addHelpText(
      "after",
      "\nExample:\n  ksherproof report run.ndjson --to html=report.html --to junit=junit.xml\n",
    )
    .action(async (file: string, options: { to?: readonly string[] }) =>
      (await import("../actions/report.js")).act(file, options),
    );
}
