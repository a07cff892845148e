import {
  audit,
  FactLines,
  type Finding,
  filesOf,
  findingLine,
  partialLines,
  reducePartials,
  SummarySum,
  shardParts,
  summaryLine,
} from "@ksherproof/audit";
import type { Command } from "commander";
import {
  type AuditFlags,
  auditOptions,
  auditOptionsOf,
  documentOptions,
  type ReportFlags,
  reportOptions,
} from "../audit/options.js";
import { openOutcome } from "../audit/outcome.js";
import { auditFiles, type WholeFlags } from "../audit/run.js";
import { checkApart } from "../audit/target.js";
import { VERSION } from "../version.js";

export function register(program: Command): void {
  const command = program
    .command("audit")
    .description("verify whole logs offline, record by record and order by order")
    .argument("[inputs...]", "files, globs, or - for standard input; plain, gzip or zstd", ["-"]);
  documentOptions(reportOptions(auditOptions(command)))
    .option(
      "--no-orders",
      "judge the records alone, not what the log says of each order: less time, and nothing on disk",
    )
    .option("--resume", "go on with the audit that Ctrl-C stopped; the command must be the same otherwise")
    .addHelpText("after", HELP)
    .action((inputs: readonly string[], flags: WholeFlags) => auditFiles(inputs, flags));
  auditOptions(
    command
      .command("map")
      .description("audit records only: findings and facts, for reduce")
      .argument("[inputs...]", "files, globs, or - for standard input", ["-"]),
  )
    .option("--shard <i/n>", "only the i-th of n parts of the inputs, cut by bytes where lines begin")
    .addHelpText("after", MAP_HELP)
    .action((inputs: readonly string[], flags: AuditFlags) => map(inputs, flags));
  command
    .command("merge")
    .description("join partial reports of map, or of merge, into one")
    .argument("<partials...>", "files, globs, or - for standard input")
    .action((partials: readonly string[]) => merge(partials));
  reportOptions(
    command
      .command("reduce")
      .description("judge the orders of partial reports, and report as one audit of all would")
      .argument("[partials...]", "files, globs, or - for standard input", ["-"])
      .option("--temp <folder>", "where facts are kept while it runs")
      .option("--partial", "print a partial report again: these orders are judged, others elsewhere"),
  ).action((partials: readonly string[], flags: ReduceFlags) => reduce(partials, flags));
}

const HELP = `
Records: JSON Lines (an answer, or {at, endpoint, request, response, status} with request and response as objects
or strings), webhook bodies, HAR, CSV with a column of answers. Answers of cancel_order are not signed by design:
they count in the total only, and are never "missing".

Examples:
  ksherproof audit --key ksher-v1 exchanges.jsonl
  zcat 2024-*.gz | ksherproof audit --key ksher-v1 --key new-gateway.pem -
  ksherproof audit --key ksher-v1 --findings findings.csv --html report.html log.jsonl
  ksherproof audit --key ksher-v1 --statement audit.dsse.json --statement-key key.pem log.jsonl

Ctrl-C keeps what is done in <findings>.state (ksherproof-audit.state without --findings); --resume goes on from there.

Exit code 0: no finding at or above --fail-on. 1: findings. 2: wrong usage. 3: an input can't be read, or it was stopped.
`;

const MAP_HELP = `
Example, on two machines and then on one:
  ksherproof audit map --key ksher-v1 --shard 1/2 year.jsonl > part-1
  ksherproof audit map --key ksher-v1 --shard 2/2 year.jsonl > part-2
  ksherproof audit reduce part-1 part-2
`;

/** Partial reports of this version, each with its end. */
const PARTS = { version: VERSION, whole: true };

async function map(inputs: readonly string[], flags: AuditFlags): Promise<void> {
  const options = auditOptionsOf(inputs, flags);
  const out = new FactLines((bytes) => process.stdout.write(bytes));
  const result = await audit(options, {
    finding: (found) => out.line(JSON.stringify(findingLine(found))),
    rows: (rows, startOf) => out.facts(rows, startOf),
  });
  const shards = shardParts(options.files, options.shard);
  out.line(JSON.stringify(summaryLine({ ...result, orders: 0, shards }, VERSION)));
  out.end();
}

async function merge(partials: readonly string[]): Promise<void> {
  const sum = new SummarySum();
  for await (const { text, line } of partialLines(filesOf(partials), process.stdin, PARTS)) {
    if (line.type === "summary") sum.add(line.summary);
    else process.stdout.write(`${text}\n`);
  }
  process.stdout.write(`${JSON.stringify(summaryLine(sum.summary, VERSION))}\n`);
}

interface ReduceFlags extends ReportFlags {
  readonly temp?: string;
  readonly partial?: true;
}

async function reduce(partials: readonly string[], flags: ReduceFlags): Promise<void> {
  if (flags.partial) {
    const write = (line: unknown): void => {
      process.stdout.write(`${JSON.stringify(line)}\n`);
    };
    const take = (found: Finding): void => write(findingLine(found));
    const lines = partialLines(filesOf(partials), process.stdin, { ...PARTS, whole: false });
    write(summaryLine(await reducePartials(lines, take, flags.temp ?? null, true), VERSION));
    return;
  }
  const files = filesOf(partials);
  checkApart({ "--findings": flags.findings }, files);
  const outcome = await openOutcome(flags);
  await outcome.end(
    await reducePartials(partialLines(files, process.stdin, PARTS), outcome.take, flags.temp ?? null),
  );
}
