import type { Command } from "commander";
import type { Options } from "../actions/explain.js";
import { collect } from "../collect.js";
import { KEY_HELP } from "../key-help.js";

export function register(program: Command): void {
  program
    .command("explain")
    .description("the signature doctor: what a signature really carries, and which mistake made it")
    .argument("[message]", "file, or - for standard input", "-")
    .option("-k, --key <key>", `${KEY_HELP}; a private key stands for its public half; repeatable`, collect)
    .option("--sign <hex>", "the signature, where the message does not carry it")
    .option("--endpoint <name>", "the endpoint, where its rule of what is signed differs")
    .option("--ambiguity", "list the other messages that the same signature covers")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  ksherproof explain --key merchant.pem request.txt\n  ksherproof explain --key ksher-v1 --ambiguity answer.json\n\nExit code 0: valid. 1: anything else.\n",
    )
    .action(async (file: string, options: Options) =>
      (await import("../actions/explain.js")).act(file, options),
    );
}
