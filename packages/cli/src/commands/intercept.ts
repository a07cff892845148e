import { PREPARED_STATES } from "@ksherproof/intercept/vocabulary";
import type { Command } from "commander";
import type { Options } from "../actions/intercept.js";
import { collect } from "../collect.js";
import { addContainmentOptions, MERCHANT_HELP } from "../intercept/command-options.js";
import { table } from "../output.js";

const HELP = `
The program's own output is left alone (but for --json -); the report goes to stderr.

Order states:
${table(Object.entries(PREPARED_STATES).map(([name, { means }]) => [name, means] as const))}

Examples:
  ksherproof intercept --merchant mch35005=merchant.pem --order A-1=unpaid -- python3 app.py
  ksherproof intercept --merchant mch35005=merchant.pem --order A-1=card_in_progress -- node cancel.js A-1
  ksherproof intercept --merchant mch35005=merchant.pem --answer cancel:drop_after_commit/close@1 -- php cancel.php A-1
  ksherproof intercept --merchant mch35005=merchant.pem --tls-check -- java -jar client.jar cancel A-1

Exit code: the program's own, unless it is 0 and the verdict is worse: 1 where a requirement is broken or nothing was
proven. 2 wrong usage, 3 the program cannot be started.
`;

export function register(program: Command): void {
  addContainmentOptions(
    program
      .command("intercept")
      .description("run a program unchanged, answer its calls to the gateway, and judge them")
      .argument("[command...]", "the program and its arguments, after --")
      .passThroughOptions()
      .option("-m, --merchant <appid=key>", MERCHANT_HELP, collect)
      .option("--any-merchant", "let every merchant in, signatures unchecked (so it is where none is given)")
      .option(
        "-o, --order <no=state>",
        "an order that is there before the program starts; repeatable",
        collect,
      )
      .option(
        "-a, --answer <endpoint:what>",
        "answer so: cancel:-6, query:PENDING, any:status/html, cancel:drop_after_commit/close@1 (first call only); repeatable",
        collect,
      )
      .option("--scenario <file>", "orders, settings and answers from a YAML file")
      .option("--list-answers", "print every answer that --answer knows")
      .option(
        "--set <name=value>",
        "a setting of the simulated gateway, cardInProgressCode=-4; repeatable",
        collect,
      )
      .option("--host <name>", "another host that is the gateway's; repeatable", collect)
      .option(
        "--gateway-key <file>",
        "private key that signs query answers (a new one for each run if not given)",
      )
      .option("--tls <certificate>", "show a bad certificate: untrusted, expired or misnamed (SEC-002)")
      .option("--tls-check", "afterwards run the program again with each bad certificate (SEC-002)")
      .option(
        "--tamper",
        "change published answers: the program must end with another exit code than 0 (QRY-003)",
      ),
  )
    .option("--level <level>", "what decides the verdict: must, should or hardening", "must")
    .option("--timeout <time>", "end the program after 30s, 2min, ...")
    .option("--json <file>", "write the report as JSON; - is stdout, and the program's own goes to stderr")
    .option(
      "--report <kind=file>",
      "write a report as check does: junit, sarif, markdown, html, badge",
      collect,
    )
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: Options) =>
      (await import("../actions/intercept.js")).act(words, options),
    );
}
