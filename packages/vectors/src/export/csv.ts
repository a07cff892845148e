import type { FoundVector } from "../types.js";
import { COLUMNS, rowOf } from "./table.js";

/** CSV as RFC 4180 has it: CR LF, quotes doubled, a line of names first. */
export function csv(vectors: readonly FoundVector[]): string {
  const line = (values: readonly string[]): string => `${values.map(field).join(",")}\r\n`;
  return (
    line(COLUMNS) +
    vectors
      .map((vector) => {
        const row = rowOf(vector);
        return line(COLUMNS.map((column) => row[column]));
      })
      .join("")
  );
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
