import type { Command } from "commander";
import { LANGUAGES } from "../check/languages.js";

export function register(program: Command): void {
  const adapter = program.command("adapter").description("write and test the adapter of a client");
  adapter
    .command("init")
    .description("write a working adapter, in which you fill in the calls of your client")
    .argument("<language>", Object.keys(LANGUAGES).join(", "))
    .argument("[folder]", "where it goes", "ksherproof-adapter")
    .option("--force", "replace files that are there")
    .action(async (language: string, folder: string, options: { force?: true }) =>
      (await import("../actions/adapter.js")).init(language, folder, options),
    );
  adapter
    .command("smoke")
    .description("test an adapter alone: does it speak the protocol?")
    .requiredOption("--adapter <command>", "the adapter's command line")
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExit code 0: it does. 1: it does not. 3: it would not start.\n")
    .action(async (options: { adapter: string; json?: true }) =>
      (await import("../actions/adapter.js")).smokeTest(options),
    );
}
