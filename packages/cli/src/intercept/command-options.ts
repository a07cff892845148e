import type { Command } from "commander";

/** The help text of `--merchant`. */
export const MERCHANT_HELP =
  "a merchant and its key, public or private: mch35005=key.pem; repeatable. The private key is only looked for in requests, and signs nothing";

/** How a command line asks that a program be held which heeds no proxy. */
export interface ContainmentOptions {
  readonly privateHosts: boolean;
  readonly requireContainment?: true;
  readonly isolate?: true;
}

/** Adds the options that say how the program is held. */
export function addContainmentOptions(command: Command): Command {
  return command
    .option("--no-private-hosts", "do not give the program a hosts file of its own (Linux)")
    .option(
      "--require-containment",
      "do not start the program where it could get past a proxy to the real gateway",
    )
    .option(
      "--isolate",
      "give the program a network of its own in which the gateway alone can be reached: no other host, nor this machine's services (Linux)",
    );
}
