import { HarnessError, UsageError } from "@ksherproof/core";
import {
  type DifferentialReport,
  type Disagreement,
  differential,
  type ReportDocument,
  splitCommandLine,
  startAdapter,
} from "@ksherproof/harness";
import { reportError } from "../failure.js";
import { colours, print, printJson, visible } from "../output.js";
import { onInterrupt } from "./interrupt.js";
import { matrixTable } from "./matrix.js";
import { progress } from "./progress.js";
import { type CheckOptions, checkAdapter } from "./run-adapter.js";

/** `check --matrix`: runs several clients, one after another, and prints one table. Gives the exit code. */
export async function checkMatrix(
  adapters: readonly string[],
  options: CheckOptions,
  json: boolean,
): Promise<number> {
  const reports: ReportDocument[] = [];
  const failed: string[] = [];
  const interrupt = onInterrupt();
  try {
    for (const [i, adapter] of adapters.entries()) {
      if (interrupt.signal.aborted) break;
      const line = progress(`${i + 1}/${adapters.length} `);
      try {
        reports.push(await checkAdapter(adapter, options, interrupt.signal, line.on));
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error;
        line.clear();
        process.stderr.write(`ksherproof: ${adapter}:\n`);
        reportError(error);
        failed.push(adapter);
      } finally {
        line.clear();
      }
    }
  } finally {
    interrupt.done();
  }
  if (json) printJson({ matrix: 1, clients: reports, not_started: failed });
  else {
    for (const [i, { client, adapter }] of reports.entries())
      print(`${i + 1}  ${client.name} ${client.version} (${client.language}): ${adapter}`);
    if (reports.length > 0) print(`\n${matrixTable(reports)}`);
    for (const adapter of failed) print(`did not start: ${adapter}`);
  }
  if (failed.length > 0 || reports.some(({ interrupted }) => interrupted)) return 3;
  return reports.every(({ accepted }) => accepted) ? 0 : 1;
}

/** `check --differential`: finds the smallest inputs on which two clients disagree. Gives the exit code. */
export async function checkDifferential(
  adapters: readonly string[],
  { seed, runs }: Pick<CheckOptions, "seed" | "runs">,
  json: boolean,
): Promise<number> {
  const [a, b, ...rest] = adapters;
  if (a === undefined || b === undefined || rest.length > 0)
    throw new UsageError(
      "differential_two",
      `--differential: expected two command lines, found ${adapters.length}.`,
      {
        hint: 'Example: ksherproof check --differential "python3 a.py" "node b.mjs"',
      },
    );
  const first = await startAdapter(splitCommandLine(a));
  try {
    const second = await startAdapter(splitCommandLine(b));
    try {
      const report = await differential(first, second, { seed, runs });
      if (json) printJson(report);
      else show(report);
      if (report.compared.length === 0) return 3;
      return report.disagreements.length === 0 ? 0 : 1;
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

function show({ clients, compared, disagreements, seed }: DifferentialReport): void {
  const [a, b] = clients;
  print(`a is ${a}, b is ${b}`);
  for (const { op, inputs } of compared) {
    const found = disagreements.find((one) => one.op === op);
    if (!found) print(`${colours.green("same")}      ${op}: ${inputs} generated inputs, seed ${seed}`);
    else for (const line of story(found)) print(line);
  }
  if (compared.length === 0) print("They offer no operation in common: nothing could be compared.");
}

function story({ op, input, a, b, right }: Disagreement): readonly string[] {
  const mark = (text: string): string => (right === null ? "" : text === right ? "  (right)" : "");
  return [
    `${colours.red("DIFFERENT")} ${op}, smallest input: ${visible(JSON.stringify(input))}`,
    `  a      ${visible(a)}${mark(a)}`,
    `  b      ${visible(b)}${mark(b)}`,
    ...(right === null || a === right || b === right ? [] : [`  right  ${visible(right)}`]),
  ];
}
