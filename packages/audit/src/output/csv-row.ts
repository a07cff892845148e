import type { Finding } from "../record/finding.js";

/** The columns of findings as a table: in CSV and Parquet. */
export const FINDING_COLUMNS = [
  ["kind", "VARCHAR"],
  ["level", "VARCHAR"],
  ["requirement", "VARCHAR"],
  ["file", "VARCHAR"],
  ["line", "BIGINT"],
  ["offset", "BIGINT"],
  ["at", "VARCHAR"],
  ["appid", "VARCHAR"],
  ["mch_order_no", "VARCHAR"],
  ["total_fee", "VARCHAR"],
  ["fee_type", "VARCHAR"],
  ["reason", "VARCHAR"],
  ["detail", "VARCHAR"],
  ["evidence", "VARCHAR"],
] as const;

type Cell = string | number | null;

/** A finding as a flat row; the evidence is `file:line says` in one text, separated by semicolons. */
export function rowOf(found: Finding): Readonly<Record<(typeof FINDING_COLUMNS)[number][0], Cell>> {
  const { kind, level, requirement, place, at, appid, mch_order_no, total_fee, fee_type, reason, detail } =
    found;
  const evidence = found.evidence.map(({ file, line, at: time, says }) =>
    time === null ? `${file}:${line} ${says}` : `${file}:${line} ${time} ${says}`,
  );
  return {
    kind,
    level,
    requirement,
    file: place?.file ?? null,
    line: place?.line ?? null,
    offset: place?.offset ?? null,
    at,
    appid,
    mch_order_no,
    total_fee,
    fee_type,
    reason,
    detail,
    evidence: evidence.join("; "),
  };
}

/** The header line of the CSV. */
export const CSV_HEADER = `${FINDING_COLUMNS.map(([name]) => name).join(",")}\r\n`;

/** A finding as a line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvLineOf(found: Finding): string {
  const row = rowOf(found);
  return `${FINDING_COLUMNS.map(([name]) => cell(row[name])).join(",")}\r\n`;
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
