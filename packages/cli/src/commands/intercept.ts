import { writeFileSync } from "node:fs";
import {
  answerLines,
  type InterceptReport,
  intercept,
  interceptReport,
  PREPARED_STATES,
  readAnswerRule,
} from "@ksherproof/intercept";
import type { Command } from "commander";
import { collect } from "../collect.js";
import {
  addContainmentOptions,
  type ContainmentOptions,
  commandOf,
  fileError,
  MERCHANT_HELP,
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
import { callLines, paint, sightLine, summaryLines } from "../intercept/view.js";
import { print, table } from "../output.js";
import { VERSION } from "../version.js";

interface Options extends ContainmentOptions {
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
    .action(act);
}

async function act(words: readonly string[], options: Options): Promise<void> {
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

/** Writes the report; null only makes sure, before the program runs, that the file can be written. */
function writeReport(file: string, report: InterceptReport | null): void {
  const text = report === null ? "" : `${JSON.stringify(report, null, 2)}\n`;
  if (file === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw fileError("The report cannot be written to", file, cause);
  }
}
