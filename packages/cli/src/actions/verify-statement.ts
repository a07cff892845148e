import { statSync } from "node:fs";
import {
  type AuditStatement,
  checkSubjects,
  digestOfFile,
  filesOf,
  openEnvelope,
  readStatement,
  type SubjectCheck,
} from "@ksherproof/audit";
import { UsageError } from "@ksherproof/core";
import { documentVerifier } from "@ksherproof/keys";
import { showReport } from "../audit/view.js";
import { readBytes } from "../input.js";
import { colours, print, printJson } from "../output.js";

export interface Flags {
  readonly key?: string;
  readonly inputs?: readonly string[];
  readonly json?: true;
}

/** What `verify-statement --json` prints (specs/schemas/cli-verify-statement.schema.json). */
interface Result {
  readonly verdict: "holds" | "refused";
  readonly reason: string | null;
  readonly detail: string | null;
  readonly keyid: string;
  readonly algorithm: string;
  /** Only of a statement whose signature fits. */
  readonly statement: AuditStatement | null;
  /** Null where no inputs were given. */
  readonly inputs: readonly SubjectCheck[] | null;
}

export function verifyStatement(file: string, flags: Flags): void {
  if (flags.key === undefined) {
    throw new UsageError("key_missing", "No key was given to check the statement with.", {
      hint: "Give the auditor's public key: --key auditor.pub.pem",
    });
  }
  const result = judge(file, flags.key, flags.inputs);
  if (flags.json) printJson(result);
  else show(result);
  process.exitCode = result.verdict === "holds" ? 0 : 1;
}

function judge(file: string, keyFile: string, inputs: readonly string[] | undefined): Result {
  const verifier = documentVerifier(keyFile);
  const { keyid, algorithm } = verifier;
  const refused = (reason: string, detail: string, more: Partial<Result> = {}): Result => ({
    ...{ verdict: "refused", reason, detail, keyid, algorithm, statement: null, inputs: null },
    ...more,
  });
  const opened = openEnvelope(readBytes(file), verifier);
  if (!opened.ok) return refused(opened.reason, opened.detail);
  const statement = readStatement(opened.payload);
  if (!statement)
    return refused("not_a_statement", "The signature fits, but what it signs is no statement of an audit.");
  if (!inputs)
    return { verdict: "holds", reason: null, detail: null, keyid, algorithm, statement, inputs: null };
  const files = filesOf(inputs).map((name) => ({ name, sha256: digestOf(name) }));
  const checked = checkSubjects(statement.subject, files);
  const wrong = checked.filter(({ state }) => state !== "same");
  const [first] = wrong;
  if (!first)
    return { verdict: "holds", reason: null, detail: null, keyid, algorithm, statement, inputs: checked };
  const detail = wrong.map(wordsOf).join(" ");
  return refused(first.state === "missing" ? "input_missing" : "input_unknown", detail, {
    statement,
    inputs: checked,
  });
}

function digestOf(file: string): string {
  const found = file === "-" ? null : statSync(file);
  if (found?.isFile()) return digestOfFile(file, found.size);
  throw new UsageError("input_file", `Expected files to compare, found ${file}, which is none.`, {
    hint: "Give the logs themselves: the statement names them by the SHA-256 of their bytes on disk.",
  });
}

function wordsOf({ name, state, sha256 }: SubjectCheck): string {
  return state === "missing"
    ? `No file was given with the bytes of ${name} (SHA-256 ${sha256}).`
    : `${name} is not what was audited (SHA-256 ${sha256}).`;
}

function show({ verdict, detail, keyid, algorithm, statement, inputs }: Result): void {
  const word = verdict === "holds" ? colours.green("holds") : colours.red("refused");
  print(`The statement ${verdict === "holds" ? word : `is ${word}: ${detail}`}`);
  print(`  key ${keyid} (${algorithm})`);
  if (!statement) return;
  const { tool, finished_at, records, orders, findings, keys } = statement.predicate;
  print(`  made by ${tool.name} ${tool.version}, ${finished_at}`);
  for (const { name, digest } of statement.subject) {
    const state = inputs?.find(({ sha256 }) => sha256 === digest.sha256)?.state;
    const checked =
      state === "same" ? ", the same bytes" : state === "missing" ? ", not among the inputs" : "";
    print(`  input ${name} (SHA-256 ${digest.sha256})${checked}`);
  }
  const own = keys.filter(({ of }) => of === "gateway");
  const shown = own.map((key) => ({ ...key, records: key.records ?? 0, weak: key.bits < 2048 }));
  if (verdict === "holds") showReport({ records, orders, findings, keys: shown, inputs: [] }, []);
  if (verdict === "holds" && !inputs)
    print("The inputs were not compared: give them with --inputs to do that.");
}
