import { once } from "node:events";
import { createWriteStream } from "node:fs";
import {
  type AuditReport,
  audit,
  FINDING_KINDS,
  type Finding,
  FindingTally,
  FORMATS,
  type Format,
  filesOf,
  joinRings,
  type KeyRing,
  type Level,
  readKeyRing,
  reportOf,
  ringOf,
} from "@ksherproof/audit";
import { UsageError } from "@ksherproof/core";
import { type Command, Option } from "commander";
import { collect, KEY_HELP } from "../key-options.js";
import { colours, print, printJson, table } from "../output.js";

/** The options that every way of auditing shares. */
export interface AuditFlags {
  readonly key?: readonly string[];
  readonly merchantKey?: readonly string[];
  readonly keyRing?: readonly string[];
  readonly format?: Format;
  readonly column?: string;
  readonly endpoint?: string;
  readonly engine: "wasm" | "node";
  readonly workers?: number;
  readonly temp?: string;
  readonly json?: true;
  readonly failOn: Level | "none";
  readonly findings?: string;
}

export function register(program: Command): void {
  const command = program
    .command("audit")
    .description("verify whole logs offline, record by record and order by order")
    .argument("[inputs...]", "files, globs, or - for standard input; plain, gzip or zstd", ["-"]);
  auditOptions(command)
    .addOption(
      new Option("--fail-on <level>", "the least level of a finding that makes the exit code 1")
        .choices(["note", "warning", "error", "none"])
        .default("warning"),
    )
    .option("--json", "print one JSON object")
    .option("--findings <file>", "write every finding to a file, as JSON Lines")
    .addHelpText("after", HELP)
    .action((inputs: readonly string[], flags: AuditFlags) => auditFiles(inputs, flags));
}

const HELP = `
Records: JSON Lines (an answer, or {at, endpoint, request, response, status} with request and response as objects
or strings), webhook bodies, HAR, CSV with a column of answers. Answers of cancel_order are not signed by design:
they count in the total only, and are never "missing".

Examples:
  ksherproof audit --key ksher-v1 exchanges.jsonl
  zcat 2024-*.gz | ksherproof audit --key ksher-v1 --key new-gateway.pem -

Exit code 0: no finding at or above --fail-on. 1: findings. 2: wrong usage. 3: an input can't be read.
`;

/** Adds the options that say what to read and how. */
export function auditOptions(command: Command): Command {
  return command
    .option("-k, --key <key>", `the gateway's key: ${KEY_HELP}; repeatable`, collect)
    .option("--merchant-key <key>", "a merchant's key, to verify requests with; repeatable", collect)
    .option("--key-ring <file>", "keys with the time in which each counts, as JSON; repeatable", collect)
    .addOption(
      new Option("--format <format>", "the inputs' format, where it is not to be told from them").choices(
        FORMATS,
      ),
    )
    .option("--column <name>", "the CSV column that holds the answers")
    .option("--endpoint <name>", "the endpoint of records that name none")
    .addOption(
      new Option("--engine <name>", "wasm: the fast one, exact path behind it; node: the exact path alone")
        .choices(["wasm", "node"])
        .default("wasm"),
    )
    .option("--workers <n>", "worker threads; 0: none (default: as fits)", wholeNumber)
    .option("--temp <folder>", "where facts are kept while the audit runs");
}

function wholeNumber(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new UsageError(
    "option_number",
    `Expected --workers to be a number from 0 to 999, found ${JSON.stringify(text)}.`,
  );
}

/** The keys that the flags name. Throws `UsageError` where there is none for the gateway. */
export function ringFrom(flags: AuditFlags): KeyRing {
  const rings = (flags.keyRing ?? []).map(readKeyRing);
  const ring = rings.reduce(joinRings, ringOf(flags.key ?? [], flags.merchantKey ?? []));
  if (ring.gateway.length > 0) return ring;
  throw new UsageError("key_missing", "No key of the gateway was given.", {
    hint: `Give one with --key: ${KEY_HELP}.`,
  });
}

async function auditFiles(inputs: readonly string[], flags: AuditFlags): Promise<void> {
  const ring = ringFrom(flags);
  const files = filesOf(inputs);
  const tally = new FindingTally();
  const sink = flags.findings === undefined ? null : await openSink(flags.findings);
  const result = await audit(
    {
      files,
      ring,
      engine: flags.engine,
      workers: flags.workers ?? null,
      shard: null,
      format: flags.format ?? null,
      column: flags.column ?? null,
      endpoint: flags.endpoint ?? null,
      temp: flags.temp ?? null,
      stdin: process.stdin,
    },
    {
      finding(found) {
        tally.add(found);
        sink?.write(`${JSON.stringify(found)}\n`);
      },
    },
  );
  if (sink) await once(sink.end(), "finish");
  const report = reportOf(result, ring, tally);
  if (flags.json) printJson(report);
  else show(report, tally.worst);
  if (report.records.total === 0) process.stderr.write("ksherproof: the inputs hold no records.\n");
  process.exitCode = report.findings.input_unreadable ? 3 : tally.reaches(flags.failOn) ? 1 : 0;
}

/** A file to write findings to. Throws what the system says where it can't be made. */
async function openSink(file: string) {
  const sink = createWriteStream(file);
  await once(sink, "open");
  return sink;
}

function show(report: AuditReport, worst: readonly Finding[]): void {
  const { records, orders } = report;
  const unsigned = records.total - records.valid - records.invalid - records.missing - records.unreadable;
  print(
    table([
      ["records", `${records.total}`],
      ["valid", `${records.valid}`],
      ["invalid", `${records.invalid}`],
      ["missing", `${records.missing} that should be signed and are not`],
      ["unreadable", `${records.unreadable}`],
      ["unsigned", `${unsigned} by design (cancel answers, refusals) or without an answer`],
      ["orders", `${orders.total}, ${orders.with_findings} of them with findings`],
    ]),
  );
  for (const key of report.keys) print(`  key ${key.name} (${key.bits} bits) verified ${key.records}`);
  const kinds = Object.entries(report.findings) as [keyof typeof FINDING_KINDS, number][];
  print(kinds.length === 0 ? colours.green("No findings.") : "Findings:");
  for (const [kind, count] of kinds)
    print(
      `  ${String(count).padStart(8)}  ${FINDING_KINDS[kind].level.padEnd(7)}  ${kind}: ${FINDING_KINDS[kind].says}`,
    );
  if (worst.length > 0) print("The worst:");
  for (const found of worst) print(`  ${whereOf(found)}: ${found.detail}`);
}

function whereOf(found: Finding): string {
  const order = found.mch_order_no === null ? "" : ` order ${found.mch_order_no}`;
  const [first] = found.evidence;
  const place = found.place ?? first ?? null;
  return `${found.kind}${order}${place ? ` (${place.file}:${place.line})` : ""}`;
}
