import type { Command } from "commander";

export function register(program: Command): void {
  program
    .command("sign")
    .description("sign params with a private key")
    .argument(
      "[params]",
      "file, or - for standard input: a flat JSON object, a form body or a curl command line",
      "-",
    )
    .requiredOption("-k, --key <file>", "the private key: PKCS#1 or PKCS#8, PEM or DER")
    .option("--form", "print the whole form body with sign, ready to send")
    .option("--endpoint <name>", "the endpoint, where its rule of what is signed differs")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: { key: string; form?: true; endpoint?: string; json?: true }) =>
      (await import("../actions/sign.js")).act(file, options),
    );
}
