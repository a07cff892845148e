import type { Command } from "commander";
import type { Options } from "../actions/replay.js";
import { FAILURES } from "../check/folders.js";

export function register(program: Command): void {
  program
    .command("replay")
    .description("play a failure again: FIXED, FAILED or ERROR")
    .argument("<failure>", "the id that check printed, the beginning of it, or a bundle's file")
    .option("--adapter <command>", "another command line than the one that had failed")
    .option("--failures <folder>", "where the bundles are", FAILURES)
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExit code 0: FIXED. 1: FAILED. 3: ERROR, it could not be shown either way.\n")
    .action(async (name: string, options: Options) =>
      (await import("../actions/replay.js")).act(name, options),
    );
}
