import {
  type AuditOptions,
  FORMATS,
  type Format,
  filesOf,
  joinRings,
  type KeyRing,
  type Level,
  parseShard,
  readKeyRing,
  ringOf,
} from "@ksherproof/audit";
import { UsageError } from "@ksherproof/core";
import { type Command, Option } from "commander";
import { collect } from "../collect.js";
import { KEY_HELP } from "../key-help.js";

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
  readonly shard?: string;
}

/** The options of what is made of the findings. */
export interface ReportFlags {
  readonly json?: true;
  readonly findings?: string;
  readonly failOn: Level | "none";
}

/** The options of what is written about whole inputs. */
export interface DocumentFlags {
  readonly html?: string;
  readonly statement?: string;
  readonly statementKey?: string;
  readonly orders: boolean;
}

/** Adds the options of what is written about whole inputs. */
export function documentOptions(command: Command): Command {
  return command
    .option("--html <file>", "write a report with charts as one HTML page")
    .option("--statement <file>", "write a signed statement of what was audited and found (in-toto, DSSE)")
    .option("--statement-key <file>", "the private key that signs it: Ed25519, or RSA of 2048 bits or more");
}

/** Adds the options of what is made of the findings. */
export function reportOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--fail-on <level>", "the least level of a finding that makes the exit code 1")
        .choices(["note", "warning", "error", "none"])
        .default("warning"),
    )
    .option("--json", "print one JSON object")
    .option("--findings <file>", "write every finding to a file: .csv, .parquet, else JSON Lines");
}

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
    .option("--workers <n>", "threads that judge; 0 and 1: one (default: as fits)", wholeNumber)
    .option("--temp <folder>", "where facts are kept while the audit runs");
}

/** Each is a thread of some 20 MB: more than any machine has use for is a slip of the finger. */
const MOST_WORKERS = 256;

function wholeNumber(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= MOST_WORKERS) return Number(text);
  throw new UsageError(
    "option_number",
    `Expected --workers to be a number from 0 to ${MOST_WORKERS}, found ${JSON.stringify(text)}.`,
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

/** What the flags ask the audit for. */
export function auditOptionsOf(inputs: readonly string[], flags: AuditFlags): AuditOptions {
  const ring = ringFrom(flags);
  return {
    files: filesOf(inputs),
    ring,
    engine: flags.engine,
    workers: flags.workers ?? null,
    orders: true,
    shard: flags.shard === undefined ? null : parseShard(flags.shard),
    format: flags.format ?? null,
    column: flags.column ?? null,
    digests: false,
    endpoint: flags.endpoint ?? null,
    temp: flags.temp ?? null,
    stdin: process.stdin,
    resume: null,
  };
}
