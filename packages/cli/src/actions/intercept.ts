import { answerLines, intercept, interceptReport, readAnswerRule } from "@ksherproof/intercept";
import type { ContainmentOptions } from "../intercept/command-options.js";
import {
  commandOf,
  readContainment,
  readDuration,
  readFlaw,
  readGatewayKey,
  readHost,
  readLevel,
  readMerchants,
  readOrders,
  readSettings,
} from "../intercept/options.js";
import { writeReport } from "../intercept/report-file.js";
import { callLines, paint, sightLine, summaryLines } from "../intercept/view.js";
import { print, table } from "../output.js";
import { VERSION } from "../version.js";

export interface Options extends ContainmentOptions {
  readonly merchant?: readonly string[];
  readonly anyMerchant?: true;
  readonly order?: readonly string[];
  readonly answer?: readonly string[];
  readonly scenario?: string;
  readonly listAnswers?: true;
  readonly set?: readonly string[];
  readonly host?: readonly string[];
  readonly gatewayKey?: string;
  readonly tls?: string;
  readonly tlsCheck?: true;
  readonly tamper?: true;
  readonly level: string;
  readonly timeout?: string;
  readonly json?: string;
  readonly report?: readonly string[];
  readonly quiet?: true;
}

export async function act(words: readonly string[], options: Options): Promise<void> {
  if (options.listAnswers) {
    print(table(answerLines()));
    return;
  }
  const command = commandOf(words);
  // The renderings of check come with all of the harness: they are loaded only where one is asked for.
  const reports = options.report && (await import("../intercept/run-reports.js")).runReports(options.report);
  if (options.json !== undefined && options.json !== "-") writeReport(options.json, null);
  const scenario =
    options.scenario === undefined
      ? null
      : (await import("../intercept/probe-file.js")).readInterceptScenario(options.scenario);
  const merchants = readMerchants(options.merchant ?? []);
  const live = process.stderr.isTTY === true && !options.quiet;
  const say = (line: string | null): void => {
    if (line !== null) process.stderr.write(`${line}\n`);
  };
  const result = await intercept({
    command,
    output: options.json === "-" ? "stderr" : "inherit",
    merchants,
    anyMerchant: options.anyMerchant === true || merchants.length === 0,
    uncheckedAllowed: options.anyMerchant === true,
    orders: [...readOrders(options.order ?? []), ...(scenario?.orders ?? [])],
    answers: [...(options.answer ?? []).map(readAnswerRule), ...(scenario?.answers ?? [])],
    settings: { ...scenario?.settings, ...readSettings(options.set ?? []) },
    published: async () => (await import("../intercept/published-answers.js")).publishedAnswers(),
    tamper: options.tamper === true,
    addedHosts: (options.host ?? []).map(readHost),
    ...(options.gatewayKey === undefined ? {} : { key: readGatewayKey(options.gatewayKey) }),
    ...(options.tls === undefined ? {} : { certificate: readFlaw(options.tls) }),
    tlsCheck: options.tlsCheck === true,
    containment: readContainment(options),
    level: readLevel(options.level),
    timeoutMs: options.timeout === undefined ? 0 : readDuration(options.timeout),
    env: process.env,
    now: Date.now,
    ...(live
      ? {
          tell: (event) => {
            if (event.kind === "sight") say(sightLine(event.sight));
            else for (const line of callLines(event.call)) say(line);
          },
          tellTls: (flaw) => say(paint.dim(`again, with a certificate that is ${flaw} ...`)),
        }
      : {}),
  });
  const secrets = merchants.flatMap((merchant) => merchant.secrets);
  const report = interceptReport(result, { version: VERSION, command, secrets });
  if (!options.quiet) for (const line of summaryLines(report, result.calls, live)) say(line);
  if (options.json !== undefined) writeReport(options.json, report);
  reports?.(report);
  process.exitCode =
    result.end.code !== 0 && !expectedFailure(options) ? result.end.code : report.verdict === "pass" ? 0 : 1;
}

/** With a bad certificate or a changed answer a careful program fails, as it should: the verdict alone counts. */
function expectedFailure(options: Options): boolean {
  return options.tls !== undefined || options.tamper === true;
}
