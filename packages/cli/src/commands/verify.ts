import type { Command } from "commander";
import { collect } from "../collect.js";
import { KEY_HELP } from "../key-help.js";

export function register(program: Command): void {
  program
    .command("verify")
    .description("verify the signature of a message, offline")
    .argument("[message]", "file, or - for standard input", "-")
    .option("-k, --key <key>", `${KEY_HELP}; repeatable`, collect)
    .option("--endpoint <name>", "the endpoint that answered, where its rule of what is signed differs")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  ksherproof verify --key ksher-v1 answer.json\n  curl ... | ksherproof verify --key ksher-v1 -\n\nExit code 0: valid. 1: not valid.\n",
    )
    .action(async (file: string, options: { key?: readonly string[]; endpoint?: string; json?: true }) =>
      (await import("../actions/verify.js")).act(file, options),
    );
}
