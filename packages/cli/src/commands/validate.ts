import type { MessageRole } from "@ksherproof/core/validate";
import { ENDPOINTS } from "@ksherproof/spec";
import { type Command, Option } from "commander";
import type { Options } from "../actions/validate.js";

const ROLES: readonly MessageRole[] = ["request", "response", "webhook", "reply"];

export function register(program: Command): void {
  program
    .command("validate")
    .description("name every field of a message that is not as documented, offline")
    .argument("[message]", "file, or - for standard input: JSON, a form body or a curl command line", "-")
    .option("--endpoint <name>", `where it goes or comes from: ${Object.keys(ENDPOINTS).join(", ")}`)
    .addOption(new Option("--as <part>", "which part of the exchange it is").choices(ROLES))
    .option("--strict", "take the strict reading wherever the documentation contradicts itself")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      [
        "",
        "What is not given is told from the message: a cancel and a query request look alike, and count as a cancel.",
        "Signatures are not verified: that is `ksherproof verify`.",
        "",
        "Examples:",
        "  ksherproof validate request.txt",
        "  curl ... | ksherproof validate --endpoint gateway_order_query -",
        "",
        "Exit code 0: valid. 1: not valid.",
        "",
      ].join("\n"),
    )
    .action(async (file: string, options: Options) =>
      (await import("../actions/validate.js")).act(file, options),
    );
}
