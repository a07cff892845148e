import { UsageError } from "@ksherproof/core";
import type { Command } from "commander";
import { interruptible } from "../client/interrupt.js";
import { CLIENT_HELP, type ClientCommandOptions, clientOf, withClientOptions } from "../client/options.js";
import { callReport, exitCode, sentence } from "../client/report.js";
import { collect } from "../collect.js";
import { colours, print, printJson } from "../output.js";

interface Options extends ClientCommandOptions {
  readonly amount: string;
  readonly currency: string;
  readonly channels: string;
  readonly field?: readonly string[];
}

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
    .action(act);
}

async function act(mch_order_no: string, options: Options): Promise<void> {
  const more = Object.fromEntries((options.field ?? []).map(readField));
  const client = clientOf(options);
  const order = {
    mch_order_no,
    total_fee: options.amount,
    fee_type: options.currency,
    channel_list: options.channels,
    more,
  };
  const believed = await interruptible((signal) => client.create(order, { signal }));
  const { outcome, because, payContent } = believed;
  if (options.json) {
    printJson({ command: "pay", mch_order_no, ...callReport(believed), pay_content: payContent });
  } else {
    print(`${colours.bold(outcome)}: ${sentence("pay", outcome, because)}`);
    if (payContent !== null) print(payContent);
  }
  process.exitCode = exitCode("pay", outcome);
}

function readField(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError("field_form", `Expected --field as NAME=VALUE, found ${JSON.stringify(text)}.`);
}
