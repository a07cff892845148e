import { HarnessError } from "@ksherproof/core";
import {
  type FailureBundle,
  type Replayed,
  redactor,
  replay,
  splitCommandLine,
  startAdapter,
  terminalStory,
} from "@ksherproof/harness";
import type { Command } from "commander";
import { FAILURES, findBundle } from "../check/bundles.js";
import { PAINT } from "../check/paint.js";
import { reportError } from "../failure.js";
import { colours, print, printJson } from "../output.js";

interface Options {
  readonly adapter?: string;
  readonly failures: string;
  readonly json?: true;
}

const CODES = { FIXED: 0, FAILED: 1, ERROR: 3 } as const;

export function register(program: Command): void {
  program
    .command("replay")
    .description("play a failure again: FIXED, FAILED or ERROR")
    .argument("<failure>", "the id that check printed, the beginning of it, or a bundle's file")
    .option("--adapter <command>", "another command line than the one that had failed")
    .option("--failures <folder>", "where the bundles are", FAILURES)
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExit code 0: FIXED. 1: FAILED. 3: ERROR, it could not be shown either way.\n")
    .action(async (name: string, options: Options) => {
      const bundle = findBundle(name, options.failures);
      const adapter = options.adapter ?? bundle.adapter;
      const { id, requirement } = bundle;
      const { verdict, why, played, evidence, redact } = await playWith(adapter, bundle);
      process.exitCode = CODES[verdict];
      if (options.json) {
        printJson(redact({ verdict, id, requirement: requirement.id, why, played, adapter }));
        return;
      }
      const paint = verdict === "FIXED" ? colours.green : colours.red;
      print(`${paint(verdict)} ${requirement.id}  ${requirement.text}`);
      print(redact(`  ${why}`));
      if (evidence) print(redact(terminalStory(evidence, PAINT).join("\n")));
    });
}

/** Starts the adapter and plays the failure; an adapter that does not start is an ERROR, with its stderr told. */
async function playWith(adapter: string, bundle: FailureBundle): Promise<Replayed> {
  try {
    const client = await startAdapter(splitCommandLine(adapter));
    try {
      return await replay(client, bundle);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    reportError(error);
    return { verdict: "ERROR", why: error.message, evidence: null, played: "commands", redact: redactor([]) };
  }
}
