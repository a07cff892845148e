import { PLACEHOLDERS } from "@ksherproof/intercept/vocabulary";
import type { Command } from "commander";
import type { Options } from "../actions/probe.js";
import { collect } from "../collect.js";
import { addContainmentOptions, MERCHANT_HELP } from "../intercept/command-options.js";

const HELP = `
The client is run once for each call, with its address unchanged, as under ksherproof intercept. It tells its outcome by
printing the word (cancelled, already_paid, closed, ...) or JSON with a member "outcome", by handing the gateway's answer
through, or as --outcomes describes. Placeholders: ${PLACEHOLDERS.map((name) => `{${name}}`).join(" ")}

Examples:
  ksherproof probe --list
  ksherproof probe --ready CXL-007 --merchant mch35005=merchant.pem --run "node driver.js {op} {order}"
  ksherproof probe --ready all --merchant mch35005=merchant.pem --run "php driver.php {op} {order}" --outcomes told.yaml
  ksherproof probe --show CXL-007 > mine.yaml && ksherproof probe mine.yaml --merchant mch35005=merchant.pem

Exit code 0: every script holds. 1: one does not. 2: wrong usage. 3: the client cannot be started.
`;

export function register(program: Command): void {
  addContainmentOptions(
    program
      .command("probe")
      .description(
        '"call this, expect that" over the command line of a client whose address cannot be changed',
      )
      .argument("[scripts...]", "scripts in YAML; - is standard input")
      .option("--ready <id>", "a ready script, CXL-007, a group, CXL, or all; repeatable", collect)
      .option("--list", "list the ready scripts, and stop")
      .option("--show <id>", "print a ready script, and stop")
      .option(
        "--run <command>",
        "the client's command line, \"node driver.js {op} {order}\"; else the script's own",
      )
      .option("-m, --merchant <appid=key>", MERCHANT_HELP.replace("; repeatable", ""))
      .option(
        "--op <name=word>",
        "what the client calls an operation: cancel=CancelOrder; repeatable",
        collect,
      )
      .option("--outcomes <file>", "YAML: which exit code or output stands for which outcome")
      .option("--gateway-key <file>", "private key that signs query answers (a new one if not given)")
      .option("--host <name>", "another host that is the gateway's; repeatable", collect)
      .option("--level <level>", "what else decides, of the requests: must, should or hardening", "must")
      .option("--timeout <time>", "end a call of the client after so long", "30s"),
  )
    .option("--json <file>", "write the report as JSON; - is stdout")
    .addHelpText("after", HELP)
    .action(async (files: readonly string[], options: Options) =>
      (await import("../actions/probe.js")).act(files, options),
    );
}
