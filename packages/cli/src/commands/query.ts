import type { Command } from "commander";
import { interruptible } from "../client/interrupt.js";
import { CLIENT_HELP, type ClientCommandOptions, clientOf, withClientOptions } from "../client/options.js";
import { callReport, exitCode, sentence } from "../client/report.js";
import { colours, print, printJson } from "../output.js";

const HELP = `${CLIENT_HELP}

Exit code 0: a signed answer says what the order is (paid, closed, unpaid, pending, failed, refunded).
1: not_found, untrusted. 3: unknown. 2: wrong usage.
`;

export function register(program: Command): void {
  withClientOptions(
    program
      .command("query")
      .description("ask what an order is, and verify the signed answer")
      .argument("<mch_order_no>", "the merchant's number of the order"),
  )
    .addHelpText("after", HELP)
    .action(act);
}

async function act(mch_order_no: string, options: ClientCommandOptions): Promise<void> {
  const client = clientOf(options);
  const believed = await interruptible((signal) => client.query(mch_order_no, { signal }));
  const { outcome, because } = believed;
  if (options.json) printJson({ command: "query", mch_order_no, ...callReport(believed) });
  else print(`${colours.bold(outcome)}: ${sentence("query", outcome, because)}`);
  process.exitCode = exitCode("query", outcome);
}
