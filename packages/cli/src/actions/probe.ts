import { UsageError } from "@ksherproof/core";
import { splitCommandLine } from "@ksherproof/harness/adapter/command-line";
import {
  newProbeStage,
  PROBE_OPS,
  type ProbeOp,
  type ProbeResult,
  type ProbeScript,
  probeReport,
  runProbe,
} from "@ksherproof/intercept";
import type { ContainmentOptions } from "../intercept/command-options.js";
import {
  readContainment,
  readDuration,
  readGatewayKey,
  readHost,
  readLevel,
  readMerchant,
} from "../intercept/options.js";
import { readOutcomes, readProbe, readyIds, readyScripts, readyText } from "../intercept/probe-file.js";
import { probeLines, probeSummary } from "../intercept/probe-view.js";
import { writeReport } from "../intercept/report-file.js";
import { print } from "../output.js";
import { VERSION } from "../version.js";

export interface Options extends ContainmentOptions {
  readonly run?: string;
  readonly ready?: readonly string[];
  readonly list?: true;
  readonly show?: string;
  readonly merchant?: string;
  readonly op?: readonly string[];
  readonly outcomes?: string;
  readonly gatewayKey?: string;
  readonly host?: readonly string[];
  readonly level: string;
  readonly timeout: string;
  readonly json?: string;
}

export async function act(files: readonly string[], options: Options): Promise<void> {
  if (options.list) {
    for (const id of readyIds()) for (const one of readyScripts(id)) print(`${id.padEnd(22)} ${one.title}`);
    return;
  }
  if (options.show !== undefined) {
    print(readyText(options.show).trimEnd());
    return;
  }
  const scripts = [...files.map(readProbe), ...(options.ready ?? []).flatMap(readyScripts)];
  if (scripts.length === 0) {
    throw new UsageError("probe_missing", "No script was given.", {
      hint: "Give a YAML file, or --ready CXL-007; ksherproof probe --list prints what is ready.",
    });
  }
  const commands = scripts.map((script) => commandOf(script, options.run));
  if (options.merchant === undefined) {
    throw new UsageError("merchant_missing", "No merchant was given: nobody's signature could be checked.", {
      hint: "Give the merchant that the client signs for: --merchant mch35005=merchant.pem",
    });
  }
  const merchant = readMerchant(options.merchant);
  const level = readLevel(options.level);
  const base = {
    merchant,
    keyFile: options.merchant.slice(options.merchant.indexOf("=") + 1),
    opNames: readOpNames(options.op ?? []),
    outcomes: options.outcomes === undefined ? [] : readOutcomes(options.outcomes),
    addedHosts: (options.host ?? []).map(readHost),
    stage: newProbeStage(
      Date.now(),
      options.gatewayKey === undefined ? undefined : readGatewayKey(options.gatewayKey),
    ),
    level,
    timeoutMs: readDuration(options.timeout),
    containment: readContainment(options),
    env: process.env,
    now: Date.now,
  };
  const quiet = options.json === "-";
  const results: ProbeResult[] = [];
  for (const [i, script] of scripts.entries()) {
    const result = await runProbe(script, { ...base, command: commands[i] ?? ["true"] });
    results.push(result);
    if (!quiet) for (const line of probeLines(result)) print(line);
  }
  const report = probeReport(results, {
    version: VERSION,
    command: options.run ?? scripts[0]?.run ?? "",
    level,
    secrets: merchant.secrets,
  });
  if (options.json !== undefined) writeReport(options.json, report);
  if (!quiet) print(probeSummary(report));
  process.exitCode = report.conforms ? 0 : 1;
}

function commandOf(script: ProbeScript, run: string | undefined): readonly [string, ...string[]] {
  const line = run ?? script.run;
  if (line !== undefined) return splitCommandLine(line);
  throw new UsageError("run_missing", `Nothing says how the client is run in ${script.id}.`, {
    hint: 'Give --run "node driver.js {op} {order}", or a member run in the script.',
  });
}

function readOpNames(texts: readonly string[]): Readonly<Partial<Record<ProbeOp, string>>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = "", word] = text.split(/=(.*)/s);
      const op = PROBE_OPS.find((one) => one === name);
      if (op && word) return [op, word];
      throw new UsageError(
        "op_form",
        `Expected an operation as cancel=WORD, found ${JSON.stringify(text)}.`,
        {
          hint: `Operations: ${PROBE_OPS.join(", ")}.`,
        },
      );
    }),
  );
}
