import {
  type AuditReport,
  type Finding,
  htmlReport,
  type KeyRing,
  type Listener,
  PageSample,
} from "@ksherproof/audit";
import { UsageError } from "@ksherproof/core";
import { VERSION } from "../version.js";
import type { DocumentFlags } from "./options.js";
import { statementWriter } from "./statement-file.js";
import { checkTarget, writeTarget } from "./target.js";

/** What is written about a whole audit: the HTML page and the signed statement, where they are asked for. */
export interface Documents {
  /** Whether the inputs' digests are needed. */
  readonly digests: boolean;
  /** What must hear of the audit. */
  readonly listener: Pick<Listener, "orders" | "chunk">;
  take(finding: Finding): void;
  /** What the page gathered so far; null where none is asked for. */
  readonly page: PageSample | null;
  write(report: AuditReport): void;
}

/**
 * Prepares the documents that the flags ask for. Throws `UsageError`, `KeyError`,
 * `EnvironmentError`, before anything is audited.
 */
export function documentsOf(flags: DocumentFlags, ring: KeyRing): Documents {
  const state = statementWriter(flags);
  const { html } = flags;
  if (html !== undefined) checkTarget(html);
  if (html !== undefined && !flags.orders) {
    throw new UsageError("html_orders", "--html draws the orders: it can't be given with --no-orders.");
  }
  const page = html === undefined ? null : new PageSample();
  return {
    digests: state !== null,
    page,
    listener: page ? { orders: page.orders, chunk: (counts) => page.chunk(counts) } : {},
    take: (found) => page?.finding(found),
    write(report) {
      const tool = { version: VERSION, finishedAt: new Date() };
      if (page && html !== undefined) writeTarget(html, htmlReport(report, page, tool));
      state?.(report, ring);
    },
  };
}
