const KINDS = ["terminal", "json", "junit", "sarif", "markdown", "badge", "html", "ndjson"] as const;

export type ReportKind = (typeof KINDS)[number];

/** The ways to write a report down, by the name that `--report` and `report --to` take; `ndjson` is the stream itself. */
export const REPORT_KINDS: readonly string[] = KINDS;
