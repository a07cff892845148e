import type { Command } from "commander";

/** What `cancel`, `query` and `pay` share. */
export interface ClientCommandOptions {
  readonly gateway?: string;
  readonly baseUrl?: string;
  readonly appid?: string;
  readonly key?: string;
  readonly gatewayKey?: string;
  readonly ca?: string;
  readonly live?: true;
  readonly lang?: string;
  readonly timeout: string;
  readonly json?: true;
}

/** The part of the help that is the same for all three. */
export const CLIENT_HELP = `
Where the gateway is, and with which keys (an option, else its environment variable):
  --gateway      KSHERPROOF_GATEWAY      a file with the line that \`ksherproof serve --json\` printed; gives all the rest
  --base-url     KSHERPROOF_BASE_URL     http://127.0.0.1:8080/api
  --appid        KSHERPROOF_APPID        mch35005
  --key          KSHERPROOF_KEY          the merchant's private key file
  --gateway-key  KSHERPROOF_GATEWAY_KEY  the gateway's public key file, or ksher-v1`;

/** Adds the shared options to a command. */
export function withClientOptions(command: Command): Command {
  return command
    .option(
      "-g, --gateway <file>",
      "the line that `ksherproof serve --json` printed, saved in a file; - is stdin",
    )
    .option("--base-url <url>", "the gateway's base URL; endpoints are appended")
    .option("--appid <appid>", "the merchant")
    .option("-k, --key <file>", "the merchant's private key")
    .option("--gateway-key <key>", "the gateway's public key: a file, or ksher-v1")
    .option("--ca <file>", "a certificate to trust besides the usual ones, PEM")
    .option("--live", "call the real gateway: orders and money are real")
    .option("--lang <lang>", "language of the messages: en, cn or th")
    .option("--timeout <time>", "for each call, as 10s", "10s")
    .option("--json", "print one JSON object");
}
