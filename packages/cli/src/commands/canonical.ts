import type { Command } from "commander";

export function register(program: Command): void {
  program
    .command("canonical")
    .description("print the canonical text: the exact text that is signed")
    .argument("[message]", "file, or - for standard input", "-")
    .option("--endpoint <name>", "the endpoint, where its rule of what is signed differs")
    .option("--hex", "print the text's UTF-8 bytes in hex")
    .option("--json", "print one JSON object with the pairs in order")
    .addHelpText(
      "after",
      "\nThe text is printed as it is, with one line end behind it that is no part of it.\n",
    )
    .action(async (file: string, options: { endpoint?: string; hex?: true; json?: true }) =>
      (await import("../actions/canonical.js")).act(file, options),
    );
}
