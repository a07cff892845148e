import type { Command } from "commander";
import { collect } from "../collect.js";
import type { ServeOptions } from "../serve/options.js";

const HELP = `
Examples:
  ksherproof serve
  ksherproof serve --port 8080 --json > gateway.json &
  ksherproof cancel order-1 --gateway gateway.json
  ksherproof serve --merchant mch35005=merchant.pem --set cardInProgressCode=-4
  ksherproof serve --fault '{"endpoint":"/cancel_order","faults":[{"kind":"drop_after_commit"}]}'
  ksherproof serve --scenario vectors/scenarios/CXL-007.yaml

Exit code: 0 when it was ended with Ctrl-C; 1 a step of the scenario did not hold; 2 wrong usage; 3 the port is taken, a
file cannot be read.
`;

export function register(program: Command): void {
  program
    .command("serve")
    .description("run the simulated gateway, with its checkout page and control API")
    .option("-p, --port <port>", "the port; 0 for any free one", "0")
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .option("--allow-remote", "let other machines in, and webhooks out to them")
    .option("--public-url <url>", "where browsers and clients reach it, if not at the address it listens on")
    .option("--tls", "speak HTTPS, with a certificate authority made for this run")
    .option(
      "-m, --merchant <appid=key>",
      "a merchant and its key file, public or private; without =key a key is made; repeatable (mch35005 if none is given)",
      collect,
    )
    .option("--gateway-key <file>", "private key that signs answers (a new one if not given)")
    .option(
      "--set <name=value>",
      "a setting where sources leave a doubt, cardInProgressCode=-4; repeatable",
      collect,
    )
    .option("--list-settings", "print every setting, its values, its default and the doubt behind it")
    .option("--strict-nonce", "refuse a nonce_str that came before")
    .option("--strict-create", "ask for every documented field of gateway_pay")
    .option("--fault <json>", "a rule of the fault schedule as JSON; repeatable", collect)
    .option("--scenario <file>", "play a scenario (YAML) first, then serve what it left")
    .option("--state <file>", "load what was saved there, and save it there")
    .option("--virtual-clock", "time stands still until it is put forward over the control API")
    .option("--seed <number>", "decides ids and numbers", "1")
    .option("--manual-webhooks", "deliver webhooks only when the control API says so")
    .option("--json", "print one line with one JSON object in place of the text")
    .addHelpText("after", HELP)
    .action(async (options: ServeOptions) => (await import("../actions/serve.js")).act(options));
}
