import type { ShownFinding } from "../worker/log.js";

const COLUMNS = ["kind", "level", "requirement", "line", "mch_order_no", "total_fee", "detail"] as const;

/** Findings as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is led by an apostrophe. */
export function csvOf(findings: readonly ShownFinding[]): string {
  const rows = findings.map((one) => COLUMNS.map((name) => cell(one[name])).join(","));
  return `${COLUMNS.join(",")}\r\n${rows.map((line) => `${line}\r\n`).join("")}`;
}

function cell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value ?? "") ? `'${value}` : (value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
