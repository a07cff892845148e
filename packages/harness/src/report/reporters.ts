import { badgeReport } from "./badge.js";
import type { ReportDocument } from "./document.js";
import { htmlReport } from "./html.js";
import { junitReport } from "./junit.js";
import { markdownReport } from "./markdown.js";
import { sarifReport } from "./sarif.js";
import { terminalReport } from "./terminal.js";

/** The ways to write a report down, by the name that `--report` and `report --to` take; `ndjson` is the stream itself. */
export const REPORTERS: Readonly<Record<string, (report: ReportDocument) => string>> = {
  terminal: (report) => `${terminalReport(report)}\n`,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: junitReport,
  sarif: sarifReport,
  markdown: markdownReport,
  badge: badgeReport,
  html: htmlReport,
};

export const REPORT_KINDS: readonly string[] = [...Object.keys(REPORTERS), "ndjson"];
