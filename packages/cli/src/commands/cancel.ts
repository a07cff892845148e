import type { Confirmation, Truth } from "@ksherproof/client";
import type { Command } from "commander";
import { interruptible } from "../client/interrupt.js";
import { CLIENT_HELP, type ClientCommandOptions, clientOf, withClientOptions } from "../client/options.js";
import { callReport, exitCode, sentence } from "../client/report.js";
import { colours, print, printJson } from "../output.js";

interface Options extends ClientCommandOptions {
  readonly confirm?: true;
}

const HELP = `${CLIENT_HELP}

Examples:
  ksherproof cancel order-17 --gateway gateway.json
  ksherproof cancel order-17 --gateway gateway.json --confirm

Exit code 0: cancelled, already_cancelled. 1: already_paid, not_found, bad_signature, rejected, failed.
3: unknown. With --confirm 0: closed. 1: paid, refunded, open, not_found, refused. 3: unknown. 2: wrong usage.
`;

const TRUTHS: Readonly<Record<Truth, string>> = {
  closed: "a signed answer says that the order is closed; a QR code saved before may still be paid",
  paid: "a signed answer says that the order is paid: give the money back, or deliver",
  refunded: "a signed answer says that the money was given back",
  open: "a signed answer says that the order is open: it is not cancelled",
  not_found: "there is no such order",
  refused: "the gateway accepted none of the requests",
  unknown: "no trustworthy answer came: the order may or may not be cancelled",
};

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
    .action(act);
}

async function act(mch_order_no: string, options: Options): Promise<void> {
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
