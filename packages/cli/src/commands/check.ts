import { join } from "node:path";
import { DEFAULT_RUNS } from "@ksherproof/harness/run-events";
import type { Command } from "commander";
import type { Given } from "../actions/check.js";
import { FAILURES } from "../check/folders.js";
import { duration, selection, wholeNumber } from "../check/options.js";
import { collect } from "../collect.js";

export function register(program: Command): void {
  program
    .command("check")
    .description("hold a client, in any language, to the documented cancel semantics")
    .option("--adapter <command>", 'the command line of the client\'s adapter, "python3 my_adapter.py"')
    .option("--matrix <commands...>", "check several clients and print one table")
    .option("--differential <commands...>", "find the smallest inputs on which two clients disagree")
    .option("--attach", "wait for a client that you start by hand, in a debugger; judged from the wire")
    .option("--port <n>", "with --attach: the port, any free one for 0", wholeNumber("--port", 0, 65_535), 0)
    .option("--keys <folder>", "with --attach: where its throw-away keys go", join(".ksherproof", "attach"))
    .option("--gateway <url>", "the other way round: hold a gateway to the documentation, at this base URL")
    .option("--appid <appid>", "with --gateway: the merchant's number")
    .option("--private-key <file>", "with --gateway: the merchant's private key")
    .option("--public-key <key>", "with --gateway: the key that verifies its answers")
    .option("--control <url>", "with --gateway: a control API like that of ksherproof serve, for customers")
    .option("--hook <command>", "with --gateway: a command for customers: <command> pay_by_link ORDER")
    .option("--orders <list>", "with --gateway: prepared orders: open=A1,paid=B1,card=C1")
    .option("--allow-live", "with --gateway: a gateway on another machine is meant")
    .option("--list", "list the requirements that clients are held to, and stop")
    .option("--only <ids>", "only these requirements or groups: CXL-007, SIG (repeatable)", selection)
    .option("--level <level>", "must, should or hardening; each takes in the ones before it", "must")
    .option(
      "--seed <n>",
      "the seed of everything that is generated",
      wholeNumber("--seed", 0, 2 ** 31 - 1),
      1,
    )
    .option("--runs <n>", "random cases of each generator", wholeNumber("--runs", 0, 100_000), DEFAULT_RUNS)
    .option(
      "--time-budget <time>",
      "time for the whole run, 90s, 2m: a slow client is shown what fits",
      duration("--time-budget"),
    )
    .option(
      "--workers <n>",
      "adapter processes at a time, by default 1; more for a slow client that may run several times at once",
      wholeNumber("--workers", 1, 64),
    )
    .option("--profile <profile>", "documented, or observed: also what production takes", "documented")
    .option("--json [file]", "print the report as one JSON object, or write it to a file")
    .option(
      "--report <kind=file>",
      "write a report: terminal, json, ndjson, junit, sarif, markdown, badge, html",
      collect,
    )
    .option("--scenarios <folder>", "also play the promoted failures of a folder")
    .option("--failures <folder>", "where a bundle of each failure goes", FAILURES)
    .option("--baseline <file>", "known failures: each with a reason; any other failure fails the run")
    .option("--update-baseline", "write the baseline anew from this run; needs --reason")
    .option("--reason <text>", "why the new entries of the baseline are accepted")
    .option("--issue <url>", "where the new entries are being worked on")
    .option("--expires <day>", "the last day on which the new entries are accepted, yyyy-mm-dd")
    .option("--verbose", "also what passed, and the cells that the run touched")
    .addHelpText(
      "after",
      `
Examples:
  ksherproof check --adapter "node adapters/typescript/adapter.mjs"
  ksherproof check --adapter "python3 my_adapter.py" --only CXL-007 --seed 42
  ksherproof check --adapter "./adapter" --level should --report junit=junit.xml --report html=report.html

Exit code 0: conforms. 1: does not. 2: wrong usage. 3: the adapter would not start, or nothing was exercised.
`,
    )
    .action(async (given: Given) => (await import("../actions/check.js")).check(given));
}
