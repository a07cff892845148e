import type { Command } from "commander";
import type { Options } from "../actions/pay.js";
import { CLIENT_HELP, withClientOptions } from "../client/options.js";
import { collect } from "../collect.js";

const HELP = `${CLIENT_HELP}

Example:
  ksherproof pay order-17 --amount 2000 --gateway gateway.json

Exit code 0: created. 1: rejected. 3: unknown. 2: wrong usage.
`;

export function register(program: Command): void {
  withClientOptions(
    program
      .command("pay")
      .description("create an order, and print its payment link")
      .argument("<mch_order_no>", "the merchant's number of the order"),
  )
    .option("--amount <number>", "in the currency's smallest unit (satang)", "2000")
    .option("--currency <code>", "three capital letters", "THB")
    .option("--channels <list>", "channels joined with a comma", "promptpay,card")
    .option("--field <name=value>", "a further field of gateway_pay; repeatable", collect)
    .addHelpText("after", HELP)
    .action(async (mch_order_no: string, options: Options) =>
      (await import("../actions/pay.js")).act(mch_order_no, options),
    );
}
