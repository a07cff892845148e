import { badgeReport } from "./badge.js";
import type { ReportDocument } from "./document.js";
import { htmlReport } from "./html.js";
import { junitReport } from "./junit.js";
import type { ReportKind } from "./kinds.js";
import { markdownReport } from "./markdown.js";
import { sarifReport } from "./sarif.js";
import { terminalReport } from "./terminal.js";

/** The writers of a finished report, by kind; the stream is written as the run goes. */
export const REPORTERS: Readonly<Record<string, (report: ReportDocument) => string>> = {
  terminal: (report) => `${terminalReport(report)}\n`,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: junitReport,
  sarif: sarifReport,
  markdown: markdownReport,
  badge: badgeReport,
  html: htmlReport,
} satisfies Record<Exclude<ReportKind, "ndjson">, (report: ReportDocument) => string>;
