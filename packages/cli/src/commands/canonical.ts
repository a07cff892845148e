import { canonicalText, encodeUtf8, signedPairs, toHex } from "@ksherproof/core";
import type { Command } from "commander";
import { readMessage } from "../input.js";
import { print, printJson } from "../output.js";

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
    .action((file: string, options: { endpoint?: string; hex?: true; json?: true }) => {
      const message = readMessage(file, options.endpoint);
      const canonical = canonicalText(message.params);
      const hex = toHex(encodeUtf8(canonical));
      if (options.json) {
        printJson({
          kind: message.kind,
          endpoint: message.endpoint,
          pairs: signedPairs(message.params),
          canonical,
          utf8_hex: hex,
        });
      } else print(options.hex ? hex : canonical);
    });
}
