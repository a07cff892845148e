import { type AuditReport, type KeyRing, sealEnvelope, statementOf } from "@ksherproof/audit";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import { type DocumentSigner, documentSigner } from "@ksherproof/keys";
import { VERSION } from "../version.js";
import { checkTarget, writeTarget } from "./target.js";

/** What writes the signed statement of an audit; null where none is asked for. Throws `UsageError`, `KeyError`. */
export function statementWriter(flags: {
  readonly statement?: string;
  readonly statementKey?: string;
}): ((report: AuditReport, ring: KeyRing) => void) | null {
  const { statement: file, statementKey: keyFile } = flags;
  if (file === undefined && keyFile === undefined) return null;
  if (file === undefined || keyFile === undefined) {
    throw new UsageError("statement_key", "--statement and --statement-key belong together.", {
      hint: "--statement audit.dsse.json --statement-key key.pem (Ed25519, or RSA of 2048 bits or more).",
    });
  }
  const signer = documentSigner(keyFile);
  checkTarget(file);
  return (report, ring) => write(file, signer, report, ring);
}

function write(file: string, signer: DocumentSigner, report: AuditReport, ring: KeyRing): void {
  const unread = report.inputs.find(({ sha256 }) => sha256 === undefined);
  if (unread) {
    throw new EnvironmentError(
      "statement_input",
      `No statement is written: ${unread.file} was not read to its end.`,
    );
  }
  const statement = statementOf(report, ring, { version: VERSION, finishedAt: new Date() });
  writeTarget(file, sealEnvelope(Buffer.from(JSON.stringify(statement)), signer));
}
