import type { Confirmation, Truth } from "@ksherproof/client";
import { clientOf } from "../client/from-options.js";
import { interruptible } from "../client/interrupt.js";
import type { ClientCommandOptions } from "../client/options.js";
import { callReport, exitCode, sentence } from "../client/report.js";
import { colours, print, printJson } from "../output.js";

export interface Options extends ClientCommandOptions {
  readonly confirm?: true;
}

const TRUTHS: Readonly<Record<Truth, string>> = {
  closed: "a signed answer says that the order is closed; a QR code saved before may still be paid",
  paid: "a signed answer says that the order is paid: give the money back, or deliver",
  refunded: "a signed answer says that the money was given back",
  open: "a signed answer says that the order is open: it is not cancelled",
  not_found: "there is no such order",
  refused: "the gateway accepted none of the requests",
  unknown: "no trustworthy answer came: the order may or may not be cancelled",
};

export async function act(mch_order_no: string, options: Options): Promise<void> {
  const client = clientOf(options);
  if (options.confirm) {
    const confirmed = await interruptible((signal) => client.cancelAndConfirm(mch_order_no, { signal }));
    return confirmation(mch_order_no, confirmed, options);
  }
  const believed = await interruptible((signal) => client.cancel(mch_order_no, { signal }));
  const { outcome, because } = believed;
  if (options.json) printJson({ command: "cancel", mch_order_no, ...callReport(believed) });
  else print(`${colours.bold(outcome)}: ${sentence("cancel", outcome, because)}`);
  process.exitCode = exitCode("cancel", outcome);
}

function confirmation(
  mch_order_no: string,
  { truth, cancels, queries }: Confirmation,
  options: Options,
): void {
  if (options.json) {
    const calls = { cancels: cancels.map(callReport), queries: queries.map(callReport) };
    printJson({ command: "cancel", mch_order_no, truth, ...calls });
  } else {
    cancels.forEach((cancel, at) => {
      print(`cancel ${at + 1}: ${cancel.outcome}. ${cancel.because?.detail ?? ""}`.trim());
      const query = queries[at];
      if (query) print(`query ${at + 1}: ${query.outcome}. ${query.because?.detail ?? ""}`.trim());
    });
    print(`${colours.bold(truth)}: ${TRUTHS[truth]}.`);
  }
  process.exitCode = truth === "closed" ? 0 : truth === "unknown" ? 3 : 1;
}
