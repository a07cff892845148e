import type { Command } from "commander";
import { CLIENT_HELP, type ClientCommandOptions, withClientOptions } from "../client/options.js";

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
    .action(async (mch_order_no: string, options: ClientCommandOptions) =>
      (await import("../actions/query.js")).act(mch_order_no, options),
    );
}
