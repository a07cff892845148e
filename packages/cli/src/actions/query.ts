import { clientOf } from "../client/from-options.js";
import { interruptible } from "../client/interrupt.js";
import type { ClientCommandOptions } from "../client/options.js";
import { callReport, exitCode, sentence } from "../client/report.js";
import { colours, print, printJson } from "../output.js";

export async function act(mch_order_no: string, options: ClientCommandOptions): Promise<void> {
  const client = clientOf(options);
  const believed = await interruptible((signal) => client.query(mch_order_no, { signal }));
  const { outcome, because } = believed;
  if (options.json) printJson({ command: "query", mch_order_no, ...callReport(believed) });
  else print(`${colours.bold(outcome)}: ${sentence("query", outcome, because)}`);
  process.exitCode = exitCode("query", outcome);
}
