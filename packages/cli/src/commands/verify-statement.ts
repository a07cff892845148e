import type { Command } from "commander";
import type { Flags } from "../actions/verify-statement.js";

export function register(program: Command): void {
  program
    .command("verify-statement")
    .description("check the signed statement of an audit offline, and the inputs that it is about")
    .argument("<file>", "the statement, as audit --statement wrote it; - for standard input")
    .option("-k, --key <file>", "the public key of who made the statement, in PEM")
    .option("--inputs <files...>", "the logs that it is about: all of them, under any names")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  ksherproof verify-statement audit.dsse.json --key auditor.pub.pem
  ksherproof verify-statement audit.dsse.json --key auditor.pub.pem --inputs 'logs/2024-*.jsonl.gz'

Exit code 0: it holds. 1: refused: a byte was changed, another key, other inputs. 2: wrong usage. 3: a file is missing.
`,
    )
    .action(async (file: string, flags: Flags) =>
      (await import("../actions/verify-statement.js")).verifyStatement(file, flags),
    );
}
