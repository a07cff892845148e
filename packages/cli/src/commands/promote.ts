import type { Command } from "commander";
import type { Options } from "../actions/promote.js";
import { FAILURES, SCENARIOS } from "../check/folders.js";

export function register(program: Command): void {
  program
    .command("promote")
    .description("make a failure a permanent scenario, which check --scenarios plays again")
    .argument("<failure>", "the id that check printed, the beginning of it, or a bundle's file")
    .option("--to <folder>", "where the scenario goes", SCENARIOS)
    .option("--failures <folder>", "where the bundles are", FAILURES)
    .option("--force", "replace a scenario of the same name")
    .action(async (name: string, options: Options) =>
      (await import("../actions/promote.js")).act(name, options),
    );
}
