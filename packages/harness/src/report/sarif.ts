import type { ReportDocument, RequirementDocument } from "./document.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** The report as SARIF 2.1.0: one rule a requirement, one result for each that failed or was not exercised. */
export function sarifReport(report: ReportDocument): string {
  const bad = report.requirements.filter(({ verdict }) => verdict === "fail" || verdict === "not_exercised");
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            rules: report.requirements.map((one) => ({
              id: one.id,
              shortDescription: { text: one.text },
              fullDescription: { text: one.why },
              defaultConfiguration: { level: one.level === "must" ? "error" : "warning" },
              properties: { level: one.level, basis: one.basis },
            })),
          },
        },
        automationDetails: { id: `ksherproof/${report.client.name}/${report.level}` },
        results: bad.map((one) => resultOf(one, report)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(one: RequirementDocument, report: ReportDocument): unknown {
  const known = report.baseline?.known.find(({ requirement }) => requirement === one.id);
  const text = one.failure ? `${one.failure.detail} Again: ${one.failure.reproduce}` : one.reason;
  return {
    ruleId: one.id,
    ruleIndex: report.requirements.indexOf(one),
    // The standard wants the level none for every kind but fail.
    level: one.verdict !== "fail" ? "none" : one.level === "must" ? "error" : "warning",
    kind: one.verdict === "fail" ? "fail" : "open",
    message: { text: text.toWellFormed() },
    locations: [
      {
        logicalLocations: [{ name: report.client.name, kind: "module", fullyQualifiedName: report.adapter }],
      },
    ],
    ...(known ? { suppressions: [{ kind: "external", justification: known.reason.toWellFormed() }] } : {}),
    partialFingerprints: { "ksherproof/v1": one.failure?.fingerprint ?? one.id },
  };
}
