import { join } from "node:path";
import { UsageError } from "@ksherproof/core";
import {
  DEFAULT_RUNS,
  type Level,
  type ReportDocument,
  type StreamEvent,
  selectable,
  terminalReport,
} from "@ksherproof/harness";
import type { Command } from "commander";
import { checkAttached } from "../check/attach.js";
import { BaselineFile, type BaselineOptions } from "../check/baseline-file.js";
import { FAILURES, readScenarios, writeBundles } from "../check/bundles.js";
import {
  type Destination,
  deliver,
  destination,
  jsonDestination,
  prepare,
  stdoutTaken,
  streamTo,
} from "../check/destinations.js";
import { checkGateway, type GatewayOptions } from "../check/gateway.js";
import { preparedOrders } from "../check/gateway-world.js";
import { onInterrupt } from "../check/interrupt.js";
import { assertSelection, duration, level, profile, selection, wholeNumber } from "../check/options.js";
import { PAINT } from "../check/paint.js";
import { progress } from "../check/progress.js";
import { type CheckOptions, checkAdapter } from "../check/run-adapter.js";
import { checkDifferential, checkMatrix } from "../check/several.js";
import { print, printJson } from "../output.js";

interface Options
  extends Omit<CheckOptions, "scenarios" | "only" | "baseline">,
    BaselineOptions,
    GatewayOptions {
  readonly only?: readonly string[];
  readonly adapter?: string;
  readonly matrix?: readonly string[];
  readonly differential?: readonly string[];
  readonly attach?: true;
  readonly port: number;
  readonly keys: string;
  readonly list?: true;
  readonly json?: string | true;
  readonly report?: readonly Destination[];
  readonly verbose?: true;
  readonly scenarios?: string;
  readonly failures: string;
}

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
    .option("--orders <list>", "with --gateway: prepared orders: open=A1,paid=B1,card=C1", preparedOrders)
    .option("--allow-live", "with --gateway: a gateway on another machine is meant")
    .option("--list", "list the requirements that clients are held to, and stop")
    .option("--only <ids>", "only these requirements or groups: CXL-007, SIG (repeatable)", selection)
    .option("--level <level>", "must, should or hardening; each takes in the ones before it", level, "must")
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
      "adapter processes at a time; by default 1, of a slow client one for each core, up to 4",
      wholeNumber("--workers", 1, 64),
    )
    .option(
      "--profile <profile>",
      "documented, or observed: also what production takes",
      profile,
      "documented",
    )
    .option("--json [file]", "print the report as one JSON object, or write it to a file")
    .option(
      "--report <kind=file>",
      "write a report: terminal, json, ndjson, junit, sarif, markdown, badge, html",
      destination,
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
    .action(run);
}

async function run(options: Options): Promise<void> {
  assertSelection(options.only ?? [], options.gateway !== undefined);
  if (options.list) {
    list(options.level, options.only ?? [], options.json !== undefined);
    return;
  }
  const ways = [options.adapter, options.matrix, options.differential, options.attach, options.gateway];
  if (ways.filter((way) => way !== undefined).length > 1)
    throw new UsageError(
      "check_ways",
      "Give one of --adapter, --matrix, --differential, --attach and --gateway.",
    );
  const plain = { ...options, only: options.only ?? [], scenarios: [], baseline: null };
  if (options.matrix) {
    process.exitCode = await checkMatrix(options.matrix, plain, options.json !== undefined);
    return;
  }
  if (options.differential) {
    process.exitCode = await checkDifferential(options.differential, plain, options.json !== undefined);
    return;
  }
  const { adapter } = options;
  if (adapter === undefined && !options.attach && options.gateway === undefined) {
    throw new UsageError(
      "adapter_missing",
      "Expected --adapter with the command line of the client's adapter.",
      {
        hint: 'Example: ksherproof check --adapter "python3 my_adapter.py"; to write one: ksherproof adapter init python',
      },
    );
  }
  const targets = [...jsonDestination(options.json), ...(options.report ?? [])];
  const quiet = stdoutTaken(targets);
  prepare(targets);
  const baseline = BaselineFile.open(options);
  const scenarios = options.scenarios === undefined ? [] : readScenarios(options.scenarios);
  const stream = streamTo(targets);
  const line = progress();
  const interrupt = onInterrupt(options.attach ? "The report:" : undefined);
  const hears = (event: StreamEvent): void => {
    stream(event);
    line.on(event);
  };
  const asked = {
    ...plain,
    scenarios,
    baseline: baseline && ((report: ReportDocument) => baseline.judge(report, today())),
  };
  try {
    const report = await reportOf(options, asked, interrupt.signal, hears);
    line.clear();
    const bundles = adapter === undefined ? {} : writeBundles(report, options.failures);
    deliver(report, targets);
    if (!quiet) print(terminalReport(report, { paint: PAINT, verbose: options.verbose === true, bundles }));
    process.exitCode = exitCodeOf(report);
  } finally {
    line.clear();
    interrupt.done();
  }
}

/** Runs the one way in that was asked for. */
function reportOf(
  options: Options,
  asked: CheckOptions & Pick<Options, "port" | "keys">,
  signal: AbortSignal,
  on: (event: StreamEvent) => void,
): Promise<ReportDocument> {
  if (options.adapter !== undefined) return checkAdapter(options.adapter, asked, signal, on);
  if (options.gateway !== undefined) return checkGateway(options.gateway, options, asked.only, signal, on);
  return checkAttached(asked, signal, on);
}

/** Today, yyyy-mm-dd. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** 0 conforms or fails as the baseline knows, 1 does not, 3 where the run was cut short or nothing at all was exercised. */
export function exitCodeOf(report: ReportDocument): number {
  if (report.interrupted) return 3;
  if (report.accepted) return 0;
  return report.summary.pass + report.summary.fail === 0 ? 3 : 1;
}

function list(asked: Level, only: readonly string[], json: boolean): void {
  const order: readonly (Level | null)[] = ["must", "should", "hardening"];
  const lines = selectable().filter(({ id, asked_at }) =>
    only.length > 0
      ? only.some((start) => id === start || id.startsWith(`${start}-`))
      : asked_at !== null && order.indexOf(asked_at) <= order.indexOf(asked),
  );
  if (json) {
    printJson(lines);
    return;
  }
  for (const one of lines)
    print(`${one.id}  ${`${one.level}, ${one.basis}`.padEnd(17)}  ${one.text}  [${one.checks.join(", ")}]`);
}
