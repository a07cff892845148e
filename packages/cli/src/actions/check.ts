import { UsageError } from "@ksherproof/core";
import {
  type Level,
  type ReportDocument,
  type StreamEvent,
  selectable,
  terminalReport,
} from "@ksherproof/harness";
import { checkAttached } from "../check/attach.js";
import { BaselineFile, type BaselineOptions } from "../check/baseline-file.js";
import { readScenarios, writeBundles } from "../check/bundles.js";
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
import { PAINT } from "../check/paint.js";
import { progress } from "../check/progress.js";
import { type CheckOptions, checkAdapter } from "../check/run-adapter.js";
import { assertSelection, level, profile } from "../check/selection.js";
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

/** The options as they are typed: words that the harness knows are still texts. */
export type Given = Omit<Options, "level" | "profile" | "orders" | "report"> & {
  readonly level: string;
  readonly profile: string;
  readonly orders?: string;
  readonly report?: readonly string[];
};

function asOptions({ orders, report = [], ...given }: Given): Options {
  return {
    ...given,
    level: level(given.level),
    profile: profile(given.profile),
    ...(orders === undefined ? {} : { orders: preparedOrders(orders) }),
    report: report.reduce<readonly Destination[]>((before, text) => destination(text, before), []),
  };
}

/** Runs `ksherproof check` and sets the exit code. */
export async function check(given: Given): Promise<void> {
  const options = asOptions(given);
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
function exitCodeOf(report: ReportDocument): number {
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
