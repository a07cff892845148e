import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import type { Command } from "commander";
import { FAILURES, findBundle } from "../check/bundles.js";
import { print } from "../output.js";

interface Options {
  readonly to: string;
  readonly failures: string;
  readonly force?: true;
}

/** Where promoted failures go, to be committed. */
export const SCENARIOS = "ksherproof-scenarios";

export function register(program: Command): void {
  program
    .command("promote")
    .description("make a failure a permanent scenario, which check --scenarios plays again")
    .argument("<failure>", "the id that check printed, the beginning of it, or a bundle's file")
    .option("--to <folder>", "where the scenario goes", SCENARIOS)
    .option("--failures <folder>", "where the bundles are", FAILURES)
    .option("--force", "replace a scenario of the same name")
    .action((name: string, options: Options) => {
      const bundle = findBundle(name, options.failures);
      const file = join(options.to, `${bundle.requirement.id}-${bundle.id}.json`);
      if (existsSync(file) && !options.force) {
        throw new UsageError("scenario_exists", `${file} is there already.`, {
          hint: "Replace it with --force.",
        });
      }
      try {
        mkdirSync(options.to, { recursive: true });
        writeFileSync(file, `${JSON.stringify(bundle, null, 2)}\n`);
      } catch (cause) {
        throw new EnvironmentError(
          "scenario_write",
          `${file} can't be written: ${(cause as Error).message}.`,
          { cause },
        );
      }
      print(file);
      print(`Play it with every run: ksherproof check --scenarios ${options.to} --adapter "..."`);
    });
}
