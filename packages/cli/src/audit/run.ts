import {
  type Asked,
  askedOf,
  audit,
  canResume,
  loadAudit,
  type RunState,
  removeAudit,
  saveAudit,
} from "@ksherproof/audit";
import { UsageError } from "@ksherproof/core";
import { onInterrupt } from "../check/interrupt.js";
import { VERSION } from "../version.js";
import { documentsOf } from "./documents.js";
import { type AuditFlags, auditOptionsOf, type DocumentFlags, type ReportFlags } from "./options.js";
import { type OutcomeState, openOutcome } from "./outcome.js";
import { auditProgress } from "./progress.js";
import { checkApart } from "./target.js";

/** The options of the whole audit. */
export type WholeFlags = AuditFlags & ReportFlags & DocumentFlags & { readonly resume?: true };

/** Audits inputs, or goes on with an audit that Ctrl-C stopped. */
export async function auditFiles(inputs: readonly string[], flags: WholeFlags): Promise<void> {
  const asIs = auditOptionsOf(inputs, flags);
  checkApart({ "--findings": flags.findings, "--html": flags.html, "--statement": flags.statement }, [
    ...asIs.files,
    ...(flags.key ?? []),
    ...(flags.merchantKey ?? []),
    ...(flags.keyRing ?? []),
    flags.statementKey,
  ]);
  const documents = documentsOf(flags, asIs.ring);
  const options = { ...asIs, digests: documents.digests, orders: flags.orders };
  const resumable = canResume(options.files);
  const folder = flags.findings === undefined ? "ksherproof-audit.state" : `${flags.findings}.state`;
  const asked: Asked = { ...askedOf(options), "--findings": flags.findings, "--html": flags.html };
  if (flags.resume && !resumable)
    throw new UsageError("resume_stream", "--resume needs files: standard input and pipes are read once.");
  const saved = flags.resume ? loadAudit(folder, asked, VERSION) : null;
  const outcome = await openOutcome(flags, documents, saved && (saved.outcome as OutcomeState));
  const progress = auditProgress(options.files);
  const { signal, done } = onInterrupt(resumable ? STOPPING : ENDING);
  const pause = async (run: RunState): Promise<void> => {
    progress.clear();
    saveAudit(folder, { version: VERSION, asked, run, outcome: await outcome.pause() });
    process.stderr.write(
      `ksherproof: stopped after ${run.records.total} records. What is done is kept in ${folder}: to go on, give the same command with --resume.\n`,
    );
    process.exitCode = 3;
  };
  const result = await audit(
    { ...options, resume: saved?.run ?? null },
    {
      ...documents.listener,
      finding: outcome.take,
      progress: progress.tell,
      stopped: () => signal.aborted,
      ...(resumable ? { pause } : {}),
    },
  );
  done();
  if (result.stopped && resumable) return;
  progress.clear();
  await outcome.end(result);
  if (flags.column !== undefined && !result.inputs.some(({ format }) => format === "csv"))
    process.stderr.write("ksherproof: --column names a column of CSV, and no input is CSV.\n");
  if (saved) removeAudit(folder);
  if (!result.stopped) return;
  process.stderr.write("ksherproof: stopped before the end of the inputs; the report is of what was read.\n");
  process.exitCode = 3;
}

const STOPPING =
  "Stopping: what is done is kept. While orders are judged this goes on to the end. Ctrl-C again ends at once.";
const ENDING = "Stopping: the report of what was read follows. Ctrl-C again ends at once.";
