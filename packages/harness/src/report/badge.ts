import type { ReportDocument } from "./document.js";

/** The report as the JSON that shields.io reads for an endpoint badge. */
export function badgeReport(report: ReportDocument): string {
  const { pass, fail, not_exercised } = report.summary;
  const message = report.conforms
    ? `conforms (${pass})`
    : `${fail + not_exercised} of ${pass + fail + not_exercised} fail`;
  const badge = {
    schemaVersion: 1,
    label: "ksherproof",
    message,
    color: report.conforms ? "brightgreen" : "red",
  };
  return `${JSON.stringify(badge)}\n`;
}
