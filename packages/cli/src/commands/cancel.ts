import type { Command } from "commander";
import type { Options } from "../actions/cancel.js";
import { CLIENT_HELP, withClientOptions } from "../client/options.js";

const HELP = `${CLIENT_HELP}

Examples:
  ksherproof cancel order-17 --gateway gateway.json
  ksherproof cancel order-17 --gateway gateway.json --confirm

Exit code 0: cancelled, already_cancelled. 1: already_paid, not_found, bad_signature, rejected, failed.
3: unknown. With --confirm 0: closed. 1: paid, refunded, open, not_found, refused. 3: unknown. 2: wrong usage.
`;

export function register(program: Command): void {
  withClientOptions(
    program
      .command("cancel")
      .description("cancel an order: at the simulated gateway, or with --live at the real one")
      .argument("<mch_order_no>", "the merchant's number of the order"),
  )
    .option(
      "--confirm",
      "ask by a signed query what became of the order, and retry where the answer was lost",
    )
    .addHelpText("after", HELP)
    .action(async (mch_order_no: string, options: Options) =>
      (await import("../actions/cancel.js")).act(mch_order_no, options),
    );
}
