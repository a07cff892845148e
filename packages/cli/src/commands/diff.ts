import type { Command } from "commander";

export function register(program: Command): void {
  program
    .command("diff")
    .description("compare two reports of check: new failures, fixes, lost coverage")
    .argument("<old>", "the report before: JSON of --json, or the NDJSON stream")
    .argument("<new>", "the report after")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExit code 0: nothing got worse. 1: a new or changed failure, or lost coverage.\n",
    )
    .action(async (before: string, after: string, options: { json?: true }) =>
      (await import("../actions/diff.js")).act(before, after, options),
    );
}
