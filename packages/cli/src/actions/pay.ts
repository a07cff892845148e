import { UsageError } from "@ksherproof/core";
import { clientOf } from "../client/from-options.js";
import { interruptible } from "../client/interrupt.js";
import type { ClientCommandOptions } from "../client/options.js";
import { callReport, exitCode, sentence } from "../client/report.js";
import { colours, print, printJson } from "../output.js";

export interface Options extends ClientCommandOptions {
  readonly amount: string;
  readonly currency: string;
  readonly channels: string;
  readonly field?: readonly string[];
}

export async function act(mch_order_no: string, options: Options): Promise<void> {
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
