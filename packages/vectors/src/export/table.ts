import type { FoundVector } from "../types.js";
import { asciiJson, flat } from "./json.js";

/**
 * The columns of the forms that have no nesting: texts as hex of their UTF-8, so that nothing is escaped or lost. A
 * signature that is no hex, of a vector that must be refused, is written with JSON's escapes.
 */
export const COLUMNS = [
  "id",
  "file",
  "profile",
  "result",
  "reason",
  "outcome",
  "op",
  "status",
  "endpoint",
  "params_json",
  "body_hex",
  "canonical_utf8_hex",
  "digest",
  "digest_info",
  "encoded_message",
  "signature",
  "key",
  "public_key",
  "private_key",
  "requirements",
  "flags",
  "comment",
] as const;

export type Column = (typeof COLUMNS)[number];

/** One row: every column as text, empty where the vector has no such value. */
export function rowOf(vector: FoundVector): Readonly<Record<Column, string>> {
  const all = flat(vector);
  const value = (column: Column): string => {
    if (column === "params_json") return all.params === undefined ? "" : asciiJson(all.params);
    if (column === "body_hex" && all.body_hex === undefined && typeof all.body === "string")
      return Buffer.from(all.body, "utf8").toString("hex");
    const found = all[column];
    if (column === "signature" && found !== undefined) return asciiJson(found).slice(1, -1);
    if (Array.isArray(found)) return found.join(" ");
    return found === undefined || found === null ? "" : String(found);
  };
  return Object.fromEntries(COLUMNS.map((column) => [column, value(column)])) as Record<Column, string>;
}
